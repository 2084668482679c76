"""The search server is told of every act, however long it was away."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from register.actions import move_period
from register.models import Contribution
from search import feeding
from search.changes import LATE, MOST, Late, unread_changes
from search.differences import wrong_documents
from search.engines.indexed import (
    Indexed,
    digests,
    made_as,
    named,
    show_all,
    write,
)
from search.engines.server import SearchServer, site_server
from search.feeding import DELAYS, as_they_read, tell
from search.models import Change, Feed
from search.rebuilding import begin
from search.served import wrong_on_the_server
from search.tasks import send_changes
from search.turns import LONGEST, Busy, turn
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
    act_on,
)
from tests.moderation.deciding import hide, publish
from tests.queued import make_tasks_due
from tests.search.servers import closed_port, remove_all, with_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def noting(settings):
    """A site with a server, which is not spoken to."""
    settings.SEARCH_SERVER = {"index": "absent", "options": {}}


@pytest.fixture
def say():
    def propose(title: str = "Le tramway") -> Contribution:
        row = ProposalFactory(title=title)
        act_on(row)
        return row

    return propose


def held(server: SearchServer) -> set[int]:
    show_all(server)
    return set(digests(server, after=0, until=None))


def waiting() -> set[int]:
    return set(Change.objects.waiting().values_list("number", flat=True))


def test_without_a_server_nothing_is_noted(say):
    say()

    assert not Change.objects.exists()


def test_an_act_notes_its_changes_and_one_task_in_its_transaction(say, noting):
    with transaction.atomic():
        row = say()
        assert waiting() == {row.pk}
        assert DBTaskResult.objects.count() == 1
        transaction.set_rollback(True)

    assert (waiting(), DBTaskResult.objects.count()) == (set(), 0)


def test_hiding_notes_all_that_hangs_below(noting, moderator, say):
    proposal = say()
    argument = ArgumentFactory(hangs_on=proposal)
    source = SourceFactory(hangs_on=argument)
    publish(argument, source)
    Change.objects.all().delete()

    hide(moderator, proposal)

    assert waiting() == {proposal.pk, argument.pk, source.pk}


@with_server
def test_the_worker_tells_the_server_and_forgets_what_waited(search_server, say, work):
    rows = {say().pk for _ in range(3)}

    work()

    assert held(search_server) == rows
    assert waiting() == set()
    assert Feed.objects.get().fed_at is not None


@with_server
def test_what_is_hidden_leaves_the_server_with_the_next_task(
    search_server, say, work, moderator
):
    gone, kept = say(), say()
    work()

    hide(moderator, gone)
    work()

    assert held(search_server) == {kept.pk}


@with_server
def test_more_than_is_sent_at_once_arrives(search_server, say, work, monkeypatch):
    monkeypatch.setattr("search.feeding.AT_ONCE", 2)
    rows = {say().pk for _ in range(5)}

    work()

    assert (held(search_server), waiting()) == (rows, set())


@with_server
def test_after_some_batches_the_worker_does_what_else_waits(
    search_server, say, monkeypatch
):
    """An import of a hundred thousand does not hold up anybody's mail."""
    monkeypatch.setattr("search.feeding.AT_ONCE", 2)
    monkeypatch.setattr("search.feeding.BATCHES", 2)
    rows = {say().pk for _ in range(5)}

    assert tell(search_server) <= timezone.now()
    assert len(held(search_server)) == 4
    assert tell(search_server) is None
    assert held(search_server) == rows


@with_server
def test_an_hour_without_the_server_is_caught_up_by_itself(
    search_server, settings, say, work
):
    up = settings.SEARCH_SERVER
    settings.SEARCH_SERVER = {"index": up["index"], "options": closed_port()}
    site_server.cache_clear()
    rows = set()
    for _ in range(5):
        rows.add(say().pk)
        work()
        Feed.objects.update(next_try_at=timezone.now())
        make_tasks_due()
    work()

    state = Feed.objects.get()
    assert state.failures > len(DELAYS)
    assert state.next_try_at - timezone.now() <= DELAYS[-1]
    assert "Connection" in state.error
    assert waiting() == rows

    settings.SEARCH_SERVER = up
    site_server.cache_clear()
    Feed.objects.update(next_try_at=timezone.now())
    make_tasks_due()
    work()

    state = Feed.objects.get()
    assert (held(search_server), waiting()) == (rows, set())
    assert (state.failures, state.error, state.next_try_at) == (0, "", None)


