"""What says something like a contribution, or like what somebody is writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language

from consultation.offers import offers_of
from consultation.participation import debate_of
from consultation.summaries import Summary, said, summary
from proposals.models import Proposal
from register.enums import ContributionKind, Writing
from search.likeness import like_row, nearest, nearest_first
from search.query import Like, Near

# Beside what is read, and while one writes.
SHOWN_NEARBY = 4
SHOWN_WHILE_WRITING = 3
# In characters: what is shorter may be anything, and of a long text the beginning says
# what it is about.
SHORTEST_COMPARED = 20
LONGEST_COMPARED = 10_000
# Nobody is asked to look and to send again who may be too late by then.
TIME_TO_LOOK = timedelta(minutes=10)
# What is written of each, which others may have said already.
KINDS = {
    Writing.PROPOSE: ContributionKind.PROPOSAL,
    Writing.ARGUE: ContributionKind.ARGUMENT,
}


@dataclass(frozen=True)
class Nearby:
    """Something that says nearly the same, and what its debate accepts about it."""

    summary: Summary
    accepted: frozenset[str] = field(default_factory=frozenset)
    # Whether it is read in another debate than the one in question.
    is_elsewhere: bool = False


def proposals_nearby(proposal: Proposal, at: datetime) -> list[Nearby]:
    """The closest first; of what is equally close, what is in the same debate."""

    def place(near: Near) -> tuple[float, bool]:
        return -round(near.closeness, 2), near.debate != proposal.debate_id

    found = sorted(nearest(like_row(proposal), at=at), key=place)
    rows = _rows(ContributionKind.PROPOSAL, found, at)
    return [_nearby(row, proposal.debate_id, at) for row in rows[:SHOWN_NEARBY]]


def said_before(
    writing: Writing,
    target: Any,
    typed: Mapping[str, str],
    *,
    at: datetime,
    author: Any,
) -> list[Nearby]:
    """What others said already that is like what is typed about a target.

    Nothing where nothing can be posted.
    """
    words = f"{typed.get('title', '')} {typed.get('text', '')}".strip()
    if len(words) < SHORTEST_COMPARED or not debate_of(target).is_open(at):
        return []
    kind = KINDS[writing]
    debate = debate_of(target).pk
    like = Like(
        title=typed.get("title", "")[:LONGEST_COMPARED],
        text=typed.get("text", "")[:LONGEST_COMPARED],
        language=get_language() or "",
        kind=kind,
        under=target.pk if writing == Writing.ARGUE else None,
    )
    side = typed.get("side", "")
    found = nearest_first(like, at=at, debate=debate, side=side)
    others = [
        row
        for row in _rows(kind, found, at)
        if not author or row.author_id != author.pk
    ]
    return [_nearby(row, debate, at) for row in others[:SHOWN_WHILE_WRITING]]


def has_time_to_look(target: Any, at: datetime) -> bool:
    return debate_of(target).is_open(at + TIME_TO_LOOK)


def _rows(kind: str, found: Sequence[Near], at: datetime) -> list[Any]:
    """In the same order, those that readers can read."""
    numbers = [near.number for near in found]
    shown = said(kind, at).filter(pk__in=numbers) if numbers else said(kind, at).none()
    return sorted(shown.select_related("debate"), key=lambda row: numbers.index(row.pk))


def _nearby(row: Any, debate: int, at: datetime) -> Nearby:
    return Nearby(
        summary=summary(row),
        accepted=offers_of(row.debate, at).accepted,
        is_elsewhere=row.debate_id != debate,
    )
