"""Write in the journal, and tell those who follow it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry

Subscriber = Callable[[JournalEntry, Sequence[int]], None]

_subscribers: list[Subscriber] = []


def subscribe(subscriber: Subscriber) -> None:
    """Call `subscriber(entry, numbers)` for each entry, inside the act's transaction.

    Called once, from an `AppConfig.ready()`. A subscriber does only SQL, on the
    numbers it is given; when it fails, the act fails with it.
    """
    _subscribers.append(subscriber)


def record(
    *,
    act: Act,
    actor: Any = None,
    numbers: Sequence[int] = (),
    facts: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> JournalEntry:
    """Append an entry and tell the subscribers, in order.

    `numbers` are the contributions concerned: one stands in the entry itself, of many
    the first, the last and how many. `at` is the act's instant by the database's clock,
    where it was read already. Raises TransactionManagementError outside a
    transaction, because an act and its entry are written together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "The journal is written in the transaction of the act it records."
        )
    span = (
        {"first": min(numbers), "last": max(numbers), "count": len(numbers)}
        if len(numbers) > 1
        else {}
    )
    entry = JournalEntry.objects.create(
        act=act,
        at=at or database_now(),
        actor=actor,
        number=numbers[0] if len(numbers) == 1 else None,
        facts=(facts or {}) | span,
    )
    for subscriber in _subscribers:
        subscriber(entry, numbers)
    return entry
