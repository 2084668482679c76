"""Who speaks to the search server: one at a time, in turns that are counted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from search.models import Feed

# A turn that did not end in this time was cut short, with whoever had it.
LONGEST = timedelta(seconds=120)
# How long one waits for the turn of another to end, in seconds, looking so often.
PATIENCE = 5
STEP = 0.05


class Busy(Exception):
    """Somebody else is speaking to the server, and goes on."""


def feed() -> Feed:
    row, _made = Feed.objects.get_or_create(pk=1)
    return row


@contextmanager
def turn(*, patience: float | None = None) -> Iterator[int]:
    """The number of a turn that nobody else has, greater than those of all before it.

    It is at least the microsecond in which it begins, so that this stays true of a
    database that was restored from an earlier day. No transaction is open meanwhile:
    the server is spoken to. Raises Busy after so many seconds.
    """
    number = _taken(PATIENCE if patience is None else patience)
    try:
        yield number
    finally:
        Feed.objects.filter(pk=1, turn=number).update(held_until=None)


def is_of(number: int) -> bool:
    """Whether nobody has had a turn after this one."""
    return Feed.objects.filter(pk=1, turn=number).exists()


def _taken(patience: float) -> int:
    until = time.monotonic() + patience
    while True:
        last, now = feed().turn, timezone.now()
        number = max(last + 1, int(now.timestamp() * 1_000_000))
        free = Q(held_until=None) | Q(held_until__lt=now)
        rows = Feed.objects.filter(free, pk=1, turn=last)
        if rows.update(turn=number, held_until=now + LONGEST):
            return number
        if time.monotonic() > until:
            raise Busy("Somebody else is telling the search server, all the time.")
        time.sleep(STEP)
