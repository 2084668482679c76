"""Moderators, readers and authors who act on the same words at the same time."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from arguments.actions import submit_argument
from arguments.enums import Side
from moderation.actions import NothingToDecide, suspend_author, undo_decision
from moderation.models import Decision
from register.actions import Posting, TargetGone
from register.actions.limits import hold_account
from register.derived import lock_pages
from register.enums import Status
from register.gate import enter_begun
from tests.factories import ArgumentFactory, ProposalFactory, UserFactory
from tests.moderation.deciding import discrepancies, hide, publish, reasons
from tests.register.test_acts_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"


def or_refusal(act):
    def attempt():
        try:
            return act()
        except (NothingToDecide, TargetGone) as refusal:
            return refusal

    return attempt


def administrator():
    return UserFactory(is_staff=True, is_superuser=True)


def hiding(row):
    actor = administrator()
    return or_refusal(lambda: hide(actor, type(row).objects.get(pk=row.pk)))


def arguing(proposal):
    posting = Posting(author=UserFactory(confirmed=True), key=uuid4())
    return or_refusal(
        lambda: submit_argument(
            posting=posting, proposal=proposal, side=Side.FOR, text="Encore un mot."
        )
    )


def test_of_six_who_hide_at_once_one_decides():
    row = ArgumentFactory()
    publish(row)

    results = at_once(*[hiding(row) for _ in range(6)])

    assert sum(isinstance(each, NothingToDecide) for each in results) == 5
    assert Decision.objects.count() == 1
    assert discrepancies() == []


def test_what_is_posted_while_its_proposal_is_hidden_is_hidden_with_it_or_refused():
    proposal = ProposalFactory()
    publish(proposal)

    results = at_once(*[arguing(proposal) for _ in range(5)], hiding(proposal))

    assert any(isinstance(each, Decision) for each in results)
    others = [each for each in results if not isinstance(each, Decision)]
    refused = [each for each in others if isinstance(each, TargetGone)]
    assert len(refused) + proposal.hanging.count() == len(others)
    assert discrepancies() == []


def test_hiding_and_restoring_many_at_once_leaves_every_count_right():
    proposal = ProposalFactory()
    rows = [ArgumentFactory(hangs_on=proposal) for _ in range(4)]
    publish(*rows)
    actor = administrator()
    decisions = [hide(actor, row) for row in rows[:2]]

    at_once(
        *[lambda d=d: undo_decision(actor=actor, decision=d) for d in decisions],
        *[hiding(row) for row in rows[2:]],
        arguing(proposal),
    )

    statuses = [type(row).objects.get(pk=row.pk).status for row in rows]
    assert statuses == [Status.PUBLISHED] * 2 + [Status.HIDDEN] * 2
    assert discrepancies() == []


def test_an_author_who_acts_while_being_suspended_is_waited_for():
    row = ProposalFactory(author=UserFactory(confirmed=True))
    publish(row)
    actor, until = administrator(), timezone.now() + timedelta(days=3)

    @transaction.atomic
    def act_as_author():
        hold_account(row.author)
        enter_begun(row.debate_id)
        time.sleep(0.6)
        lock_pages([row.pk])

    def suspend():
        time.sleep(0.3)
        return suspend_author(
            actor=actor, contribution=row, reasons=reasons(), until=until
        )

    decision = at_once(act_as_author, suspend)[1]

    assert decision.suspended_until == until
