import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from journal.actions import record
from journal.enums import Act
from journal.models import JournalEntry, JournalIsAppendOnly


@pytest.fixture
def entry(db, organiser):
    return record(act=Act.DEBATE_CREATED, actor=organiser)


def change_and_save(entry):
    entry.act = Act.DEBATE_CLOSED
    entry.save()


def bulk_update(entry):
    entry.act = Act.DEBATE_CLOSED
    JournalEntry.objects.bulk_update([entry], ["act"])


@pytest.mark.parametrize(
    "attempt",
    [
        change_and_save,
        bulk_update,
        lambda entry: entry.delete(),
        lambda entry: JournalEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: JournalEntry.objects.filter(pk=entry.pk).update(number=1),
    ],
    ids=["save", "bulk_update", "delete", "queryset delete", "queryset update"],
)
def test_what_the_journal_says_is_neither_changed_nor_removed(entry, attempt):
    with pytest.raises(JournalIsAppendOnly), transaction.atomic():
        attempt(entry)

    assert JournalEntry.objects.get().act == Act.DEBATE_CREATED


def test_a_new_entry_does_not_take_the_place_of_another(entry):
    usurper = JournalEntry(pk=entry.pk, act=Act.DEBATE_CLOSED, at=entry.at)

    with pytest.raises((JournalIsAppendOnly, IntegrityError)), transaction.atomic():
        usurper.save()

    assert JournalEntry.objects.get().act == Act.DEBATE_CREATED


def test_an_account_that_acted_cannot_be_deleted(entry, organiser):
    with pytest.raises(ProtectedError):
        organiser.delete()
