"""Reports in the admin: read by whom it concerns, changed by nobody."""

import pytest
from django.contrib.auth.models import Permission

from moderation.models import Report
from tests.factories import ReportFactory, UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/reports/"


def allowed_to(*codenames):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


PEOPLE = {
    "organiser": (lambda: UserFactory(is_staff=True, is_superuser=True), True),
    "who may see them": (lambda: allowed_to("access_admin", "view_report"), True),
    "staff without the right": (lambda: allowed_to("access_admin"), False),
    "participant": (lambda: UserFactory(confirmed=True), False),
}


@pytest.mark.parametrize(("make", "may"), PEOPLE.values(), ids=PEOPLE)
def test_who_reads_the_reports(client, make, may):
    report = ReportFactory(text="Le mot « menteur ».")
    client.force_login(make())

    pages = [client.get(ADDRESS), client.get(f"{ADDRESS}inspect/{report.pk}/")]

    for page in pages:
        assert (page.status_code == 200) == may
        assert ("Le mot « menteur »." in page.content.decode()) == may


def test_each_says_what_was_reported_by_whom_and_why(client, organiser):
    report = ReportFactory(text="Le mot « menteur ».")
    client.force_login(organiser)

    page = client.get(ADDRESS).content.decode()

    assert f'href="/contributions/{report.contribution_id}"' in page
    for said in (f"#{report.contribution_id}", report.ground, report.reporter):
        assert str(said) in page


@pytest.mark.parametrize("step", ["new/", "edit/{}/", "delete/{}/", "copy/{}/"])
def test_nobody_adds_changes_or_removes_one(client, organiser, step):
    report = ReportFactory()
    before = list(Report.objects.values())
    client.force_login(organiser)
    address = ADDRESS + step.format(report.pk)

    answers = [client.get(address), client.post(address, {"ground": "1"})]

    assert {each.status_code for each in answers} <= {302, 403, 404}
    assert list(Report.objects.values()) == before


def test_the_list_costs_the_same_for_one_and_for_many(
    client, organiser, django_assert_num_queries, django_assert_max_num_queries
):
    ReportFactory()
    client.force_login(organiser)
    client.get(ADDRESS)
    with django_assert_max_num_queries(60) as first:
        client.get(ADDRESS)

    ReportFactory.create_batch(10)

    with django_assert_num_queries(len(first)):
        client.get(ADDRESS)
