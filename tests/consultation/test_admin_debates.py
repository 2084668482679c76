"""Framing a debate in the admin."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from accounts.models import User
from journal.enums import Act
from journal.models import JournalEntry
from register.forms import DebateForm
from register.models import Debate
from tests.factories import DebateFactory, ProposalFactory, SectionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADD = "debates:add"
TYPED = {
    "title": "Nos rues",
    "slug": "nos-rues",
    "question": "Êtes-vous d’accord ?",
    "opens_at": "2027-01-01 00:00",
    "closes_at": "2027-02-01 00:00",
}


def edit(debate: Debate) -> str:
    return reverse("debates:edit", args=(debate.pk,))


def delete(debate: Debate) -> str:
    return reverse("debates:delete", args=(debate.pk,))


def test_a_debate_is_framed_with_its_period_by_the_clocks_of_paris(desk, send):
    send(reverse(ADD), **TYPED)

    debate = Debate.objects.get()
    assert debate.opens_at == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert debate.closes_at == datetime(2027, 1, 31, 23, tzinfo=UTC)
    assert (debate.title, debate.question) == (TYPED["title"], TYPED["question"])
    assert debate.accepts_proposals


REFUSED = {
    "the end before the start": {"closes_at": "2026-12-31 00:00"},
    "the end at the start": {"closes_at": "2027-01-01 00:00"},
    "an end without a start": {"opens_at": ""},
    "a start without an end": {"closes_at": ""},
    "an hour that does not exist": {"closes_at": "2027-03-28 02:30"},
    "an hour that exists twice": {
        "opens_at": "2026-10-25 02:30",
        "closes_at": "2026-12-01 00:00",
    },
    "no date at all": {"opens_at": "demain", "closes_at": "2027-02-30 00:00"},
    "no title": {"title": ""},
    "no address": {"slug": ""},
}


@pytest.mark.parametrize("period", REFUSED)
def test_what_makes_no_period_is_refused_with_a_sentence(desk, send, period):
    typed = TYPED | REFUSED[period]

    response = send(reverse(ADD), **typed)

    form = response.context["form"]
    assert any(sentence for errors in form.errors.values() for sentence in errors)
    assert {name: form[name].value() for name in typed} == typed
    assert TYPED["question"] in response.content.decode()
    assert not Debate.objects.exists()


def test_two_debates_cannot_have_one_address(desk, send):
    DebateFactory(slug="nos-rues")

    response = send(reverse(ADD), **TYPED)

    assert response.context["form"].errors["slug"]


def test_the_period_of_a_debate_to_come_is_not_changed_here(
    desk, send, upcoming_debate
):
    period = (upcoming_debate.opens_at, upcoming_debate.closes_at)

    send(
        edit(upcoming_debate), opens_at="2090-01-01 00:00", closes_at="2090-02-01 0:00"
    )

    upcoming_debate.refresh_from_db()
    assert (upcoming_debate.opens_at, upcoming_debate.closes_at) == period


@pytest.mark.parametrize("state", ["open", "ended"])
def test_nor_are_those_and_the_address_of_one_that_has_begun(desk, send, state):
    debate = DebateFactory(**{state: True})
    period = (debate.opens_at, debate.closes_at)
    slug = debate.slug

    send(
        edit(debate),
        title="Titre corrigé",
        slug="autre-adresse",
        opens_at="2020-01-01 00:00",
        closes_at="2090-01-01 00:00",
    )

    debate.refresh_from_db()
    assert debate.title == "Titre corrigé"
    assert (debate.opens_at, debate.closes_at) == period
    assert debate.slug == slug


def test_nothing_of_a_closed_debate_can_be_changed(desk, send):
    debate = DebateFactory(closed=True)
    fields = [field.name for field in Debate._meta.concrete_fields]
    before = Debate.objects.values(*fields).get()

    send(edit(debate), title="Autre", question="Autre ?", closed_at="")

    assert Debate.objects.values(*fields).get() == before


def test_the_question_stays_once_something_was_said_in_answer(desk, send):
    debate = ProposalFactory(debate__question="Pour ou contre ?").debate

    send(edit(debate), question="Contre ou pour ?")

    debate.refresh_from_db()
    assert debate.question == "Pour ou contre ?"


@pytest.mark.parametrize("restriction", ["login", "password", "groups"])
def test_no_page_is_for_some_only(desk: Client, page, restriction):
    for each in page.get_ancestors(inclusive=True).filter(depth__gt=1):
        address = reverse("wagtailadmin_pages:set_privacy", args=(each.pk,))
        desk.post(address, {"restriction_type": restriction, "password": "secret"})

    assert not PageViewRestriction.objects.exists()


def test_what_is_done_to_a_debate_is_journalled_with_the_person(desk, send):
    send(reverse(ADD), **TYPED)
    send(edit(Debate.objects.get()), **TYPED | {"title": "Un autre titre"})

    changed, created = JournalEntry.objects.all()
    assert [created.act, changed.act] == [Act.DEBATE_CREATED, Act.DEBATE_CHANGED]
    assert created.actor == changed.actor == User.objects.get(is_superuser=True)
    assert changed.facts == {"debate": TYPED["slug"], "changed": ["title"]}


def test_a_period_that_begins_while_the_form_is_open_is_kept(desk, at, upcoming_debate):
    form = {each: getattr(upcoming_debate, each) for each in ("title", "slug")}
    closes_at = upcoming_debate.closes_at

    at(upcoming_debate.opens_at)
    desk.post(
        edit(upcoming_debate),
        form | {"opens_at": "2089-01-01 00:00", "closes_at": "2090-01-01 00:00"},
    )

    upcoming_debate.refresh_from_db()
    assert upcoming_debate.closes_at == closes_at


def test_a_debate_that_is_closed_while_its_form_is_sent_stays_closed(
    desk, send, monkeypatch
):
    """Closing takes the lock for which the form then waits, with the debate read."""
    debate, is_valid = DebateFactory(ended=True), DebateForm.is_valid
    closed_at = debate.closes_at

    def closed_meanwhile(form):
        found = is_valid(form)
        Debate.objects.filter(pk=debate.pk).update(closed_at=closed_at)
        return found

    monkeypatch.setattr(DebateForm, "is_valid", closed_meanwhile)
    send(edit(debate), **TYPED | {"title": "Un autre titre"})

    held = Debate.objects.get(pk=debate.pk)
    assert (held.closed_at, held.title) == (closed_at, debate.title)


@pytest.mark.parametrize("trait", ["published", "hidden", "withdrawn", "waiting"])
def test_a_debate_with_contributions_cannot_be_deleted(desk: Client, trait):
    traits = {} if trait == "published" else {trait: True}
    proposal = ProposalFactory(**traits)

    for send in (desk.get, desk.post):
        response = send(delete(proposal.debate), follow=True)
        assert "cannot be deleted" in response.content.decode()

    assert Debate.objects.filter(pk=proposal.debate_id).exists()


def test_a_debate_that_a_page_presents_cannot_be_deleted(desk: Client, page):
    response = desk.post(delete(page.debate), follow=True)

    assert "cannot be deleted" in response.content.decode()
    assert Debate.objects.filter(pk=page.debate_id).exists()


def test_a_debate_with_sections_cannot_be_deleted(desk: Client):
    section = SectionFactory()

    desk.post(delete(section.debate), follow=True)

    assert Debate.objects.filter(pk=section.debate_id).exists()


def test_a_debate_that_holds_nothing_can_be_deleted(desk: Client, open_debate):
    desk.post(delete(open_debate), follow=True)

    assert not Debate.objects.exists()


def test_a_debate_cannot_be_copied(desk: Client, open_debate):
    response = desk.get(f"/admin/debates/copy/{open_debate.pk}/")

    assert response.status_code == 404


def test_the_views_of_debates_open(desk: Client, open_debate):
    for address in (
        reverse("debates:index"),
        reverse("debates:history", args=(open_debate.pk,)),
        edit(open_debate),
        delete(open_debate),
    ):
        assert desk.get(address).status_code == 200, address
