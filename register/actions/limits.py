"""What keeps an account from acting: another act of its own, moderators, an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from journal.questions import Question
from register.models import Contribution

HOUR = timedelta(hours=1)
HOLD = Question(
    lambda pk: (
        User.objects.select_for_update(no_key=True)
        .filter(pk=pk)
        .order_by()
        .values_list("suspended_until")
    )
)


@dataclass
class TooMany(Exception):
    """The account posted as much as one may within an hour."""

    again_at: datetime


@dataclass
class Suspended(Exception):
    """Moderators let this account write nothing until then."""

    until: datetime


def hold_account(user: User) -> datetime | None:
    """Make this account's other acts wait until this transaction ends.

    Returns until when moderators let it write nothing, if they ever did.
    """
    held = HOLD(user.pk)
    if not held or held[0][0] is None:
        return None
    until: datetime | None = User.objects.values_list("suspended_until", flat=True).get(
        pk=user.pk
    )
    return until


def hold_author(contribution: Contribution) -> None:
    """Before any page is locked, as in the author's own acts: neither waits for the
    other then.
    """
    if contribution.author:
        hold_account(contribution.author)


def refuse_suspended(until: datetime | None, at: datetime) -> None:
    """Raises Suspended."""
    if until and at < until:
        raise Suspended(until)


def refuse_too_many(
    acts: QuerySet[Any], instant: str, *, at: datetime, limit: int, more: int = 1
) -> None:
    """Let somebody act so many times more when an hour holds no more than the limit.

    `acts` are those of this person; `instant` is the field that says when each was
    done. Raises TooMany.
    """
    latest = acts.filter(**{f"{instant}__gt": at - HOUR}).order_by(f"-{instant}")
    place = max(limit - more, 0)
    for oldest_counted in latest.values_list(instant, flat=True)[place : place + 1]:
        raise TooMany(again_at=oldest_counted + HOUR)
