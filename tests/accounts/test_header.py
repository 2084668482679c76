"""Who is named at the top of a page, and for whom nothing is asked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import document

pytestmark = pytest.mark.django_db

NAME = "a.site-header__account"


@pytest.mark.parametrize(
    "address", ["/", "/institutions/", "/rien/", "/textes/charte/"]
)
def test_a_visitor_is_offered_the_way_in_by_the_same_bytes_as_any_other(address):
    with CaptureQueriesContext(connection) as queries:
        one = Client().get(address)
    other = Client(HTTP_COOKIE="csrftoken=x; theme=y").get(address)

    link = document(one).select_one(NAME)
    assert link["href"].startswith("/accounts/login/?next=%2F")
    assert one.content == other.content
    assert not one.cookies
    assert not one.has_header("Vary")
    assert not [
        q for q in queries if "session" in q["sql"] or "accounts_user" in q["sql"]
    ]


@pytest.mark.parametrize(
    "address", ["/", "/institutions/", "/rien/", "/textes/charte/"]
)
def test_who_is_logged_in_reads_the_own_name_on_a_page_that_nobody_keeps(
    client, confirmed, address
):
    client.force_login(confirmed)

    answer = client.get(address)

    link = document(answer).select_one(NAME)
    assert "Camille" in link.get_text()
    assert link["href"] == "/accounts/"
    assert answer["Cache-Control"] == "private, no-store"


def test_who_has_an_old_cookie_and_no_session_is_a_visitor(client):
    client.cookies["sessionid"] = "x" * 32

    link = document(client.get("/")).select_one(NAME)

    assert link["href"].startswith("/accounts/login/")


def test_a_name_is_written_and_never_read_as_html(client, confirmed):
    confirmed.display_name = "<b>Camille</b>"
    confirmed.save()
    client.force_login(confirmed)

    assert b"&lt;b&gt;Camille&lt;/b&gt;" in client.get("/").content
