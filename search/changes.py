"""What the search server is still to be told, and what that means to readers."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from journal.enums import Act
from register.models import Contribution
from search.models import Change

# Acts that leave a contribution to be read, with fewer words.
CONCEALING = frozenset({Act.PASSAGE_MASKED, Act.PART_WITHHELD})
# With more that it does not know, or for longer, the server is not asked.
MOST = 500
LATE = timedelta(seconds=60)


class Late(Exception):
    """The server is far behind what has been said."""


def note_changes(numbers: Iterable[int], *, act: str = "") -> None:
    """In the act's own transaction: the worker tells the server, once it is over."""
    from search.tasks import send_changes

    if settings.SEARCH_SERVER is None:
        return
    conceals = act in CONCEALING
    changes = [Change(number=number, conceals=conceals) for number in numbers]
    if changes:
        Change.objects.bulk_create(changes)
        send_changes.enqueue()


def unread_changes() -> Collection[int]:
    """Of what the server has not been told, what nobody can read any more.

    Or not with all the words that the server knows. Raises Late when that is too much,
    or too long ago.
    """
    waiting = Change.objects.waiting().order_by("pk")
    rows = list(waiting.values_list("number", "conceals", "noted_at")[: MOST + 1])
    if not rows:
        return ()
    if len(rows) > MOST or timezone.now() - rows[0][-1] > LATE:
        raise Late
    numbers = {number for number, *_ in rows}
    shown = Contribution.objects.visible().filter(pk__in=numbers).order_by()
    hidden = numbers - set(shown.values_list("pk", flat=True))
    return hidden | {number for number, conceals, _ in rows if conceals}


def are_waiting() -> bool:
    """Whether the server does not know everything yet."""
    return settings.SEARCH_SERVER is not None and Change.objects.waiting().exists()
