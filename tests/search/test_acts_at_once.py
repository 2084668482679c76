"""Acts that meet in what is kept for searching: none is lost, none waits for ever."""

import time
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from arguments.actions import submit_argument, submit_source
from arguments.enums import Side
from arguments.models import SourceCategory
from register.actions import Posting, TargetGone
from register.derived import lock_pages
from search.actions import reindex
from search.differences import wrong_documents
from search.facets import Facet, known_facets
from search.models import Document, FacetSet
from tests.factories import ArgumentFactory, ProposalFactory, UserFactory, act_on
from tests.moderation.deciding import hide
from tests.register.test_acts_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def proposal():
    row = ProposalFactory(title="Le tramway")
    act_on(row)
    return row


def posting():
    return Posting(author=UserFactory(confirmed=True), key=uuid4())


def arguing(proposal, side=Side.FOR):
    by = posting()
    return lambda: submit_argument(
        posting=by, proposal=proposal, side=side, text="Le tramway va vite."
    )


def informing(proposal):
    by, category = posting(), SourceCategory.objects.earliest("pk")

    def act():
        try:
            return submit_source(
                posting=by,
                hangs_on=proposal,
                category=category,
                title="Un rapport",
                link="https://exemple.fr/rapport",
            )
        except TargetGone as refusal:
            return refusal

    return act


def test_sources_posted_at_once_under_one_proposal_are_all_found(proposal):
    at_once(*[informing(proposal) for _ in range(4)])

    held = Document.objects.get(pk=proposal.pk).facets
    assert known_facets([held])[held].values(Facet.SOURCED) == ("yes",)
    assert Document.objects.count() == 5
    assert list(wrong_documents()) == []


def test_a_source_posted_while_its_proposal_is_hidden_is_never_found(proposal):
    actor = UserFactory(is_staff=True, is_superuser=True)

    at_once(informing(proposal), lambda: hide(actor, proposal), informing(proposal))

    assert Document.objects.count() == 0
    assert list(wrong_documents()) == []


def test_reindexing_while_people_write_loses_nothing(proposal):
    rows = ProposalFactory.create_batch(3, debate=proposal.debate)
    act_on(*rows)
    actor = UserFactory(is_staff=True, is_superuser=True)

    at_once(
        lambda: [reindex() for _ in range(3)],
        *[arguing(row) for row in rows],
        informing(rows[0]),
        lambda: hide(actor, proposal),
    )

    assert Document.objects.count() == 3 + 3 + 1
    assert list(wrong_documents()) == []


@pytest.mark.postgresql
def test_two_acts_that_add_the_same_facets_do_not_wait_for_each_other(proposal):
    """One posts the first argument against, the other shows one that nobody saw."""
    unseen = ArgumentFactory(hangs_on=proposal, against=True)
    FacetSet.objects.exclude(key__in=Document.objects.values("facets")).delete()
    holding = Event()
    post = arguing(proposal, side=Side.AGAINST)

    def show():
        with transaction.atomic():
            lock_pages([proposal.pk])
            holding.set()
            until = time.monotonic() + 20
            while not _waits() and time.monotonic() < until:
                time.sleep(0.02)
            act_on(unseen)

    def say():
        holding.wait(20)
        return post()

    _shown, posted = at_once(show, say)

    assert {unseen.pk, posted.pk} <= set(Document.objects.values_list("pk", flat=True))
    assert list(wrong_documents()) == []


def _waits():
    """Whether somebody waits for a lock in this database."""
    with connection.cursor() as cursor:
        # A transaction sees its own first look at what the others do, again and again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database())"
        )
        return cursor.fetchone()[0]
