"""Acts that meet: ten at once pass no limit, and no end is crossed by a microsecond."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from arguments.actions import submit_argument, support_argument, withdraw_support
from arguments.enums import Side
from exchange.counters import counter_differences, recount
from journal.clock import database_now
from proposals.actions import cast_vote, withdraw_vote
from proposals.enums import VoteChoice
from proposals.models import Vote
from register.actions import Posting, TooMany, move_period
from register.gate import NotAccepted, enter, enter_alone
from register.models import Debate, Submission
from tests.factories import ArgumentFactory, ProposalFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]
AT_ONCE = 8


def at_once(*acts):
    """Each on a connection of its own, all together; what each returned or raised."""
    together = Barrier(len(acts), timeout=20)

    def run(act):
        try:
            together.wait()
            return act()
        except (NotAccepted, TooMany) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def argue(author, proposal, key=None):
    return submit_argument(
        posting=Posting(author=author, key=key or uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text="Oui.",
    )


def test_parallel_posts_do_not_pass_the_limit():
    author = UserFactory(confirmed=True)
    proposal = ProposalFactory(debate__hourly_limit=3)

    results = at_once(*[lambda: argue(author, proposal)] * AT_ONCE)

    refused = [each for each in results if isinstance(each, TooMany)]
    assert len(refused) == AT_ONCE - 3
    assert Submission.objects.count() == 3


def test_a_double_click_posts_once():
    author, proposal = UserFactory(confirmed=True), ProposalFactory()
    key = uuid4()

    results = at_once(*[lambda: argue(author, proposal, key)] * AT_ONCE)

    assert len({each.number for each in results}) == 1


def test_votes_of_one_person_from_many_tabs_leave_one():
    voter, proposal = UserFactory(confirmed=True), ProposalFactory()
    choices = [*VoteChoice, *VoteChoice]

    at_once(
        *[
            lambda choice=choice: cast_vote(
                voter=voter, proposal=proposal, choice=choice
            )
            for choice in choices
        ],
        lambda: withdraw_vote(voter=voter, proposal=proposal),
    )

    assert Vote.objects.count() <= 1
    assert list(counter_differences()) == []


def test_many_persons_on_one_page_are_all_counted():
    proposal = ProposalFactory()
    argument = ArgumentFactory(hangs_on=proposal)
    recount([proposal.pk])
    people = UserFactory.create_batch(4, confirmed=True)

    def all_of(person):
        argue(person, proposal)
        cast_vote(voter=person, proposal=proposal, choice=VoteChoice.MIXED)
        support_argument(supporter=person, argument=argument)
        withdraw_support(supporter=person, argument=argument)
        support_argument(supporter=person, argument=argument)

    at_once(*[lambda person=person: all_of(person) for person in people])

    proposal.refresh_from_db()
    argument.refresh_from_db()
    assert (proposal.for_count, proposal.mixed_count) == (5, 4)
    assert argument.support_count == 4
    assert list(counter_differences()) == []


def test_an_act_that_waited_for_the_period_to_move_sees_where_it_moved_to():
    """The end is moved to now while a writer waits at the gate: it must not pass."""
    debate = ProposalFactory().debate
    inside = Event()

    def move():
        with transaction.atomic():
            enter_alone(debate.pk)
            inside.set()
            end = database_now() + timedelta(milliseconds=50)
            Debate.objects.filter(pk=debate.pk).update(closes_at=end)
            while database_now() < end:
                pass

    def write():
        inside.wait(20)
        with transaction.atomic():
            return enter(debate.pk)

    moved, written = at_once(move, write)

    assert moved is None
    assert isinstance(written, NotAccepted)


def test_whoever_ends_a_debate_waits_for_those_who_are_inside():
    organiser = UserFactory()
    proposal = ProposalFactory()
    writing, order = Event(), []

    def write():
        with transaction.atomic():
            _debate, at = enter(proposal.debate_id)
            writing.set()
            connection.cursor().execute("SELECT 1")
            end = at + timedelta(milliseconds=300)
            while database_now() < end:
                pass
            order.append("written")
        return at

    def end_now():
        writing.wait(20)
        move = move_period(
            debate=proposal.debate,
            opens_at=proposal.debate.opens_at,
            closes_at=database_now() + timedelta(seconds=5),
            motive="Fin anticipée.",
            actor=organiser,
        )
        order.append("moved")
        return move

    at, move = at_once(write, end_now)

    assert order == ["written", "moved"]
    assert at < move.moved_at < move.closes_at
    assert Counter(type(each).__name__ for each in [move]) == {"PeriodMove": 1}
