"""What the operator is shown of the search server, and of what it refuses."""

import csv
import socket
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import StaffGroup
from journal.clock import database_now
from search.engines.indexed import show_all
from search.engines.server import BUDGET, Unavailable
from search.feeding import tell
from search.models import Change, Feed
from search.panels import ServerPanel
from search.rebuilding import begin
from search.server_reports import OVERDUE, ask
from search.turns import feed
from tests.factories import ProposalFactory, act_on
from tests.moderation.seats import seated, staff
from tests.search.servers import closed_port, forget_the_site_s, remove_all

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REPORT = "/admin/reports/search-server/"
REASON = "{'type': 'document_parsing_exception', 'reason': 'too <long>'}"


def with_server(test):
    """One database is enough to ask a server."""
    return pytest.mark.once(pytest.mark.server(test))


@pytest.fixture
def silent(settings):
    """A site whose server is down."""
    options = {**closed_port(), "basic_auth": ("elastic", "TopSecret")}
    settings.SEARCH_SERVER = {"index": "absent", "options": options}
    forget_the_site_s()
    yield
    forget_the_site_s()


@pytest.fixture
def desk():
    return seated(staff(StaffGroup.ORGANISERS))


def note(number=1, *, ago=timedelta(), refusal=""):
    change = Change.objects.create(number=number, refusal=refusal)
    Change.objects.filter(pk=change.pk).update(noted_at=timezone.now() - ago)


def fed(**fields):
    Feed.objects.filter(pk=feed().pk).update(**fields)


def text(client, address=REPORT):
    answer = client.get(address)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return " ".join(page.get_text(" ").replace("\xa0", " ").split())


def rows(client):
    page = BeautifulSoup(client.get(REPORT).content, "html.parser")
    return page.select("table.listing tbody tr")


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    ("who", "status"),
    [("organiser", 200), ("moderator", 302), ("participant", 403), (None, 302)],
)
def test_organisers_read_it_and_nobody_else(client, request, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(REPORT).status_code == status
    assert client.get(f"{REPORT}?export=csv").status_code == status


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    ("group", "is_there"),
    [(StaffGroup.ORGANISERS, True), (StaffGroup.MODERATORS, False)],
)
def test_the_menu_leads_those_to_it_who_may_read_it(group, is_there):
    home = seated(staff(group)).get("/admin/").content.decode()

    assert (REPORT in home) is is_there


def test_a_site_without_a_server_has_no_such_report(desk, settings):
    settings.SEARCH_SERVER = None
    note(refusal=REASON)

    assert desk.get(REPORT).status_code == 404
    home = desk.get("/admin/").content.decode()
    assert REPORT not in home
    assert "Search server" not in home


@pytest.mark.usefixtures("silent")
def test_what_is_refused_stands_there_with_its_reason_and_what_waits_does_not(desk):
    note(7, refusal=REASON)
    note(8)

    (row,) = rows(desk)

    number, _since, reason = row.find_all("td")
    assert number.get_text(strip=True) == "#7"
    assert number.a["href"].endswith("/contributions/7")
    assert reason.get_text(strip=True) == REASON
    assert "wrap-anywhere" in reason["class"]
    assert "1 refused contribution " in text(desk)


@pytest.mark.usefixtures("silent")
def test_what_is_refused_can_be_taken_away_as_a_table(desk):
    note(7, refusal=REASON)

    answer = desk.get(f"{REPORT}?export=csv")

    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    _headings, (number, _since, reason) = csv.reader(StringIO(table))
    assert (number, reason) == ("7", REASON)


@pytest.mark.usefixtures("silent")
def test_a_server_that_is_down_is_said_so_without_its_password(desk):
    page = text(desk)

    assert "The search server does not answer." in page
    assert "database answers readers’ searches" in page
    assert "TopSecret" not in desk.get(REPORT).content.decode()


