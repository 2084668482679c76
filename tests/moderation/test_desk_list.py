"""The desk: one line a contribution, what waits the longest first."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from moderation.desk import items_of, waiting_items
from moderation.enums import Waits
from register.models import Ground
from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DecisionFactory,
    ProposalFactory,
    ReportFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.moderation.seats import seated, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = "/admin/desk/"


def ago(hours: float):
    return timezone.now() - timedelta(hours=hours)


def numbers_on(page) -> list[int]:
    """Those of the list, from the first one on."""
    document = BeautifulSoup(page.content, "html.parser")
    links = document.select("#listing-results td.title .title-wrapper a")
    return [int(link["href"].rstrip("/").rpartition("/")[2]) for link in links]


@pytest.fixture
def items():
    """One that waits for each reason, and some that wait for nothing."""
    appealed = AppealFactory(appealed_at=ago(1)).decision.contribution
    provisional = DecisionFactory(is_provisional=True, decided_at=ago(2)).contribution
    held = SubmissionFactory(
        contribution=ArgumentFactory(waiting=True), is_held=True, submitted_at=ago(3)
    ).contribution
    reported = ReportFactory(reported_at=ago(4)).contribution
    ArgumentFactory()
    DecisionFactory()
    answered = DecisionFactory(kind="dismiss", ground=None, facts="")
    ReportFactory(contribution=answered.contribution, decision=answered)
    SubmissionFactory(contribution=ArgumentFactory(waiting=True))
    SubmissionFactory(contribution=ArgumentFactory(), is_held=True)
    return [reported, held, provisional, appealed]


def test_what_waits_stands_there_the_longest_first_and_says_why(items):
    found = items_of(waiting_items())

    assert [item.row.pk for item in found] == [row.pk for row in items]
    assert [item.reasons for item in found] == [
        [Waits.REPORTS],
        [Waits.HELD],
        [Waits.CONFIRMATION],
        [Waits.APPEAL],
    ]


def test_what_many_reported_stands_there_once_with_its_grounds(client):
    report = ReportFactory(reported_at=ago(5))
    off_topic = Ground.objects.get(slug="off-topic")
    ReportFactory(
        contribution=report.contribution, ground=off_topic, reported_at=ago(1)
    )
    decision = DecisionFactory(
        contribution=report.contribution, kind="mask", passage="x"
    )
    AppealFactory(decision=decision, appealed_at=ago(2))

    (item,) = items_of(waiting_items())

    assert item.row.waiting_since == report.reported_at
    assert item.reasons == [Waits.REPORTS, Waits.APPEAL]
    assert item.grounds == [str(report.ground), str(off_topic)]


def test_each_line_leads_to_its_item_and_shows_how_it_begins():
    proposal = ProposalFactory(
        title="Ouvrir <tard>", text="<p>La bibliothèque, le dimanche.</p>"
    )
    ReportFactory(contribution=proposal, reported_at=ago(49))

    page = seated(staff()).get(ADDRESS)

    assert numbers_on(page) == [proposal.pk]
    words = BeautifulSoup(page.content, "html.parser").select_one("#listing-results")
    text = " ".join(words.get_text(" ").replace("\xa0", " ").split())
    assert "Ouvrir <tard> — La bibliothèque, le dimanche." in text
    assert str(proposal.author) in text
    assert str(proposal.debate) in text
    assert "2 days, 1 hour" in text
    assert "1 report:" in text


def test_filters_leave_what_fits_them(items):
    client = seated(staff())
    reported, held, *_others = items
    ground = Ground.objects.get(slug="insults").pk

    found = {
        query: numbers_on(client.get(ADDRESS + query))
        for query in (
            f"?debate={held.debate_id}",
            "?why=held",
            "?kind=proposal",
            f"?ground={ground}",
            f"?debate={held.debate_id}&why=appeal",
        )
    }

    assert list(found.values()) == [
        [held.pk],
        [held.pk],
        [reported.pk],
        [reported.pk],
        [],
    ]


def test_an_empty_desk_says_so():
    page = seated(staff()).get(ADDRESS).content.decode()

    assert "Nothing waits" in page


def test_the_list_has_pages_and_costs_the_same_for_one_and_for_fifty(
    django_assert_num_queries, django_assert_max_num_queries
):
    client = seated(staff())
    reporter = UserFactory(confirmed=True)
    first = ReportFactory(reported_at=ago(999), reporter=reporter).contribution
    client.get(ADDRESS)
    with django_assert_max_num_queries(30) as one:
        client.get(ADDRESS)

    ReportFactory.create_batch(49, reporter=reporter)

    with django_assert_num_queries(len(one)):
        page = client.get(ADDRESS)
    assert len(numbers_on(page)) == 30
    assert numbers_on(page)[0] == first.pk
    assert len(numbers_on(client.get(f"{ADDRESS}?p=2"))) == 20


def test_only_those_who_moderate_open_it(participant, representative):
    for person in (participant, representative):
        client = seated(person)
        for address in (ADDRESS, f"{ADDRESS}results/"):
            assert client.get(address).status_code in {302, 403}
