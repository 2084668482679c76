"""What tests of decisions have in common."""

from typing import Any

from accounts.models import User
from exchange.counters import counter_differences
from exchange.recounts import miscounted, wrong_citations, wrong_receipts, wrong_tallies
from moderation.actions import Reasons, hide_contribution
from moderation.models import Decision
from register.models import Contribution, Ground
from tests.consultation.conftest import follow_up

FACTS = "Le texte traite une personne de voleuse."


def reasons(ground: str = "insults", facts: str = FACTS) -> Reasons:
    return Reasons(ground=Ground.objects.get(slug=ground), facts=facts)


def publish(*rows: Contribution) -> None:
    """Count these and all that they hang on, as the acts that posted them did."""
    above = [row.hangs_on for row in rows if row.hangs_on]
    if above:
        publish(*above)
    follow_up(*rows)


def hide(actor: User, row: Contribution) -> Decision:
    decision = hide_contribution(actor=actor, contribution=row, reasons=reasons())
    row.refresh_from_db()
    return decision


def discrepancies() -> list[Any]:
    """What `manage.py verify` would name."""
    return [
        *counter_differences(),
        *miscounted(),
        *wrong_tallies(),
        *wrong_citations(),
        *wrong_receipts(),
    ]
