"""What search engines are told of, and what they are asked to leave alone."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils.dateparse import parse_datetime

from consultation import sitemaps
from consultation.models import ConsultationPage, InformationPage
from register.models import Contribution
from tests.consultation.costs import queries_of
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture(autouse=True)
def one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """All proposals stand in part 0: PostgreSQL's numbers go on from test to test."""
    monkeypatch.setattr(sitemaps, "PART_SIZE", 10**9)


@pytest.fixture
def xml(client: Client):
    def read(address: str) -> ElementTree.Element:
        response = client.get(address.removeprefix(settings.SITE_URL))
        assert response.status_code == 200, address
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        return ElementTree.fromstring(response.content)  # noqa: S314 - ours

    return read


@pytest.fixture
def everything(xml):
    """Every address of the map, with the element that tells of it."""

    def read() -> dict[str, ElementTree.Element]:
        parts = [each.text for each in xml("/sitemap.xml").findall("*/s:loc", NAMES)]
        entries = [entry for part in parts for entry in xml(part)]
        return {
            each.find("s:loc", NAMES).text.removeprefix(settings.SITE_URL): each
            for each in entries
        }

    return read


def alternates(entry: ElementTree.Element) -> dict[str, str]:
    return {
        each.get("hreflang"): each.get("href").removeprefix(settings.SITE_URL)
        for each in entry.findall("x:link", NAMES)
    }


def test_it_tells_of_every_page_and_proposal_in_both_languages(everything, page):
    proposal = ProposalFactory(debate=page.debate)

    addresses = set(everything())

    french = {
        "/",
        page.url,
        page.get_parent().url,
        f"/propositions/{proposal.pk}/",
        "/contact/",
    }
    assert addresses >= french | {f"/en{address}" for address in french}
    assert {"/mentions-legales/", "/en/legal-notice/"} < addresses


def test_every_address_of_it_answers(client, everything, page):
    ProposalFactory(debate=page.debate)

    addresses = everything()

    assert {client.get(each).status_code for each in addresses} == {200}


def test_each_address_names_the_same_thing_in_the_other_language(everything, page):
    number = ProposalFactory(debate=page.debate).pk

    entries = everything()

    for french, english in {
        "/mentions-legales/": "/en/legal-notice/",
        page.url: f"/en{page.url}",
        f"/propositions/{number}/": f"/en/propositions/{number}/",
    }.items():
        both = {"fr": french, "en": english}
        assert alternates(entries[french]) == alternates(entries[english]) == both


def test_addresses_are_those_of_the_site_whatever_host_was_asked(client, page):
    ProposalFactory(debate=page.debate)

    for name in ("sitemap", "sitemap-pages", "sitemap-propositions-0"):
        shown = client.get(f"/{name}.xml", headers={"host": "localhost"}).content
        assert settings.SITE_URL.encode() in shown
        assert b"//localhost/" not in shown.replace(settings.SITE_URL.encode(), b"")
        assert b"testserver" not in client.get(f"/{name}.xml").content


@pytest.mark.parametrize("trait", ["hidden", "waiting", "withdrawn", "unsigned"])
def test_it_tells_of_nothing_that_cannot_be_read(everything, page, trait):
    number = ProposalFactory(debate=page.debate, **{trait: True}).pk

    assert f"/propositions/{number}/" not in everything()


def test_it_tells_of_no_proposal_before_its_debate_begins(everything, upcoming_debate):
    number = ProposalFactory(debate=upcoming_debate).pk

    assert f"/propositions/{number}/" not in everything()


def test_it_tells_of_no_page_that_is_not_published(everything, page):
    InformationPage.objects.get(slug="mentions-legales").unpublish()
    ConsultationPage.objects.get(url_path=page.get_parent().url_path).unpublish()

    addresses = everything()

    assert "/mentions-legales/" not in addresses
    assert "/en/legal-notice/" in addresses
    assert page.get_parent().url not in addresses
    assert page.url not in addresses, "nothing opens below it"


def test_a_proposal_changed_when_something_was_last_said_under_it(everything, page):
    proposal = ProposalFactory(debate=page.debate)
    last = ArgumentFactory(hangs_on=proposal)
    hidden = ArgumentFactory(hangs_on=proposal, hidden=True)
    Contribution.objects.filter(pk=hidden.pk).update(submitted_at=hidden.status_at)

    entry = everything()[f"/propositions/{proposal.pk}/"]

    changed_at = parse_datetime(entry.find("s:lastmod", NAMES).text)
    assert changed_at == last.submitted_at


# Parts.


def test_each_part_covers_so_many_numbers(xml, everything, monkeypatch):
    monkeypatch.setattr(sitemaps, "PART_SIZE", 10)
    debate = DebateFactory()
    numbers = [9, 10, 19, 500]
    for number in numbers:
        ProposalFactory(number=number, debate=debate)

    parts = [each.text for each in xml("/sitemap.xml").findall("*/s:loc", NAMES)]

    assert [part.rpartition("-")[2] for part in parts[1:]] == [
        "0.xml",
        "1.xml",
        "50.xml",
    ]
    assert len(xml("/sitemap-propositions-1.xml")) == 4
    assert {f"/propositions/{number}/" for number in numbers} < set(everything())


@pytest.mark.parametrize("index", ["7", "999999999999999999"])
def test_a_part_that_holds_nothing_does_not_exist(client, index):
    ProposalFactory()

    assert client.get(f"/sitemap-propositions-{index}.xml").status_code == 404


@pytest.mark.parametrize("name", ["sitemap", "sitemap-propositions-0"])
def test_it_costs_the_same_for_one_and_for_fifty_proposals(client, page, name):
    ArgumentFactory(hangs_on=ProposalFactory(debate=page.debate))
    for_one = queries_of(client, f"/{name}.xml")

    for proposal in ProposalFactory.create_batch(49, debate=page.debate):
        ArgumentFactory(hangs_on=proposal)

    assert queries_of(client, f"/{name}.xml") == for_one
    assert for_one < 6


def test_the_part_of_pages_costs_the_same_for_one_and_for_many(client, page):
    for_some = queries_of(client, "/sitemap-pages.xml")

    home = page.get_parent().get_parent()
    for n in range(10):
        home.add_child(instance=InformationPage(title=f"Page {n}", body="<p>Oui</p>"))

    assert queries_of(client, "/sitemap-pages.xml") == for_some


# The word to robots.


def test_robots_are_kept_out_of_the_admin_alone(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert [each for each in lines if each.startswith("Disallow")] == [
        "Disallow: /admin/"
    ]
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


@pytest.mark.parametrize(
    "name",
    ["robots.txt", "sitemap.xml", "sitemap-pages.xml", "sitemap-propositions-0.xml"],
)
def test_it_is_read_by_all_alike_and_by_reading_alone(client, name):
    ProposalFactory()

    response = client.get(f"/{name}")

    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert client.head(f"/{name}").content == b""
    assert client.post(f"/{name}").status_code == 405
