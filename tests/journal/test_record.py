import time
from datetime import UTC, datetime

import pytest
from django.db import transaction

from journal import actions
from journal.actions import record, subscribe
from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry


@pytest.fixture(autouse=True)
def _nobody_else_follows(monkeypatch):
    monkeypatch.setattr(actions, "_subscribers", [])


def test_an_entry_says_who_did_what_when_and_to_what(at, organiser):
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    at(noon)

    record(act=Act.PERIOD_MOVED, actor=organiser, numbers=[7], facts={"debate": "eau"})

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.actor, entry.at) == ("period_moved", organiser, noon)
    assert (entry.number, entry.facts) == (7, {"debate": "eau"})


def test_of_many_numbers_an_entry_keeps_the_span(db):
    entry = record(act=Act.CONTRIBUTIONS_IMPORTED, numbers=[12, 5, 9])

    assert entry.number is None
    assert entry.facts == {"first": 5, "last": 12, "count": 3}


def test_the_journal_is_not_written_outside_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        record(act=Act.DEBATE_CREATED)


def test_subscribers_are_told_in_order_the_entry_and_the_numbers(db):
    told = []
    subscribe(lambda entry, numbers: told.append(("first", entry, list(numbers))))
    subscribe(lambda entry, numbers: told.append(("second", entry, list(numbers))))

    entry = record(act=Act.CONTRIBUTIONS_IMPORTED, numbers=[5, 9])

    assert told == [("first", entry, [5, 9]), ("second", entry, [5, 9])]


def test_an_act_fails_with_the_subscriber_that_fails(db, participant):
    def fail(entry, numbers):
        raise LookupError

    @transaction.atomic
    def rename():
        participant.display_name = "Renommé"
        participant.save()
        record(act=Act.DEBATE_CHANGED, actor=participant)

    subscribe(fail)
    with pytest.raises(LookupError):
        rename()

    participant.refresh_from_db()
    assert participant.display_name == "Paul"
    assert not JournalEntry.objects.exists()


def test_the_clock_goes_on_inside_a_transaction(db):
    before = database_now()
    time.sleep(0.003)

    assert before.utcoffset().total_seconds() == 0
    assert database_now() > before
