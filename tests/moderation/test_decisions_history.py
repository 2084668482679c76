"""All that was decided, in the admin: read by staff, changed by nobody."""

import pytest

from accounts.enums import StaffGroup
from moderation.models import Decision
from tests.factories import ArgumentFactory, DecisionFactory
from tests.moderation.seats import seated, staff

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/decisions/"


@pytest.mark.parametrize("group", StaffGroup)
def test_staff_reads_what_was_decided_and_is_led_to_the_item(group):
    decision = DecisionFactory(decided_by=staff(display_name="Odile"))

    page = seated(staff(group)).get(ADDRESS).content.decode()

    assert f'href="/admin/desk/{decision.contribution_id}/"' in page
    for said in ("Odile", decision.contribution.debate, decision.ground.title_en):
        assert str(said) in page


def test_it_is_filtered_by_who_decided_what_where():
    mine = DecisionFactory(decided_by=staff())
    other = DecisionFactory(
        kind="dismiss", contribution=ArgumentFactory(), decided_by=staff()
    )
    client = seated(staff())
    queries = {
        f"?decided_by={mine.decided_by_id}": mine,
        "?kind=dismiss": other,
        f"?debate={other.contribution.debate_id}": other,
    }

    for query, expected in queries.items():
        found = client.get(ADDRESS + query).context["object_list"]
        assert list(found) == [expected]


def test_it_is_no_download():
    DecisionFactory()

    answer = seated(staff()).get(f"{ADDRESS}?export=csv")

    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("step", ["new/", "edit/{}/", "delete/{}/", "copy/{}/"])
def test_nobody_adds_changes_or_removes_one(organiser, step):
    decision = DecisionFactory()
    before = list(Decision.objects.values())
    client = seated(organiser)
    address = ADDRESS + step.format(decision.pk)

    answers = [client.get(address), client.post(address, {"ground": "1"})]

    assert {each.status_code for each in answers} <= {302, 403, 404}
    assert list(Decision.objects.values()) == before


def test_nobody_else_reads_it(participant):
    assert seated(participant).get(ADDRESS).status_code in {302, 403}


def test_the_list_costs_the_same_for_one_and_for_many(
    django_assert_num_queries, django_assert_max_num_queries
):
    DecisionFactory()
    client = seated(staff())
    client.get(ADDRESS)
    with django_assert_max_num_queries(40) as first:
        client.get(ADDRESS)

    DecisionFactory.create_batch(10)

    with django_assert_num_queries(len(first)):
        client.get(ADDRESS)
