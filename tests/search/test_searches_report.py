"""What organisers are shown of what people look for."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.enums import StaffGroup
from search.models import Demand
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/searches/"
TODAY = timezone.localdate()


def demand(typed, count, vain=0, days_ago=0):
    day = TODAY - timedelta(days=days_ago)
    return Demand.objects.create(day=day, typed=typed, count=count, vain=vain)


def often(typed, times, vain=0):
    """On as many days as it takes to be shown."""
    demand(typed, times - 2, vain=vain)
    demand(typed, 1, days_ago=1)
    demand(typed, 1, days_ago=2)


def member_of(group):
    """By the group alone, in an admin that speaks English."""
    user = UserFactory()
    user.groups.set(user.groups.model.objects.filter(name=group))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def desk(client):
    client.force_login(member_of(StaffGroup.ORGANISERS))
    return client


def rows(client, query=""):
    page = BeautifulSoup(client.get(REPORT + query).content, "html.parser")
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in page.select("table.listing tbody tr")
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("organiser", 200), ("moderator", 302), ("participant", 403), (None, 302)],
)
def test_organisers_read_it_and_nobody_else(client, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(REPORT).status_code == status
    assert client.get(f"{REPORT}results/").status_code == status
    assert client.get(f"{REPORT}?export=csv").status_code == status


@pytest.mark.parametrize(
    ("group", "is_there"),
    [(StaffGroup.ORGANISERS, True), (StaffGroup.MODERATORS, False)],
)
def test_the_menu_leads_those_to_it_who_may_read_it(client, group, is_there):
    client.force_login(member_of(group))

    home = client.get("/admin/").content.decode()

    assert (REPORT in home) is is_there


def test_the_most_searched_words_come_first_with_their_figures(desk):
    often("velo", 5, vain=1)
    demand("velo", 2, days_ago=4)
    often("cantine", 9)
    often("marie dupont", 4)
    demand("jeanne dupont 15 rue des lilas", 20)
    demand("jeanne dupont 15 rue des lilas", 20, days_ago=1)
    demand("jadis", 50, days_ago=31)

    assert rows(desk) == [["cantine", "9", "0", "3"], ["velo", "7", "1", "4"]]


def test_what_finds_nothing_can_be_read_alone_and_put_in_order(desk):
    often("velo", 9, vain=1)
    often("cantine", 6, vain=4)
    often("eau", 5)

    page = BeautifulSoup(desk.get(REPORT).content, "html.parser")
    link = page.find("a", string="Searches without result")

    assert rows(desk, link["href"]) == [
        ["cantine", "6", "4", "3"],
        ["velo", "9", "1", "3"],
    ]


def test_the_page_says_what_it_does_not_show(desk):
    page = desk.get(REPORT).content.decode()

    assert "fewer than 5 times, or on fewer than 3 different days" in page
    assert "a threshold and not a proof" in page


def test_the_figures_can_be_taken_away_as_a_table(desk):
    often("velo", 5, vain=1)

    answer = desk.get(f"{REPORT}?export=csv")

    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    _headings, *lines = csv.reader(StringIO(table))
    assert lines == [["velo", "5", "1", "3"]]


def test_it_costs_the_same_for_one_and_for_forty_words(desk):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk.get(REPORT)
        return len(queries)

    often("velo", 5)
    cost()
    for_one = cost()
    for number in range(40):
        often(f"mot {number}", 5)

    assert cost() == for_one
