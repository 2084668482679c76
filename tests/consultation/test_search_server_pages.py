"""What readers see of a search server: nothing, but that it is not there."""

import pytest
from django.utils import timezone

from consultation import caching
from search.engines.elastic import ElasticEngine
from search.engines.server import site_server
from search.feeding import tell
from search.likeness import nearest_first
from search.query import Like
from tests.consultation.test_search_page import SEARCH, found
from tests.factories import ProposalFactory, act_on
from tests.search.servers import closed_port, forget_the_site_s

pytestmark = [pytest.mark.django_db, pytest.mark.once]
INSTEAD = "the search goes on without it, and no result is missing"


@pytest.fixture
def row(page):
    row = ProposalFactory(debate=page.debate, title="Creuser un puits")
    act_on(row)
    return row


@pytest.fixture
def without_the_server(settings):
    settings.SEARCH_SERVER = {"index": "absent", "options": closed_port()}
    forget_the_site_s()
    yield
    forget_the_site_s()


def test_the_page_says_that_the_server_is_not_there_and_finds_all_the_same(
    read, row, without_the_server
):
    document = read(f"{SEARCH}?q=puits")

    assert found(document) == [row.pk]
    assert INSTEAD in document.get_text()


def test_that_page_is_not_kept(client, row, without_the_server):
    response = client.get(f"{SEARCH}?q=puits")

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_reading_posting_and_suggesting_do_without(
    client, row, without_the_server, page
):
    another = ProposalFactory(debate=page.debate, title="Un autre puits")
    act_on(another)

    assert client.get(f"/contributions/{another.pk}", follow=True).status_code == 200
    suggested = client.get("/en/recherche/suggestions?q=pui")
    assert (suggested.status_code, b"puits" in suggested.content) == (200, True)


@pytest.mark.server
def test_with_the_server_the_page_says_nothing_of_it(search_server, read, row):
    tell(search_server)

    document = read(f"{SEARCH}?q=puits")

    assert found(document) == [row.pk]
    assert INSTEAD not in document.get_text()


@pytest.mark.server
def test_while_the_server_does_not_know_everything_no_page_is_known_again(
    search_server, client, row
):
    """Else what it finds a second later would be missing until another act."""
    address = f"{SEARCH}?q=puits"
    assert "ETag" not in client.get(address)

    tell(search_server)
    known = client.get(address)

    assert known["ETag"]
    again = client.get(address, headers={"if-none-match": known["ETag"]})
    assert again.status_code == 304


@pytest.mark.server
def test_what_was_said_is_found_by_the_next_reader_once_the_server_is_told(
    search_server, client, read, page
):
    assert site_server() is not None
    assert found(read(f"{SEARCH}?q=puits")) == []
    row = ProposalFactory(debate=page.debate, title="Creuser un puits")
    act_on(row)

    tell(search_server)

    assert found(read(f"{SEARCH}?q=puits")) == [row.pk]


@pytest.mark.server
def test_an_act_that_comes_while_a_page_is_made_makes_no_lasting_page_without_it(
    search_server, client, row, page, monkeypatch
):
    tell(search_server)
    before = caching.site_version

    def and_then_an_act(*args):
        version = before(*args)
        monkeypatch.setattr(caching, "site_version", before)
        act_on(ProposalFactory(debate=page.debate, title="Un autre puits"))
        return version

    monkeypatch.setattr(caching, "site_version", and_then_an_act)
    first = client.get(f"{SEARCH}?q=puits")
    tell(search_server)

    etag = first.headers.get("ETag", "none")
    again = client.get(f"{SEARCH}?q=puits", headers={"if-none-match": etag})
    assert again.status_code == 200


def test_who_posts_does_not_wait_for_the_server(row, without_the_server, monkeypatch):
    """What is like it is looked for in the database, which the act writes to anyway."""
    monkeypatch.setattr(ElasticEngine, "similar", None)
    like = Like("Creuser un puits", "", "fr", "proposal")

    near = nearest_first(like, at=timezone.now(), debate=row.debate_id, side="")

    assert [each.number for each in near] == [row.pk]
