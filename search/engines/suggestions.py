"""What may be meant while somebody is still typing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from search.beginnings import beginnings_of
from search.engines.statements import Statement

# The last of all characters: no word that begins so comes after it.
LAST = "\U0010ffff"
# What stands in more titles than this is looked for in the newest ones only: who has
# typed so little is still typing.
MANY = 1000
NEWEST = 1000


def suggested(typed: str, *, at: datetime, size: int) -> list[int]:
    """Numbers of what has titles with words that begin so, the newest first."""
    beginnings = beginnings_of(typed)
    if not beginnings:
        return []
    candidates, others = _candidates(beginnings)
    # Counted for one number after the other: as EXISTS, PostgreSQL would first gather
    # all that holds a common beginning.
    holds = (
        "(SELECT count(*) FROM search_titleword AS w WHERE w.number = t.number"
        " AND w.word >= %s AND w.word < %s) > 0"
    )
    rows = Statement(
        f"SELECT DISTINCT t.number FROM ({candidates.sql}) AS t"
        " JOIN register_contribution AS c ON c.number = t.number"
        " JOIN register_debate AS d ON d.id = c.debate_id"
        f" WHERE {' AND '.join([*[holds] * len(others), 'd.opens_at <= %s'])}"
        " ORDER BY t.number DESC LIMIT %s",
        (
            *candidates.parameters,
            *_ranges(others),
            connection.ops.adapt_datetimefield_value(at),
            size,
        ),
    ).rows()
    return [number for (number,) in rows]


def _candidates(beginnings: list[str]) -> tuple[Statement, list[str]]:
    """All that holds the rarest of them, or the newest; and what is still asked."""
    one = (
        "SELECT number FROM search_titleword WHERE word >= %s AND word < %s"
        f" LIMIT {MANY + 1}"
    )
    counts = " UNION ALL ".join(
        f"SELECT {place} AS place, count(*) AS held FROM ({one}) AS t{place}"
        for place in range(len(beginnings))
    )
    in_order = Statement(f"{counts} ORDER BY held, place", _ranges(beginnings))
    place, held = in_order.rows()[0]
    if held > MANY:
        newest = "SELECT contribution_id AS number FROM search_document"
        last = f"{newest} ORDER BY contribution_id DESC LIMIT {NEWEST}"
        return Statement(last), beginnings
    rarest = beginnings.pop(place)
    return Statement(one, _ranges([rarest])), beginnings


def _ranges(beginnings: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for each in beginnings for value in (each, each + LAST))
