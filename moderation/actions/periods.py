"""Moving the period of a debate as organisers do, who tell those who took part."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from journal.enums import Act
from moderation.actions.announcing import announce
from moderation.enums import Announced
from moderation.permissions import can_move_period
from register.actions import NotTheirs, move_period
from register.models import Debate, PeriodMove


@transaction.atomic
def move_and_announce(
    *,
    debate: Debate,
    opens_at: datetime,
    closes_at: datetime,
    motive: str,
    actor: User,
) -> PeriodMove:
    """Change when a debate opens or ends, and have everybody who took part told.

    Raises NotTheirs, PeriodNotMoved.
    """
    if not can_move_period(actor):
        raise NotTheirs
    move = move_period(
        debate=debate,
        opens_at=opens_at,
        closes_at=closes_at,
        motive=motive,
        actor=actor,
    )
    announce(kind=Announced.PERIOD_MOVED, debate=debate, move=move)
    log(
        instance=move.debate,
        action=f"moderation.{Act.PERIOD_MOVED}",
        user=actor,
        data={"motive": move.motive, "closes_at": move.closes_at.isoformat()},
    )
    return move
