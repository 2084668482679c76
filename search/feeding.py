"""The search server is told what changed, by the worker."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from search.documents import Entry, entries
from search.engines.indexed import abandon_next, is_filling, show_all, write
from search.engines.server import SearchServer, Unavailable
from search.models import Change, Feed
from search.turns import Busy, feed, is_of, turn

logger = logging.getLogger(__name__)

AT_ONCE = 500
# After so many batches the worker looks for what else it has to do, such as mail.
BATCHES = 10
# How long after a try that failed the next one comes; the last of them from then on.
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 60))


def tell(server: SearchServer) -> datetime | None:
    """Send what waits. Returns when to go on, if something may still wait.

    What the server never takes is kept with its reason, and everything else goes on.
    """
    state = feed()
    now = timezone.now()
    if state.next_try_at and state.next_try_at > now:
        return state.next_try_at
    try:
        is_left = all(_send_some(server) for _ in range(BATCHES))
    except Busy:
        return timezone.now() + DELAYS[0]
    except Unavailable as error:
        return _put_off(state, str(error))
    told = {"failures": 0, "next_try_at": None, "error": "", "fed_at": timezone.now()}
    Feed.objects.filter(pk=state.pk).update(**told)
    return timezone.now() if is_left else None


def _send_some(server: SearchServer) -> bool:
    """What was first noted first. False when there was nothing.

    It can be found before it is no longer said to wait: while nothing waits, the
    server knows everything.
    """
    waiting = Change.objects.waiting().order_by("pk")
    if not waiting.exists():
        return False
    with turn() as number:
        rows = list(waiting.values_list("pk", "number")[:AT_ONCE])
        said = as_they_read({about for _, about in rows})
        refused = _send(server, said, turn=number)
        show_all(server)
        with transaction.atomic():
            if not is_of(number):
                # It took too long: whoever had the next turn may have sent what was
                # there before, under a greater number.
                return True
            # These very ones: another, noted before them, may be committed only now.
            Change.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
            keep_refusals(said, refused)
    return True


def _send(
    server: SearchServer, said: Mapping[int, Entry | None], *, turn: int
) -> dict[int, str]:
    """What is being filled is given up when it alone does not take what it is sent.

    It would be without these changes; and the index that is searched goes on.
    """
    also = is_filling(server)
    refused = write(server, said, to=server.index, turn=turn)
    if not also:
        return refused
    try:
        return write(server, said, to=server.next, turn=turn) | refused
    except Unavailable as error:
        logger.error("What was being filled is given up: %s", error)  # noqa: TRY400
        abandon_next(server)
        return refused


def as_they_read(numbers: Collection[int]) -> dict[int, Entry | None]:
    """What each contribution says now; nothing, of what readers cannot read."""
    shown = {each.number: each for each in entries(numbers)}
    return {number: shown.get(number) for number in sorted(numbers)}


def keep_refusals(sent: Collection[int], refused: Mapping[int, str]) -> None:
    """Of what was sent just now, what the server did not take, and why."""
    Change.objects.refused().filter(number__in=list(sent)).delete()
    for number, refusal in refused.items():
        logger.error("The search server does not take #%s: %s", number, refusal)
        Change.objects.create(number=number, refusal=refusal)


def _put_off(state: Feed, error: str) -> datetime:
    delay = DELAYS[min(state.failures, len(DELAYS) - 1)]
    next_try_at = timezone.now() + delay
    logger.warning("The search server is told later, at %s: %s", next_try_at, error)
    Feed.objects.filter(pk=state.pk).update(
        failures=state.failures + 1, next_try_at=next_try_at, error=error
    )
    return next_try_at
