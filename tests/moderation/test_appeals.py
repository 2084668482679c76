"""An author contests a decision; somebody who had no part in it answers."""

from datetime import timedelta

import pytest

from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import (
    AlreadyAppealed,
    NothingToDecide,
    TooLateToAppeal,
    appeal_decision,
    confirm_decision,
    decide_appeal,
    dismiss_reports,
    undo_decision,
)
from moderation.enums import AppealOutcome, StaffRole
from moderation.models import Appeal
from moderation.models.decisions import APPEAL_PERIOD
from register.actions import NotTheirs
from register.enums import Status
from tests.factories import ArgumentFactory, ReportFactory
from tests.moderation.deciding import discrepancies, hide, publish

pytestmark = pytest.mark.django_db

TEXT = "Je parlais d’un personnage de roman."
ANSWER = "La phrase visait bien une personne."


@pytest.fixture
def row(participant):
    row = ArgumentFactory(author=participant)
    publish(row)
    return row


@pytest.fixture
def decision(moderator, row):
    return hide(moderator, row)


def appeal(author, decision, text=TEXT):
    return appeal_decision(author=author, decision=decision, text=text)


def answer(actor, appealed, outcome=AppealOutcome.REJECTED):
    return decide_appeal(actor=actor, appeal=appealed, outcome=outcome, answer=ANSWER)


def test_an_appeal_waits_with_its_words_and_its_instant(participant, decision, at):
    instant = decision.decided_at + timedelta(days=1)
    at(instant)

    appealed = appeal(participant, decision)

    assert (appealed.text, appealed.appealed_at) == (TEXT, instant)
    assert list(Appeal.objects.waiting()) == [appealed]


def test_nobody_else_appeals(stranger, moderator, decision):
    for person in (stranger, moderator):
        with pytest.raises(NotTheirs):
            appeal(person, decision)


def test_sent_twice_it_is_one_appeal(participant, decision):
    first = appeal(participant, decision)

    assert appeal(participant, decision) == first
    with pytest.raises(AlreadyAppealed):
        appeal(participant, decision, "Autre chose.")

    assert Appeal.objects.get().text == TEXT
    assert JournalEntry.objects.filter(act=Act.APPEAL_RECEIVED).count() == 1


def test_it_is_made_within_six_months(participant, decision, at):
    at(decision.decided_at + APPEAL_PERIOD)

    with pytest.raises(TooLateToAppeal):
        appeal(participant, decision)


def test_it_may_be_made_at_the_last_instant(participant, decision, at):
    at(decision.decided_at + APPEAL_PERIOD - timedelta(milliseconds=1))

    assert appeal(participant, decision)


def test_what_has_ended_is_not_appealed(participant, moderator, decision):
    undo_decision(actor=moderator, decision=decision)

    with pytest.raises(TooLateToAppeal):
        appeal(participant, decision)


def test_what_took_nothing_away_is_not_appealed(participant, moderator, row):
    ReportFactory(contribution=row)
    dismissed = dismiss_reports(actor=moderator, contribution=row)

    with pytest.raises(NotTheirs):
        appeal(participant, dismissed)


@pytest.mark.parametrize(
    ("who", "role"),
    [("another_moderator", StaffRole.MODERATOR), ("organiser", StaffRole.ORGANISER)],
)
def test_somebody_else_rejects_it_and_nothing_changes(
    request, participant, row, decision, who, role
):
    other = request.getfixturevalue(who)

    decided = answer(other, appeal(participant, decision))

    row.refresh_from_db()
    assert row.status == Status.HIDDEN
    assert (decided.outcome, decided.answer) == (AppealOutcome.REJECTED, ANSWER)
    assert (decided.decided_by, decided.role) == (other, role)
    assert not Appeal.objects.waiting().exists()


def test_granted_it_ends_the_decision(participant, another_moderator, row, decision):
    answer(another_moderator, appeal(participant, decision), AppealOutcome.GRANTED)

    row.refresh_from_db()
    decision.refresh_from_db()
    assert row.status == Status.PUBLISHED
    assert decision.undone_by.decided_by == another_moderator
    assert discrepancies() == []


def test_who_decided_does_not_answer(participant, moderator, decision):
    with pytest.raises(NotTheirs):
        answer(moderator, appeal(participant, decision))


def test_who_confirmed_does_not_answer(
    participant, moderator, another_moderator, organiser
):
    row = ArgumentFactory(author=participant, institutional=True)
    publish(row)
    decision = hide(moderator, row)
    confirm_decision(actor=another_moderator, decision=decision)
    appealed = appeal(participant, decision)

    with pytest.raises(NotTheirs):
        answer(another_moderator, appealed)

    assert answer(organiser, appealed).outcome == AppealOutcome.REJECTED


def test_it_is_answered_once(participant, another_moderator, organiser, decision):
    appealed = appeal(participant, decision)
    answer(another_moderator, appealed)

    with pytest.raises(NothingToDecide):
        answer(organiser, appealed, AppealOutcome.GRANTED)


def test_it_can_be_granted_after_somebody_restored_the_words(
    participant, moderator, another_moderator, row, decision
):
    appealed = appeal(participant, decision)
    undo_decision(actor=moderator, decision=decision)

    answer(another_moderator, appealed, AppealOutcome.GRANTED)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
