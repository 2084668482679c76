"""Changing when a debate opens or ends."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from register.gate import enter_alone
from register.models import Debate, PeriodMove


class PeriodNotMoved(ValueError):
    """The new period is not possible. The message, in English, says why."""


def _refuse_what_is_past(
    held: Debate, period: tuple[datetime, datetime], at: datetime
) -> None:
    opens_at, closes_at = period
    if held.closed_at or held.closes_at <= at:
        raise PeriodNotMoved("the debate has ended: it does not open again")
    if closes_at <= max(at, opens_at):
        raise PeriodNotMoved("the end must come after the opening, and after now")
    if opens_at != held.opens_at and min(opens_at, held.opens_at) <= at:
        raise PeriodNotMoved("the debate has opened, or would have: that is past")


def carry_what_was_prepared(debate: Debate, opens_at: datetime) -> list[int]:
    """What was prepared for a debate is said as it opens, whenever that is.

    Nothing else can stand in a debate that has not opened. Whoever writes another
    opening instant calls this in the same transaction, alone inside the gate. Returns
    the numbers concerned, for the journal: they are found by their instants.
    """
    debate.contributions.update(submitted_at=opens_at, status_at=opens_at)
    return list(debate.contributions.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def move_period(
    *,
    debate: Debate,
    opens_at: datetime,
    closes_at: datetime,
    motive: str,
    actor: User,
) -> PeriodMove:
    """Change when a debate opens or ends, for everybody at the same instant.

    Waits for the acts that are inside the gate, so that none lands outside the new
    period. Nothing ends or opens in the past, what has opened does not open again, and
    what has ended stays ended. Raises PeriodNotMoved.
    """
    held, at = enter_alone(debate.pk)
    if not motive.strip():
        raise PeriodNotMoved("a motive is needed: readers are told why")
    _refuse_what_is_past(held, (opens_at, closes_at), at)
    move = PeriodMove.objects.create(
        debate=held,
        moved_at=at,
        opens_at_before=held.opens_at,
        closes_at_before=held.closes_at,
        opens_at=opens_at,
        closes_at=closes_at,
        motive=motive.strip(),
    )
    Debate.objects.filter(pk=held.pk).update(opens_at=opens_at, closes_at=closes_at)
    is_carried = opens_at != held.opens_at
    numbers = carry_what_was_prepared(held, opens_at) if is_carried else []
    facts = {
        "debate": held.slug,
        "from": [held.opens_at.isoformat(), held.closes_at.isoformat()],
        "to": [opens_at.isoformat(), closes_at.isoformat()],
    }
    record(act=Act.PERIOD_MOVED, actor=actor, numbers=numbers, facts=facts)
    return move
