"""The feed of a debate: its newest contributions, for programs that follow it."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from register.enums import Status
from register.models import Debate, Ground
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def debate() -> Debate:
    return DebateFactory(slug="rues", title="Les rues", question="D’accord ?")


@pytest.fixture
def feed(client: Client):
    def read(address: str = "/debats/rues/atom.xml") -> ElementTree.Element:
        response = client.get(address)
        assert response.status_code == 200
        return ElementTree.fromstring(response.content)  # noqa: S314 - ours

    return read


def texts(document, path: str) -> list[str]:
    return [each.text for each in document.findall(path, ATOM)]


def test_it_tells_every_kind_newest_first(feed, debate):
    proposal = ProposalFactory(debate=debate)
    argument = ArgumentFactory(hangs_on=proposal)
    source = SourceFactory(hangs_on=argument)
    ProposalFactory()

    addresses = texts(feed(), "a:entry/a:id")

    assert addresses == [
        f"{settings.SITE_URL}/contributions/{row.pk}"
        for row in (source, argument, proposal)
    ]


def test_an_entry_says_what_it_is_who_signs_and_when(feed, debate, participant):
    proposal = ProposalFactory(debate=debate, author=participant, title="Un banc")
    ArgumentFactory(
        hangs_on=proposal,
        against=True,
        title="Du bruit",
        text="Trop de bruit.",
        author=participant,
        institution=InstitutionFactory(name="Collectif"),
        language="pt-BR",
    )

    argument, shown = feed("/en/debats/rues/atom.xml").findall("a:entry", ATOM)

    assert shown.find("a:title", ATOM).text == f"Proposal, #{proposal.pk}: Un banc"
    assert texts(shown, "a:author/a:name") == ["Paul"]
    assert shown.find("a:updated", ATOM).text.startswith(
        f"{proposal.submitted_at:%Y-%m-%dT%H:%M}"
    )
    assert argument.find("a:title", ATOM).text.startswith("Argument against, #")
    assert texts(argument, "a:author/a:name") == ["Collectif"]
    assert argument.find("a:summary", ATOM).text == "Trop de bruit."
    assert argument.find("a:summary", ATOM).get(LANGUAGE) == "pt-BR"


def test_it_names_the_debate_its_page_and_itself(feed, page):
    slug = page.debate.slug

    document = feed(f"/en/debats/{slug}/atom.xml")

    links = {
        each.get("rel"): each.get("href") for each in document.findall("a:link", ATOM)
    }
    assert texts(document, "a:title") == [page.debate.title]
    assert texts(document, "a:subtitle") == [page.debate.question]
    assert document.get(LANGUAGE) == "en"
    assert links == {
        "alternate": f"{settings.SITE_URL}/en{page.url}",
        "self": f"{settings.SITE_URL}/en/debats/{slug}/atom.xml",
    }


def test_a_debate_without_a_page_leads_home(feed, debate):
    link = feed().find("a:link[@rel='alternate']", ATOM)

    assert link.get("href") == f"{settings.SITE_URL}/"


def test_citizens_text_is_text_whatever_was_typed(feed, debate):
    ProposalFactory(debate=debate, text="<p>1 &lt; 2 &amp; <strong>3</strong></p>")
    ArgumentFactory(
        hangs_on__debate=debate,
        author__display_name="Zo\x01é",
        title="<b>Gras</b> \x0b&",
        text="Le <nom de famille> \ufffe]]> <script>alert(1)</script>",
    )

    argument, *proposals = feed().findall("a:entry", ATOM)

    summary = argument.find("a:summary", ATOM)
    assert summary.get("type") == "text"
    assert summary.text == "Le <nom de famille> \ufffd]]> <script>alert(1)</script>"
    assert argument.find("a:title", ATOM).text.endswith("<b>Gras</b> \ufffd&")
    assert texts(argument, "a:author/a:name") == ["Zo\ufffdé"]
    assert "1 < 2 & 3" in texts(proposals[0], "a:summary") + texts(
        proposals[1], "a:summary"
    )


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_hidden_word_is_there(client, debate, depth):
    proposal = ProposalFactory(debate=debate, title="Mots tus 0", text="Mots tus 0")
    argument = ArgumentFactory(hangs_on=proposal, text="Mots tus 1")
    source = SourceFactory(hangs_on=argument, title="Mots tus 2", note="Mots tus 2")
    row = [proposal, argument, source][depth]
    row.status, row.ground = Status.HIDDEN, Ground.objects.first()
    row.save()

    shown = client.get("/debats/rues/atom.xml").content.decode()

    assert [f"Mots tus {n}" in shown for n in range(3)] == [n < depth for n in range(3)]


@pytest.mark.parametrize("trait", ["waiting", "withdrawn", "unsigned"])
def test_what_is_not_public_is_not_there(feed, debate, trait):
    ProposalFactory(debate=debate, **{trait: True})

    assert feed().findall("a:entry", ATOM) == []


def test_before_the_debate_begins_there_is_no_feed(client, at):
    debate = DebateFactory(slug="avenir", upcoming=True)
    ProposalFactory(debate=debate)

    assert client.get("/debats/avenir/atom.xml").status_code == 404
    at(debate.opens_at - timedelta(microseconds=1))
    assert client.get("/debats/avenir/atom.xml").status_code == 404
    at(debate.opens_at)
    assert client.get("/debats/avenir/atom.xml").status_code == 200
    assert client.get("/debats/rien/atom.xml").status_code == 404


def test_an_empty_feed_is_the_same_at_every_reading(client, at, debate):
    first = client.get("/debats/rues/atom.xml").content

    at(timezone.now() + timedelta(hours=3))

    assert client.get("/debats/rues/atom.xml").content == first


def test_it_stops_at_fifty_for_a_constant_price(client, feed, debate):
    address = "/debats/rues/atom.xml"
    proposal = ProposalFactory(debate=debate, institutional=True)
    ArgumentFactory(hangs_on=proposal, institutional=True)
    SourceFactory(hangs_on=proposal)
    for_three = queries_of(client, address)

    ProposalFactory.create_batch(30, debate=debate)
    ArgumentFactory.create_batch(30, hangs_on=proposal, institutional=True)

    assert queries_of(client, address) == for_three
    assert for_three < 12
    assert len(feed().findall("a:entry", ATOM)) == 50


def test_it_is_atom_for_everybody_alike(client, debate):
    ProposalFactory(debate=debate)

    response = client.get("/debats/rues/atom.xml")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert client.head("/debats/rues/atom.xml").content == b""
    assert client.post("/debats/rues/atom.xml").status_code == 405
