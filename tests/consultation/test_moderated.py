"""Masked passages, suspended accounts and debates that are moderated first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from consultation.actions import present_debate
from consultation.templatetags.texts import plain_text, rich_text
from moderation.actions import (
    Reasons,
    mask_passage,
    publish_held,
    refuse_held,
    suspend_author,
)
from moderation.masking import MARK
from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.conftest import follow_up
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def reasons():
    return Reasons(ground=Ground.objects.get(slug="personal-data"), facts="Un numéro.")


def to(name, *args):
    with override("en"):
        return reverse(f"consultation:{name}", args=args)


def main(response):
    return BeautifulSoup(response.content, "html.parser").main


def argue(client, proposal, text="Parce que."):
    fields = {"key": str(uuid4()), "side": "for", "text": text}
    return client.post(to("argue", proposal.pk), fields)


# Masked passages.


def test_a_masked_passage_says_so_with_its_ground_and_its_decision(
    client, moderator, page
):
    proposal = ProposalFactory(debate=page.debate, text="<p>Appeler 06 12 34.</p>")
    argument = ArgumentFactory(hangs_on=proposal, text="Ou 06 12 34 56.")
    ArgumentFactory(hangs_on=proposal, text="Rien à cacher.")
    follow_up(proposal, argument)
    decisions = [
        mask_passage(
            actor=moderator, contribution=row, reasons=reasons(), passage="06 12 34"
        )
        for row in (proposal, argument)
    ]

    response = client.get(to("proposal", proposal.pk))

    shown = main(response)
    assert "06 12 34" not in response.content.decode()
    notes = shown.select(".masked-note")
    assert [each.a["href"] for each in notes] == [
        to("statement", each.pk) for each in decisions
    ]
    assert all("personal data" in each.text for each in notes)
    marks = shown.select("[role=img].masked")
    assert [each["aria-label"] for each in marks] == ["masked passage"] * 2


def test_a_page_with_masks_costs_one_question_more(client, moderator, page):
    proposal = ProposalFactory(debate=page.debate)
    rows = [ArgumentFactory(hangs_on=proposal, text="06 12 34") for _ in range(3)]
    follow_up(proposal, *rows)

    def queries():
        client.get(to("proposal", proposal.pk))
        with CaptureQueriesContext(connection) as captured:
            client.get(to("proposal", proposal.pk))
        return len(captured)

    before = queries()
    for row in rows:
        mask_passage(
            actor=moderator, contribution=row, reasons=reasons(), passage="06 12 34"
        )

    assert queries() == before + 1


def test_a_mark_inside_an_address_breaks_nothing():
    plain = plain_text(f"Voir https://exemple.fr/{MARK} et {MARK}.")
    rich = rich_text(f'<p><a href="https://exemple.fr/{MARK}">{MARK}</a></p>')

    for shown in (plain, rich):
        link = BeautifulSoup(shown, "html.parser").a
        assert link["href"] == f"https://exemple.fr/{MARK}"
    assert plain.count("aria-label") == 2
    assert rich.count("aria-label") == 1


# Suspended accounts.


@pytest.fixture
def suspended(moderator, participant):
    row = ArgumentFactory(author=participant)
    until = timezone.now() + timedelta(days=7)
    suspend_author(actor=moderator, contribution=row, reasons=reasons(), until=until)
    return participant


def test_who_is_suspended_is_told_before_typing_and_where_to_read_why(
    client, suspended
):
    proposal = ProposalFactory()
    client.force_login(suspended)

    for name in ("argue", "vote", "source"):
        response = client.get(to(name, proposal.pk))
        said = main(response).select_one(".error-summary")
        assert response.status_code == 403
        assert "suspended your account until" in said.text
        assert said.time is not None
        assert said.a["href"] == to("my-decisions")
        assert main(response).select_one("button[type=submit]") is None


def test_what_a_suspended_person_sends_all_the_same_comes_back(client, suspended):
    proposal = ProposalFactory()
    client.force_login(suspended)

    response = argue(client, proposal, "Mes mots.")

    assert response.status_code == 403
    assert main(response).textarea.string.strip() == "Mes mots."
    assert not proposal.hanging.exists()


def test_who_is_suspended_still_reports(client, suspended):
    client.force_login(suspended)

    assert client.get(to("report", ProposalFactory().pk)).status_code == 200


def test_once_it_is_over_one_writes_again(client, suspended, at):
    client.force_login(suspended)
    at(suspended.__class__.objects.get(pk=suspended.pk).suspended_until)
    proposal = ProposalFactory(debate__closes_at=timezone.now() + timedelta(days=30))

    assert client.get(to("argue", proposal.pk)).status_code == 200
    assert argue(client, proposal).status_code == 303


# Moderated before publication.


@pytest.fixture
def moderated():
    return ProposalFactory(debate=DebateFactory(moderates_first=True))


def test_the_debate_and_its_forms_say_that_a_moderator_reads_first(
    client, moderated, participant
):
    page = present_debate(debate=moderated.debate)
    client.force_login(participant)

    assert "Moderated before publication" in main(client.get(f"/en{page.url}")).text
    for name in ("argue", "source"):
        assert "a moderator reads" in main(client.get(to(name, moderated.pk))).text
    for name in ("vote", "report"):
        assert (
            "a moderator reads each"
            not in main(client.get(to(name, moderated.pk))).text
        )


def test_what_one_sends_there_is_said_to_wait_and_found_among_ones_drafts(
    client, moderated, participant, moderator
):
    client.force_login(participant)

    response = argue(client, moderated, "Mes mots à lire.")

    row = Contribution.objects.get(kind="argument")
    assert row.status == Status.WAITING
    assert response.url == to("drafts")
    said = main(client.get(response.url))
    assert "A moderator will read it" in said.select_one(".said").text
    assert "Mes mots à lire." in said.text
    assert client.get(to("receipt", row.pk)).status_code == 200
    publish_held(actor=moderator, contribution=row)
    assert "Mes mots à lire." not in main(client.get(to("drafts"))).text


def test_what_is_refused_is_kept_for_its_author_with_the_reason(
    client, moderated, participant, moderator
):
    client.force_login(participant)
    argue(client, moderated, "Mes mots refusés.")
    row = Contribution.objects.get(kind="argument")

    decision = refuse_held(actor=moderator, contribution=row, reasons=reasons())

    shown = main(client.get(to("drafts")))
    assert "Mes mots refusés." in shown.text
    assert shown.find("a", href=to("statement", decision.pk))
    assert "Never published" in main(client.get(to("receipt", row.pk))).text
    assert "Mes mots refusés." in main(client.get(to("statement", decision.pk))).text