@pytest.fixture
def mute(settings):
    """A site whose server takes what it is sent, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings.SEARCH_SERVER = {"index": "absent", "options": {"hosts": address}}
        forget_the_site_s()
        yield
        forget_the_site_s()


@pytest.mark.usefixtures("mute")
def test_the_report_waits_for_a_mute_server_no_longer_than_a_reader(desk):
    began = time.monotonic()
    with pytest.raises(Unavailable):
        ask()

    assert time.monotonic() - began < 2 * BUDGET
    assert "The search server does not answer." in text(desk)


@pytest.fixture
def other(settings):
    """A site whose server is none for searching."""
    with HTTPServer(("127.0.0.1", 0), Greeting) as serving:
        Thread(target=serving.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{serving.server_port}"
        settings.SEARCH_SERVER = {"index": "absent", "options": {"hosts": address}}
        forget_the_site_s()
        yield
        forget_the_site_s()
        serving.shutdown()


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>Welcome")

    def log_message(self, *args):
        pass


@pytest.mark.usefixtures("other")
def test_what_answers_and_is_no_search_server_is_no_error_of_the_page(desk):
    assert "The search server does not answer." in text(desk)


@pytest.mark.usefixtures("silent")
def test_the_tries_that_failed_are_counted_with_the_last_error(desk):
    note(ago=timedelta(hours=1))
    fed(
        failures=17,
        error="ConnectionTimeout",
        next_try_at=timezone.now() + timedelta(minutes=1),
    )

    page = text(desk)

    assert "The last 17 tries to tell the server what changed have failed." in page
    assert "The next one comes at" in page
    assert "ConnectionTimeout" in page
    assert "1 change waits to be told to it, for 1 hour." in page
    assert "The worker seems stopped" not in page


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("minutes", "stopped"), [(9, False), (11, True)])
def test_what_waits_for_ten_minutes_untried_says_that_the_worker_stopped(
    desk, minutes, stopped
):
    note(ago=timedelta(minutes=minutes))

    assert ("The worker seems stopped" in text(desk)) is stopped


@pytest.mark.usefixtures("silent")
def test_a_try_that_was_due_and_never_came_says_that_the_worker_stopped(desk):
    note(ago=timedelta(hours=1))
    fed(failures=3, next_try_at=timezone.now() - timedelta(minutes=11))

    page = text(desk)

    assert "The worker seems stopped" in page
    assert "The next one is due now." in page


@pytest.mark.usefixtures("silent")
def test_a_long_catching_up_is_no_stopped_worker(desk):
    note(ago=timedelta(hours=1))
    fed(held_until=timezone.now() + timedelta(seconds=60))

    assert "The worker seems stopped" not in text(desk)


@with_server
def test_a_server_that_answers_says_what_it_is_and_finds(desk, search_server):
    act_on(ProposalFactory())
    tell(search_server)
    show_all(search_server)

    page = text(desk)

    info = search_server.client.info()["version"]
    name = "OpenSearch" if "distribution" in info else "Elasticsearch"
    assert f"The search server answers: {name} {info['number']}." in page
    assert f"Its index “{search_server.index}-" in page
    assert "finds 1 contribution; readers can read 1." in page
    assert "No change waits to be told to it." in page
    assert "The worker last told it what had changed on" in page
    assert "The search server refuses no contribution." in page
    assert "database answers" not in page
    assert "another number" not in page


@with_server
def test_a_server_that_finds_too_little_is_to_be_looked_into(desk, search_server):
    act_on(ProposalFactory())
    Change.objects.all().delete()

    assert "manage.py verify --search names them" in text(desk)

    note(1, refusal=REASON)
    assert "another number" not in text(desk)


@with_server
def test_a_server_that_is_behind_leaves_the_answers_to_the_database(
    desk, search_server
):
    note(ago=timedelta(minutes=5))

    page = text(desk)

    assert "The search server answers:" in page
    assert "database answers readers’ searches" in page


@with_server
def test_a_server_without_an_index_says_what_makes_one(desk, search_server):
    remove_all(search_server)

    page = text(desk)

    assert "manage.py reindex --server makes one" in page
    assert "database answers readers’ searches" in page


@with_server
def test_an_index_that_is_being_filled_is_told_of(desk, search_server):
    assert "being filled" not in text(desk)

    begin(search_server, f"{search_server.index}-{uuid4().hex[:8]}")

    assert "An index is being filled at the moment" in text(desk)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    ("ago", "refusal", "said"),
    [
        (OVERDUE - timedelta(minutes=1), "", None),
        (OVERDUE + timedelta(minutes=1), "", "has not been told of a change for 11"),
        (timedelta(days=3), REASON, "The search server refuses 1 contribution"),
    ],
)
def test_the_home_tells_what_goes_wrong_and_nothing_else(desk, ago, refusal, said):
    assert "How the search server is doing" not in text(desk, "/admin/")

    note(ago=ago, refusal=refusal)

    home = text(desk, "/admin/")
    assert ("How the search server is doing" in home) is (said is not None)
    assert said is None or said in home


@pytest.mark.usefixtures("silent")
def test_the_home_tells_nobody_who_may_not_read_the_report():
    note(refusal=REASON)

    moderator = seated(staff())

    assert "The search server" not in text(moderator, "/admin/")


@pytest.mark.usefixtures("silent")
def test_the_home_s_panel_asks_the_database_twice_at_most():
    note(ago=timedelta(hours=1))
    note(2, refusal=REASON)
    database_now()

    with CaptureQueriesContext(connection) as queries:
        told = ServerPanel().get_context_data({})

    assert told["refused"] == 1
    assert told["is_overdue"]
    assert len(queries) <= 2