def test_after_a_try_that_failed_acts_do_not_make_it_try_sooner(settings, say, work):
    settings.SEARCH_SERVER = {"index": "absent", "options": closed_port()}
    site_server.cache_clear()
    say()
    work()
    first = Feed.objects.get()

    say()
    work()

    assert Feed.objects.get().failures == first.failures == 1
    planned = DBTaskResult.objects.filter(status="READY")
    assert planned.filter(run_after__lte=first.next_try_at).exists()
    site_server.cache_clear()


@pytest.fixture
def picky_server(search_server):
    """One that takes no argument: of another mind about what a side is."""
    remove_all(search_server)
    name = f"{search_server.index}-{uuid4().hex[:8]}"
    content = Indexed._index.to_dict() | {"aliases": {search_server.index: {}}}
    content["mappings"]["properties"]["side"] = {"type": "long"}
    content["mappings"]["_meta"] = {"made_as": made_as()}
    search_server.client.indices.create(index=name, **content)
    yield search_server
    remove_all(search_server)


@with_server
def test_what_the_server_refuses_is_kept_with_its_reason_and_the_rest_goes_on(
    picky_server, say, work
):
    proposal = say()
    argument = ArgumentFactory(hangs_on=proposal)
    publish(argument)
    after = say()

    work()

    refused = Change.objects.get()
    assert (refused.number, waiting()) == (argument.pk, set())
    assert "side" in refused.refusal
    assert held(picky_server) == {proposal.pk, after.pk}
    assert Feed.objects.get().failures == 0


@with_server
def test_what_is_refused_is_tried_again_when_it_changes(
    picky_server, say, work, moderator
):
    argument = ArgumentFactory(hangs_on=say())
    publish(argument)
    work()

    hide(moderator, argument)
    work()

    assert not Change.objects.exists()


@with_server
def test_what_is_refused_after_it_was_taken_is_found_no_more(search_server, say):
    """Rather nothing than words that were masked since."""
    row = say()
    tell(search_server)
    entry = as_they_read([row.pk])[row.pk]
    wrong = type(entry)(**{**vars(entry), "above": "nowhere"})

    with turn() as number:
        refused = write(
            search_server, {row.pk: wrong}, to=search_server.index, turn=number
        )

    assert refused.keys() == {row.pk}
    assert held(search_server) == set()


@with_server
def test_what_an_earlier_turn_sent_and_arrives_late_changes_nothing(
    search_server, say, moderator
):
    row = say()
    tell(search_server)
    with turn() as late:
        was = as_they_read([row.pk])
    hide(moderator, row)
    tell(search_server)

    refused = write(search_server, was, to=search_server.index, turn=late)

    assert (refused, held(search_server)) == ({}, set())


def test_turns_only_grow_whatever_the_database_was_restored_to(db):
    with turn() as first:
        pass
    Feed.objects.update(turn=0)
    with turn() as second:
        pass

    assert second > first


def test_nobody_speaks_in_the_turn_of_another(db, monkeypatch):
    monkeypatch.setattr("search.turns.PATIENCE", 0.1)

    with turn(), pytest.raises(Busy), turn():
        pass


def test_a_turn_that_was_cut_short_ends_by_itself(db):
    with turn() as first:
        Feed.objects.update(held_until=timezone.now() - timedelta(microseconds=1))
        with turn() as second:
            assert second > first
        assert timedelta(seconds=60) < LONGEST


@with_server
def test_without_an_index_it_waits_and_says_what_makes_one(search_server, say, work):
    remove_all(search_server)
    say()

    work()

    assert "manage.py reindex" in Feed.objects.get().error
    assert not search_server.client.indices.exists(index=search_server.index)


def test_a_server_far_behind_is_not_asked(noting, say):
    row = say()
    assert unread_changes() == set()

    Change.objects.update(noted_at=timezone.now() - LATE - timedelta(seconds=1))
    with pytest.raises(Late):
        unread_changes()

    Change.objects.all().delete()
    Change.objects.bulk_create(Change(number=row.pk) for _ in range(MOST + 1))
    with pytest.raises(Late):
        unread_changes()


