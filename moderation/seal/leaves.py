"""From the rows of a debate to the leaves of its sealed record."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from accounts.models import Institution
from exchange.record import (
    contribution_lines,
    debate_line,
    ground_line,
    institution_line,
)
from moderation.enums import SealedPart
from moderation.models import Decision
from proposals.models import Appendix
from register import canonical
from register.enums import Status
from register.models import Contribution, Debate, Ground, OriginalWords
from register.receipts import written

BATCH_SIZE = 500
SALT_BYTES = 16
# Where a contribution stands, and what was counted on it. Any other field of its line
# says something, or says who: it is committed to, and can be withheld.
PLACE = frozenset(
    {
        *("kind", "number", "debate", "section", "hangs_on", "side", "category"),
        *("submitted_at", "language", "status", "status_at", "ground", "origin"),
        "totals",
    }
)
# Who answers for an institution, where they agree to be named.
SIGNATURE = ("author", "institution", "agent_name", "agent_function")


@dataclass(frozen=True)
class Leaf:
    """The bytes that are hashed, and the disclosures of what they commit to.

    Those are of a contribution alone, and empty where they are withheld.
    """

    line: bytes
    number: int | None = None
    name: str = ""
    text: str = ""


def leaves_of(
    debate: Debate, closed_at: datetime, figures: dict[str, Any]
) -> Iterator[Leaf]:
    """Every leaf of a debate's record, as it is closed at that instant, in order."""
    debate.closed_at = closed_at
    yield _leaf(_metadata(debate, figures))
    yield _leaf(debate_line(debate).as_value())
    recorded = Contribution.objects.recorded().filter(debate=debate)
    decisions = Decision.objects.filter(contribution__debate=debate).order_by("pk")
    yield from map(_leaf, _frame(recorded, decisions))
    last = 0
    while rows := list(recorded.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
        yield from _contributions(rows)
        last = rows[-1].pk
    yield from map(_leaf, _decisions(decisions))
    yield from map(_leaf, _moves(debate))


def origin_of(slug: str) -> str:
    """What the checkpoint is of: a name that no other record bears."""
    return f"{urlsplit(settings.SITE_URL).netloc}/{slug}"


def disclosure_of(part: SealedPart, value: Any) -> str:
    """What is hashed: the salt keeps a guess from being tried once it is destroyed."""
    salt = secrets.token_hex(SALT_BYTES)
    return canonical.dumps([salt, part.value, value]).decode()


def says_nothing(disclosure: str) -> bool:
    """Whether it commits to no words at all: they were withdrawn, or never here."""
    return disclosure.endswith(",null]")


def _leaf(value: dict[str, Any]) -> Leaf:
    return Leaf(canonical.dumps(value))


def _metadata(debate: Debate, figures: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "sealed_record",
        "version": 1,
        "origin": origin_of(debate.slug),
        "debate": debate.slug,
        "title": debate.title,
        "question": debate.question,
        "opens_at": written(debate.opens_at),
        "closes_at": written(debate.closes_at),
        "closed_at": written(debate.closed_at),
        "figures": figures,
    }


def _frame(recorded: Any, decisions: Any) -> Iterator[dict[str, Any]]:
    """The clauses on which something was decided, and the institutions that signed."""
    hidden_for, decided_on = (
        rows.exclude(ground=None).order_by().values("ground")
        for rows in (recorded, decisions)
    )
    grounds = Ground.objects.filter(Q(pk__in=hidden_for) | Q(pk__in=decided_on))
    yield from (ground_line(each).as_value() for each in grounds.order_by("slug"))
    signed = recorded.visible().order_by().values("institution")
    institutions = Institution.objects.filter(pk__in=signed).order_by("slug")
    for each in institutions.prefetch_related("verifications"):
        yield institution_line(each).as_value()


def _contributions(rows: list[Contribution]) -> Iterator[Leaf]:
    """What is hidden is committed to as well: a restoration can be compared with it.

    What its author took back is not, nor is what came here without its words.
    """
    shown = {line.number: line.as_value() for line in contribution_lines(rows)}
    held = {line.number: line for line in contribution_lines(rows, withhold=False)}
    masked = [row.pk for row in rows if row.is_masked]
    originals = OriginalWords.objects.in_bulk(masked)
    for row in rows:
        line = {name: shown[row.pk][name] for name in PLACE & shown[row.pk].keys()}
        full = line if row.status == Status.WITHDRAWN else held[row.pk].as_value()
        if row.pk in originals and full is not line:
            _as_received(full, originals[row.pk])
        name = {field: full[field] for field in SIGNATURE if field in full}
        text = {field: full[field] for field in full.keys() - line.keys() - name.keys()}
        yield _committed(line, row.pk, name or None, text or None)


def _as_received(full: dict[str, Any], original: OriginalWords) -> None:
    """The words under the marks: a mark that is taken away changes no commitment."""
    words = original.words
    full.update({field: words[field] for field in full.keys() & words.keys()})
    keys = Appendix.objects.filter(proposal=original.pk).order_by("position")
    for part, key in zip(
        full.get("appendices", []), keys.values_list("pk", flat=True), strict=True
    ):
        part["text"] = words.get(f"appendix:{key}", part["text"])


def _committed(line: dict[str, Any], number: int, name: Any, text: Any) -> Leaf:
    parts = {
        part: disclosure_of(part, value)
        for part, value in ((SealedPart.NAME, name), (SealedPart.TEXT, text))
    }
    digests = {
        part.value: hashlib.sha256(disclosure.encode()).hexdigest()
        for part, disclosure in parts.items()
    }
    return Leaf(
        canonical.dumps(line | digests),
        number,
        parts[SealedPart.NAME],
        parts[SealedPart.TEXT],
    )


def _decisions(decisions: Any) -> Iterator[dict[str, Any]]:
    related = decisions.select_related("ground", "appeal")
    for each in related.prefetch_related("undoes"):
        appeal = getattr(each, "appeal", None)
        yield {
            "kind": "decision",
            "number": each.pk,
            "contribution": each.public_number,
            "decision": each.kind,
            "decided_at": written(each.decided_at),
            "ground": each.ground.slug if each.ground else None,
            "role": each.role,
            "appeal": appeal.outcome if appeal else None,
            "ended_by": each.undone_by_id,
        }


def _moves(debate: Debate) -> Iterator[dict[str, Any]]:
    instants = ("moved_at", "opens_at_before", "closes_at_before")
    for each in debate.moves.order_by("moved_at", "pk"):
        yield {
            "kind": "period_change",
            "motive": each.motive,
            **{
                name: written(getattr(each, name))
                for name in (*instants, "opens_at", "closes_at")
            },
        }
