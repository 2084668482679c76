"""A suspended author reads and appeals, and writes nothing until the end of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from arguments.actions import submit_argument, support_argument
from arguments.enums import Side
from moderation.actions import (
    NothingToDecide,
    appeal_decision,
    report_contribution,
    suspend_author,
    undo_decision,
)
from proposals.actions import cast_vote
from proposals.enums import VoteChoice
from register.actions import Posting, Suspended, withdraw_contribution
from register.enums import Status
from register.models import Ground
from tests.factories import ArgumentFactory, ProposalFactory
from tests.moderation.deciding import publish, reasons

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def suspend(actor, row, until=None):
    return suspend_author(
        actor=actor,
        contribution=row,
        reasons=reasons(),
        until=until or timezone.now() + WEEK,
    )


def argue(author, proposal):
    return submit_argument(
        posting=Posting(author=author, key=uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text="Encore moi.",
    )


@pytest.fixture
def proposal(db):
    proposal = ProposalFactory()
    publish(proposal)
    return proposal


@pytest.fixture
def row(participant, proposal):
    row = ArgumentFactory(author=participant, hangs_on=proposal)
    publish(row)
    return row


def vote(author, proposal):
    return cast_vote(voter=author, proposal=proposal, choice=VoteChoice.AGREE)


def support(author, proposal):
    argument = ArgumentFactory(hangs_on=proposal)
    publish(argument)
    return support_argument(supporter=author, argument=argument)


@pytest.mark.parametrize("act", [argue, vote, support])
def test_until_then_nothing_is_written_and_then_it_is(
    moderator, participant, proposal, row, at, act
):
    end = timezone.now() + WEEK
    suspend(moderator, row, end)

    at(end - timedelta(milliseconds=1))
    with pytest.raises(Suspended) as refusal:
        act(participant, proposal)
    at(end)
    act(participant, proposal)

    assert refusal.value.until == end


def test_what_was_said_before_stays(moderator, row):
    suspend(moderator, row)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED


def test_a_suspended_author_withdraws_reports_and_appeals(
    moderator, participant, proposal, row
):
    decision = suspend(moderator, row)
    ground = Ground.objects.get(slug="unlawful")

    withdraw_contribution(author=participant, contribution=row)
    report_contribution(
        reporter=participant, contribution=proposal, ground=ground, text="Illicite."
    )
    appeal_decision(author=participant, decision=decision, text="Pourquoi ?")


def test_it_is_taken_away_at_once(moderator, participant, proposal, row):
    decision = suspend(moderator, row)

    undo_decision(actor=moderator, decision=decision)

    assert argue(participant, proposal).status == Status.PUBLISHED


def test_others_go_on_writing(moderator, stranger, proposal, row):
    suspend(moderator, row)

    assert argue(stranger, proposal).status == Status.PUBLISHED


def test_nobody_is_suspended_in_the_past(moderator, row):
    with pytest.raises(NothingToDecide):
        suspend(moderator, row, timezone.now() - timedelta(seconds=1))


def test_moderators_do_not_suspend_each_other(moderator, another_moderator, proposal):
    row = ArgumentFactory(author=another_moderator, hangs_on=proposal)

    with pytest.raises(NothingToDecide):
        suspend(moderator, row)
