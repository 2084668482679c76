"""What holds for every page that a visitor can open, whatever it shows."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from consultation.models import DebatePage
from tests.factories import (
    ArgumentFactory,
    DecisionFactory,
    OfficialResponseFactory,
    ProposalFactory,
    SourceFactory,
    act_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def paths(page: DebatePage) -> dict[str, str]:
    """The French address of one page of each sort."""
    proposal = ProposalFactory(debate=page.debate, themes=["Eau"], institutional=True)
    argument = ArgumentFactory(hangs_on=proposal)
    ArgumentFactory(hangs_on=proposal, against=True)
    SourceFactory(hangs_on=argument)
    OfficialResponseFactory(hangs_on=proposal, institution=proposal.institution)
    act_on(proposal, argument)
    author = f"/auteurs/{argument.author.public_key}/"
    return {
        "home": "/",
        "consultation": page.get_parent().url,
        "debate": page.url,
        "proposal": f"/propositions/{proposal.pk}/",
        "author": author,
        "institution": f"/institutions/{proposal.institution.slug}/",
        "institutions": "/institutions/",
        "information": "/contact/",
        "search": "/recherche/",
        "found": f"/recherche/?q=proposition&debate={page.debate.slug}",
        "not found": "/recherche/?q=zeppelin",
        "withdrawn": f"/propositions/{ProposalFactory(withdrawn=True).pk}/",
        "gone": f"/contributions/{ProposalFactory(hidden=True).pk}",
        "decisions": f"/debats/{page.debate.slug}/decisions/",
        "statement": DecisionFactory(
            contribution__hangs_on=proposal
        ).get_absolute_url(),
        "missing": "/rien/",
    }


@pytest.fixture
def addresses(paths: dict[str, str]) -> list[str]:
    """All of them, in both languages."""
    return [*paths.values(), *(f"/en{path}" for path in paths.values())]


def document(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_it_has_one_heading_a_title_and_says_its_language(client, addresses):
    for address in addresses:
        response = client.get(address)

        shown = document(response)
        code = "en" if address.startswith("/en/") else "fr"
        assert shown.html["lang"] == code == response["Content-Language"], address
        assert len(shown.find_all("h1")) == len(shown.find_all("main")) == 1, address
        assert shown.h1.get_text(strip=True), address
        assert settings.SITE_NAME in shown.title.get_text(), address
        assert shown.body.find("a")["href"] == "#main", address


def test_no_level_of_heading_is_skipped(client, addresses):
    for address in addresses:
        headings = document(client.get(address)).main.find_all(["h1", "h2", "h3", "h4"])

        levels = [int(each.name[1]) for each in headings]
        assert levels[0] == 1, address
        assert all(b - a <= 1 for a, b in pairwise(levels)), address


def test_two_readers_get_the_same_bytes_and_no_cookie(addresses):
    ours, theirs = Client(), Client(HTTP_ACCEPT_LANGUAGE="de", HTTP_USER_AGENT="other")
    for address in addresses:
        theirs.cookies["django_language"] = "fr" if "/en/" in address else "en"
        theirs.cookies["csrftoken"] = "x" * 32

        first, second = ours.get(address), theirs.get(address)

        assert first.content == second.content, address
        assert first.headers == second.headers, address
        assert not first.cookies, address
        assert not second.cookies, address
        vary = first.get("Vary", "").lower()
        assert "cookie" not in vary, address
        assert "accept-language" not in vary, address


def test_a_reader_who_is_logged_in_reads_the_same(client, addresses, organiser):
    """But for the header, which names them, and for what they can do."""
    anonymous = [words_of(client.get(address)) for address in addresses]

    client.force_login(organiser)

    assert [words_of(client.get(address)) for address in addresses] == anonymous


def words_of(response):
    shown = document(response).main
    for offered in shown.select(".votes__acts, .acts, .utterance__acts, .side__act"):
        offered.decompose()
    return " ".join(shown.get_text().split())


def test_a_strict_policy_is_sent_and_the_page_keeps_it(client, addresses):
    for address in addresses:
        response = client.get(address)

        policy = response["Content-Security-Policy"]
        for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'"):
            assert rule in policy, address
        assert "unsafe" not in policy, address
        assert response["X-Content-Type-Options"] == "nosniff", address
        shown = document(response)
        assert shown.find_all("style") == [], address
        scripts = "script:not([src], [type='application/ld+json'])"
        assert shown.select(f"[style], {scripts}") == [], address


def test_head_answers_as_get_does_without_a_body(client, addresses):
    for address in addresses:
        get, head = client.get(address), client.head(address)

        assert head.status_code == get.status_code, address
        assert head.content == b"", address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_it(client, paths, method):
    del paths["missing"]

    for address in paths.values():
        assert getattr(client, method)(address).status_code == 405, address


def test_every_link_of_ours_leads_somewhere(client, addresses, paths):
    shown_on = {
        link["href"]: address
        for address in addresses
        for link in document(client.get(address)).find_all("a")
    }

    # The missing page may be looked for in the other language.
    ours = {link for link in shown_on if link.startswith("/")}
    for link in ours - {paths["missing"], "/en" + paths["missing"]}:
        status = client.get(link).status_code
        assert status in {200, 302, 410}, (link, shown_on[link])


@pytest.mark.parametrize(
    "name", ["home", "consultation", "debate", "proposal", "withdrawn"]
)
def test_each_language_leads_to_the_same_page_in_the_other(client, paths, name):
    in_french, in_english = paths[name], "/en" + paths[name]

    for address in (in_french, in_english):
        shown = document(client.get(address))
        alternates = shown.select("link[rel=alternate][hreflang]")
        assert {each["hreflang"]: each["href"] for each in alternates} == {
            "fr": settings.SITE_URL + in_french,
            "en": settings.SITE_URL + in_english,
        }
        links = shown.select("header .languages a")
        assert [each["href"] for each in links] == [in_french, in_english]


@pytest.mark.parametrize("name", ["missing", "gone"])
def test_an_error_page_offers_the_home_page(client, paths, name):
    links = document(client.get(paths[name])).main.find_all("a")

    assert "/" in {each["href"] for each in links}
