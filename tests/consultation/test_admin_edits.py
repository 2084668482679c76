"""Editing, reverting and scheduling a page change nothing of its debate."""

import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from consultation.models import ConsultationPage, DebatePage
from exchange.counters import recount
from register.models import Debate
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PUBLISH = {"action-publish": "action-publish"}
DATES = {"go_live_at": "2030-01-01 00:00", "expire_at": "2020-01-01 00:00"}


@pytest.fixture(autouse=True)
def said(page: DebatePage) -> None:
    argument = ArgumentFactory(hangs_on__debate=page.debate)
    recount([argument.hangs_on_id])


def edit(page: DebatePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def api(page: DebatePage, action: str) -> str:
    return reverse("wagtailadmin_api:pages:action", args=(page.pk, action))


def facts(debate: Debate) -> list:
    """All that the debate and its contributions are."""
    rows = debate.contributions.order_by("pk").values()
    return [Debate.objects.filter(pk=debate.pk).values().get(), *rows]


def test_the_introduction_is_edited_and_shown(desk, send, page):
    send(edit(page), title="Nouveau titre", **PUBLISH)

    document = BeautifulSoup(desk.get(page.url).content, "html.parser")
    assert document.h1.get_text() == "Nouveau titre"


def test_editing_the_original_is_followed_by_its_alias(send, desk, page):
    send(edit(page), title="Nouveau titre", **PUBLISH)

    alias = page.debate.pages.get(locale__language_code="en")
    assert alias.title == "Nouveau titre"
    assert alias.live


@pytest.mark.parametrize("action", [PUBLISH, {}])
def test_dates_sent_by_a_forged_form_change_nothing(desk, send, page, action):
    send(edit(page), title="Nouveau titre", **DATES, **action)

    page.refresh_from_db()
    assert (page.go_live_at, page.expire_at, page.live) == (None, None, True)
    latest = page.get_latest_revision_as_object()
    assert (latest.title, latest.go_live_at, latest.expire_at) == (
        "Nouveau titre",
        None,
        None,
    )
    assert page.approved_schedule is False


def test_dates_sent_to_the_api_change_nothing(desk: Client, page):
    response = desk.post(api(page, "publish"), DATES, content_type="application/json")

    assert response.status_code == 200
    page.refresh_from_db()
    assert (page.go_live_at, page.expire_at, page.live) == (None, None, True)


def test_an_old_draft_published_leaves_the_debate_as_it_is(desk, send, page):
    old = page.save_revision()
    page.debate.opens_at = datetime(2020, 1, 1, tzinfo=UTC)
    page.debate.closes_at = datetime(2020, 2, 1, tzinfo=UTC)
    page.debate.save()
    send(edit(page), title="Nouveau titre", **PUBLISH)
    before = facts(page.debate)

    for action in (PUBLISH, {}):
        address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, old.pk))
        form = send(address).context["form"]
        assert form.instance.title == page.title
        send(edit(page), revision=str(old.pk), title=page.title, **action)
        desk.post(
            api(page, "revert_to_page_revision"),
            {"revision_id": old.pk},
            content_type="application/json",
        )
        desk.post(api(page, "publish"), content_type="application/json")

    assert DebatePage.objects.get(pk=page.pk).title == page.title
    assert facts(page.debate) == before


def test_a_page_edited_to_present_another_debate_is_refused(desk, send, page):
    other = DebateFactory()

    response = send(edit(page), debate=str(other.pk), **PUBLISH)

    assert "A page keeps the debate it was made for." in response.content.decode()
    assert DebatePage.objects.get(pk=page.pk).debate == page.debate
    assert page.get_latest_revision_as_object().debate == page.debate


def test_a_draft_that_names_another_debate_cannot_be_published(desk, page):
    revision = page.save_revision()
    content = revision.content | {"debate": DebateFactory().pk}
    Revision.objects.filter(pk=revision.pk).update(content=content)

    response = desk.post(api(page, "publish"), content_type="application/json")

    assert response.status_code == 400
    assert "keeps the debate" in json.dumps(response.json())
    assert DebatePage.objects.get(pk=page.pk).debate == page.debate
    assert set(page.debate.pages.values_list("locale__language_code", flat=True)) == {
        "fr",
        "en",
    }


def test_a_second_page_for_a_debate_in_one_language_is_refused(desk, send, page):
    other = page.get_parent().get_parent()
    parent = other.add_child(instance=ConsultationPage(title="Une autre"))
    address = reverse(
        "wagtailadmin_pages:add", args=("consultation", "debatepage", parent.pk)
    )

    response = send(
        address, title="Double", slug="double", debate=str(page.debate_id), **PUBLISH
    )

    assert "Another page presents this debate" in response.content.decode()
    assert 'value="Double"' in response.content.decode()
    assert page.debate.pages.filter(locale=page.locale).count() == 1


def test_a_page_made_by_the_form_presents_its_debate(desk, send, page):
    debate = ProposalFactory().debate
    parent = page.get_parent()
    address = reverse(
        "wagtailadmin_pages:add", args=("consultation", "debatepage", parent.pk)
    )

    send(address, title="Autre", slug="autre", debate=str(debate.pk), **PUBLISH)

    assert desk.get(debate.pages.get().url).status_code == 200
