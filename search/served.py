"""What the search server holds, compared with what readers can read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from register.models import Contribution
from search.changes import LATE
from search.models import Change
from search.turns import Busy

# As many numbers as a server tells of at once.
AT_ONCE = 1_000


def rebuild_if_any(progress: Callable[[int], Any] = lambda _: None) -> None:
    """Make the server's index again, where there is a server.

    `progress` is told how many contributions are done more. Raises CommandError.
    """
    if settings.SEARCH_SERVER is None:
        return
    from search.engines.server import site_server
    from search.rebuilding import rebuild

    left = "The index that was being filled is left, and the earlier one serves on"
    with _named_when_silent(left):
        rebuild(site_server(), progress=progress)


def wrong_on_the_server() -> Iterator[tuple[int, str]]:
    """Numbers that the server finds otherwise than the database does, if there is one.

    What it has not been told for too long, or refuses, is named too. Raises
    CommandError when it does not answer.
    """
    if settings.SEARCH_SERVER is None:
        return
    from search.engines.indexed import OF_ANOTHER_VERSION, is_as_now, show_all
    from search.engines.server import site_server

    known = {each.number: each for each in Change.objects.order_by("number")}
    for number, change in known.items():
        if change.refusal or change.noted_at < timezone.now() - LATE:
            yield number, _untold(change.refusal)
    with _named_when_silent("The search server did not answer"):
        show_all(site_server())
        if not is_as_now(site_server()):
            raise CommandError(OF_ANOTHER_VERSION)
        for after, numbers in _ranges():
            first = _wrong_between(after, numbers)
            # What was told between two looks is right at the second.
            second = _wrong_between(after, numbers) if first else {}
            both = first.keys() & second.keys() - known.keys()
            yield from ((number, second[number]) for number in sorted(both))


def _ranges() -> Iterator[tuple[int, list[int]]]:
    """After which number come which: in between, what the server holds is nobody's.

    The last range is of what comes after all of them.
    """
    last = 0
    for numbers in Contribution.objects.in_batches(AT_ONCE):
        yield last, numbers
        last = numbers[-1]
    yield last, []


def _untold(refusal: str) -> str:
    if refusal:
        return f"is refused by the search server: {refusal}"
    return "has changed and the search server was not told yet"


@contextmanager
def _named_when_silent(what: str) -> Iterator[None]:
    from search.engines.server import Unavailable

    try:
        yield
    except (Unavailable, Busy) as error:
        raise CommandError(f"{what}: {error}") from error


def _wrong_between(after: int, numbers: list[int]) -> dict[int, str]:
    from search.engines.indexed import body, digests
    from search.engines.server import site_server
    from search.feeding import as_they_read

    until = numbers[-1] if numbers else None
    there = digests(site_server(), after=after, until=until)
    wanted = {
        number: body(entry)["digest"] if entry else None
        for number, entry in as_they_read({*there, *numbers}).items()
    }
    return {
        number: _difference(there.get(number), digest)
        for number, digest in wanted.items()
        if there.get(number) != digest
    }


def _difference(held: str | None, wanted: str | None) -> str:
    if wanted is None:
        return "is found by the search server and nobody can read it"
    if held is None:
        return "can be read and the search server does not find it"
    return "is found by the search server by other words than it says"
