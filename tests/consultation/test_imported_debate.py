"""An imported debate can be read at once, in every language."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from consultation.actions import present_debate
from consultation.models import ConsultationPage, DebatePage, HomePage
from exchange.actions import Entry, import_record
from exchange.lines import line_from_value
from exchange.report import Report
from register.models import Debate
from tests.factories import DebateFactory

pytestmark = pytest.mark.django_db

DEBATE = {
    "kind": "debate",
    "slug": "les-berges",
    "title": "Les berges",
    "question": "Êtes-vous d’accord ?",
    "opens_at": datetime(2026, 1, 1, tzinfo=UTC),
    "closes_at": datetime(2026, 2, 1, tzinfo=UTC),
    "accepts": ["arguments", "proposals"],
}
PROPOSAL = {
    "kind": "proposal",
    "number": 40,
    "debate": "les-berges",
    "submitted_at": datetime(2026, 1, 2, tzinfo=UTC),
    "status_at": datetime(2026, 1, 2, tzinfo=UTC),
    "status": "published",
    "language": "fr",
    "author": {"key": "ailleurs/1", "name": "Inès"},
    "title": "Planter des saules",
    "text": "<p>Des saules.</p>",
}


def bring_in(*values: dict, dry_run: bool = False) -> Report:
    lines = [line_from_value(value) for value in values]
    entries = [Entry(f"line {n}", line) for n, line in enumerate(lines, 1)]
    report = import_record(entries=entries, report=Report(), dry_run=dry_run)
    assert not report.refused
    return report


def test_its_page_is_published_in_french_and_in_english(client: Client):
    bring_in(DEBATE, PROPOSAL)

    pages = DebatePage.objects.filter(debate__slug="les-berges", live=True)
    assert {page.locale.language_code: page.url for page in pages} == {
        "fr": "/les-berges/les-berges/",
        "en": "/en/les-berges/les-berges/",
    }
    for address in ("/", "/en/", *(page.url for page in pages)):
        assert "Les berges" in client.get(address).content.decode(), address
    for page in pages:
        assert "Planter des saules" in client.get(page.url).content.decode()
    assert client.get("/contributions/40").status_code == 302


def test_importing_again_makes_no_second_page():
    bring_in(DEBATE, PROPOSAL)

    bring_in(DEBATE, PROPOSAL)

    assert DebatePage.objects.count() == 2


def test_a_dry_run_leaves_no_page():
    bring_in(DEBATE, PROPOSAL, dry_run=True)

    assert not DebatePage.objects.exists()
    assert not Debate.objects.exists()
    assert not ConsultationPage.objects.exists()


def test_two_debates_of_one_title_have_two_addresses(client: Client):
    bring_in(DEBATE, DEBATE | {"slug": "les-berges-2"})

    pages = DebatePage.objects.filter(locale__language_code="fr")
    assert len({page.url for page in pages}) == 2
    for page in pages:
        assert client.get(page.url).status_code == 200


def test_a_title_without_a_latin_letter_has_an_address(client: Client):
    bring_in(DEBATE | {"title": "川", "slug": "kawa"})

    page = DebatePage.objects.get(locale__language_code="fr")
    assert client.get(page.url).status_code == 200


def test_a_debate_that_has_a_page_is_not_given_another(page: DebatePage):
    assert present_debate(debate=page.debate) is None


def test_a_site_without_a_home_page_imports_all_the_same():
    HomePage.objects.all().delete()

    assert present_debate(debate=DebateFactory()) is None
    bring_in(DEBATE)
    assert Debate.objects.filter(slug="les-berges").exists()