def test_the_act_costs_two_statements_more(say, noting, django_assert_num_queries):
    """A row that says what changed, and the task."""
    from search.changes import note_changes

    with transaction.atomic(), django_assert_num_queries(2):
        note_changes([1, 2, 3])


@with_server
def test_who_was_held_up_longer_than_its_turn_forgets_nothing(
    search_server, say, moderator, monkeypatch
):
    """It read what is newer than what the next turn sent, under a lower number."""
    row = say()
    whole = feeding.as_they_read

    def meanwhile(numbers):
        monkeypatch.setattr(feeding, "as_they_read", whole)
        Feed.objects.update(held_until=timezone.now() - timedelta(seconds=1))
        tell(search_server)
        hide(moderator, row)
        return whole(numbers)

    monkeypatch.setattr(feeding, "as_they_read", meanwhile)
    tell(search_server)

    assert (held(search_server), waiting()) == (set(), set())


@with_server
def test_what_one_index_refuses_the_other_keeps(search_server, say, moderator):
    """As while an index is filled that is made otherwise."""
    row = say()
    argument = ArgumentFactory(hangs_on=row)
    publish(argument)
    content = Indexed._index.to_dict() | {"aliases": {search_server.next: {}}}
    content["mappings"]["properties"]["side"] = {"type": "long"}
    name = f"{search_server.index}-{uuid4().hex[:8]}"
    search_server.client.indices.create(index=name, **content)

    tell(search_server)

    assert held(search_server) == {row.pk, argument.pk}
    remove_all(search_server)


@with_server
def test_an_index_of_another_version_is_left_as_it_is(search_server, say):
    """What it does not know it would refuse, and be without."""
    row = say()
    tell(search_server)
    indices = search_server.patient.indices
    indices.put_mapping(index=search_server.index, meta={"made_as": "long ago"})
    argument = ArgumentFactory(hangs_on=row)
    publish(argument)

    assert tell(search_server) is not None

    assert held(search_server) == {row.pk}
    assert (argument.pk in waiting(), Change.objects.refused().exists()) == (
        True,
        False,
    )
    assert "reindex --server" in Feed.objects.get().error
    remove_all(search_server)


@with_server
def test_what_is_being_filled_and_takes_nothing_is_given_up(search_server, say):
    begin(search_server, f"{search_server.index}-stuck")
    indices = search_server.patient.indices
    indices.put_settings(index=search_server.next, settings={"blocks.write": True})
    row = say()

    assert tell(search_server) is None

    assert (held(search_server), waiting()) == ({row.pk}, set())
    assert named(search_server, search_server.next) == []


@with_server
def test_what_was_prepared_is_told_again_when_the_opening_moves(
    search_server, organiser
):
    soon = timezone.now() + timedelta(days=40)
    debate = DebateFactory(opens_at=soon, closes_at=soon + timedelta(days=90))
    row = ProposalFactory(title="Le tramway", debate=debate, submitted_at=soon)
    publish(row)
    tell(search_server)

    move_period(
        debate=debate,
        opens_at=soon + timedelta(days=60),
        closes_at=debate.closes_at,
        motive="Plus de temps pour préparer.",
        actor=organiser,
    )
    tell(search_server)

    assert list(wrong_documents()) == []
    assert list(wrong_on_the_server()) == []


def test_while_a_server_is_away_it_is_tried_every_minute(
    settings, say, work, monkeypatch
):
    """Also where somebody looks again, every five minutes, a moment too soon."""
    settings.SEARCH_SERVER = {"index": "absent", "options": closed_port()}
    site_server.cache_clear()
    say()
    begun = timezone.now()
    tries = []
    with time_machine.travel(begun, tick=False) as clock:
        for _ in range(1_800):
            failures = Feed.objects.first()
            due = DBTaskResult.objects.filter(
                status="READY", run_after__lte=timezone.now()
            )
            if failures is None or due.exists():
                due.delete()
                send_changes.func()
            state = Feed.objects.first()
            if state and (not tries or state.failures > len(tries)):
                tries.append(timezone.now())
            clock.shift(timedelta(seconds=1))
    site_server.cache_clear()

    gaps = [later - sooner for sooner, later in pairwise(tries)]
    assert len(tries) > 25
    assert max(gaps) <= DELAYS[-1] + timedelta(seconds=2)
