"""Undoing a decision brings back what it took away, and keeps it in the journal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import (
    NothingToDecide,
    mask_passage,
    refuse_held,
    suspend_author,
    undo_decision,
)
from moderation.enums import DecisionKind
from moderation.models import Decision
from register.enums import Status
from register.models import Contribution
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory, UserFactory
from tests.moderation.deciding import discrepancies, hide, publish, reasons
from tests.moderation.test_held_items import held_argument

pytestmark = pytest.mark.django_db


def test_what_was_hidden_is_back_with_all_that_hangs_on_it(moderator):
    proposal = ProposalFactory()
    argument = ArgumentFactory(hangs_on=proposal)
    source = SourceFactory(hangs_on=argument)
    publish(proposal, argument, source)
    decision = hide(moderator, proposal)

    undo_decision(actor=moderator, decision=decision)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.ground) == (Status.PUBLISHED, None)
    assert Contribution.objects.visible().count() == 3
    assert discrepancies() == []


def test_the_earlier_decision_stays_and_says_what_ended_it(moderator, organiser):
    row = ArgumentFactory()
    publish(row)
    hidden = hide(moderator, row)

    restored = undo_decision(actor=organiser, decision=hidden)

    hidden.refresh_from_db()
    assert hidden.undone_by == restored
    assert (restored.kind, hidden.kind) == (DecisionKind.RESTORE, DecisionKind.HIDE)
    acts = JournalEntry.objects.filter(number=row.pk).order_by("id")
    assert list(acts.values_list("act", flat=True))[-2:] == [
        Act.CONTRIBUTION_HIDDEN,
        Act.CONTRIBUTION_RESTORED,
    ]


def test_a_decision_is_undone_once(moderator):
    row = ArgumentFactory()
    publish(row)
    decision = hide(moderator, row)
    undo_decision(actor=moderator, decision=decision)

    with pytest.raises(NothingToDecide):
        undo_decision(actor=moderator, decision=decision)

    assert Decision.objects.count() == 2


def test_what_restores_is_not_undone(moderator):
    row = ArgumentFactory()
    publish(row)
    restored = undo_decision(actor=moderator, decision=hide(moderator, row))

    with pytest.raises(NothingToDecide):
        undo_decision(actor=moderator, decision=restored)


def test_what_was_never_published_is_published_with_its_first_date(moderator):
    row = held_argument()
    decision = refuse_held(actor=moderator, contribution=row, reasons=reasons())

    undo_decision(actor=moderator, decision=decision)

    before = row.submitted_at
    row.refresh_from_db()
    assert (row.status, row.submitted_at) == (Status.PUBLISHED, before)
    assert discrepancies() == []


def test_of_two_masks_one_is_taken_away_and_the_other_stays(moderator):
    row = ArgumentFactory(text="Jeanne Dupont, 06 12 34 56 78, habite au bourg.")
    publish(row)
    first, _second = (
        mask_passage(
            actor=moderator,
            contribution=row,
            reasons=reasons("personal-data"),
            passage=passage,
        )
        for passage in ("Jeanne Dupont", "06 12 34 56 78")
    )

    undo_decision(actor=moderator, decision=first)

    row.refresh_from_db()
    assert row.text == "Jeanne Dupont, █████, habite au bourg."
    assert row.is_masked


def test_of_two_suspensions_the_other_one_still_holds(moderator):
    author = UserFactory(confirmed=True)
    rows = ArgumentFactory.create_batch(2, author=author)
    ends = [timezone.now() + timedelta(days=days) for days in (30, 7)]
    longer, _shorter = (
        suspend_author(actor=moderator, contribution=row, reasons=reasons(), until=end)
        for row, end in zip(rows, ends, strict=True)
    )

    undo_decision(actor=moderator, decision=longer)

    author.refresh_from_db()
    assert author.suspended_until == ends[1]
