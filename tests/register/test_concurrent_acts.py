"""Acts on the same pages at the same instant: none is lost, none waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from exchange.recounts import miscounted, wrong_citations, wrong_tallies
from register.derived import lock_pages
from register.enums import Status
from register.models import Citation, Contribution, Ground
from tests.factories import ArgumentFactory, ProposalFactory, act_on

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 10


def at_once(*acts: Callable[[], object]) -> None:
    """Each act in a transaction and on a connection of its own; all begin together."""
    together = Barrier(len(acts), timeout=20)

    def run(act):
        try:
            together.wait()
            with transaction.atomic():
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


def post(proposal, text):
    act_on(ArgumentFactory(hangs_on=proposal, text=text))


def turn(proposal, status):
    """Hide a proposal, or show it again."""
    lock_pages([proposal.pk])
    ground = Ground.objects.first() if status == Status.HIDDEN else None
    rows = Contribution.objects.filter(pk=proposal.pk)
    rows.update(status=status, ground=ground)
    act_on(proposal)


def test_arguments_posted_while_their_proposal_is_hidden_are_counted_as_they_show():
    proposal, other = ProposalFactory.create_batch(2)
    act_on(proposal, other)
    states = [Status.HIDDEN, Status.PUBLISHED]

    for n in range(ROUNDS):
        at_once(
            lambda: post(proposal, f"#{other.number}"),
            lambda n=n: turn(proposal, states[n % 2]),
            lambda: post(other, f"#{proposal.number}"),
        )

    assert Contribution.objects.count() == 2 + 2 * ROUNDS
    assert [*wrong_citations(), *miscounted(), *wrong_tallies()] == []


def test_acts_on_pages_that_cite_each_other_all_end_and_renew_both():
    first, second = ProposalFactory.create_batch(2)
    act_on(first, second)

    for _ in range(ROUNDS):
        at_once(
            lambda: post(first, f"#{second.number}"),
            lambda: post(second, f"#{first.number}"),
            lambda: turn(first, Status.PUBLISHED),
            lambda: turn(second, Status.PUBLISHED),
        )

    assert Citation.objects.count() == 2 * ROUNDS
    versions = Contribution.objects.filter(pk__in=[first.pk, second.pk])
    for version in versions.values_list("version", flat=True):
        assert 1 + 3 * ROUNDS <= version <= 1 + 4 * ROUNDS
