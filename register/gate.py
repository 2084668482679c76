"""The one door through which anything is written in a debate.

A writer holds the debate's lock, shared with other writers, until its transaction ends.
Whoever moves or ends the period takes the same lock alone, and so waits for those who
are inside and makes the next ones wait. The clock is read once the lock is held: an
instant read before could lie on the other side of the end.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from journal.clock import database_now
from register.enums import Accepted, DebateState
from register.models import Debate

# Tells these advisory locks from any others of the same database.
LOCKS = 0x44_45_42 << 32


@dataclass
class NotAccepted(Exception):
    """The debate does not accept this, at this instant or at all."""

    debate: Debate
    at: datetime

    @property
    def state(self) -> DebateState:
        return self.debate.state(self.at)


def enter(debate_id: int, accepted: Accepted | None = None) -> tuple[Debate, datetime]:
    """Let one act in: the debate as it is now, and the instant at which it counts.

    `debate_id` is that of what is acted upon, never one that a form sent. Called in the
    act's own transaction, before its first row. Raises NotAccepted.
    """
    debate, at = _inside(debate_id, shared=True)
    if not debate.is_open(at) or (accepted and not debate.accepts(accepted)):
        raise NotAccepted(debate, at)
    return debate, at


def enter_begun(debate_id: int) -> tuple[Debate, datetime]:
    """Let in what no end keeps out once the debate has begun.

    That is moderation and official responses, which go on after the closing. Raises
    NotAccepted before the opening.
    """
    debate, at = _inside(debate_id, shared=True)
    if at < debate.opens_at:
        raise NotAccepted(debate, at)
    return debate, at


def enter_to_confirm(debate_id: int) -> datetime | None:
    """The instant at which what waited for its author may be published, if it may."""
    debate, at = _inside(debate_id, shared=True)
    return at if debate.can_be_confirmed(at) else None


def enter_alone(debate_id: int) -> tuple[Debate, datetime]:
    """Wait for every act inside, keep the next ones out until this transaction ends."""
    return _inside(debate_id, shared=False)


def _inside(debate_id: int, *, shared: bool) -> tuple[Debate, datetime]:
    """In statements of their own: they see what the lock waited for."""
    _lock(debate_id, shared=shared)
    return Debate.objects.get(pk=debate_id), database_now()


def _lock(debate_id: int, *, shared: bool) -> None:
    """On SQLite a transaction that writes is alone from its beginning."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The gate is passed in the transaction of the act."
        )
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" + ("_shared" if shared else "")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCKS + debate_id])
