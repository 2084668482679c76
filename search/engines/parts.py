"""What holds some of the words that are looked for, and not all."""

from collections.abc import Sequence
from dataclasses import replace

from search.engines.ordering import in_order, within
from search.engines.statements import (
    Statement,
    Weighed,
    among,
    holding_part,
    rarest,
    scored_too,
)
from search.query import PARTLY_SIZE, SearchQuery, Sort

# It is looked for in so many postings, of the rarest words; so many of the best of what
# holds those are then compared by all the words.
READ_AT_MOST = 5_000
COMPARED = 500


def has_parts(query: SearchQuery, terms: Sequence[Weighed]) -> bool:
    """Whoever puts a phrase between quotes wants nothing that lacks it."""
    is_ranked = query.sort is Sort.RELEVANCE and not query.typed.phrases
    return is_ranked and len(terms) > 1 and any(term.held for term in terms)


def partly(
    terms: Sequence[Weighed],
    *,
    found: Statement | None,
    query: SearchQuery,
    chosen: Statement,
    shown: Sequence[int],
) -> list[int]:
    """What holds some of the words, best first.

    `shown` is what holds them all, where this is the first page. A common word is
    looked for by itself only where nothing that is chosen holds a rarer one.
    """
    there = others = [term for term in terms if term.held]
    apart = _apart(found, query, shown)
    numbers: list[int] = []
    while others and not numbers:
        looked_for = rarest(others, held_by=READ_AT_MOST)
        others = [term for term in others if term not in looked_for]
        numbers = _best(looked_for, there, apart=apart, query=query, chosen=chosen)
    return numbers


def _apart(
    found: Statement | None, query: SearchQuery, shown: Sequence[int]
) -> Statement | None:
    """It holds not all the words."""
    if query.after and found:
        numbers = f"number NOT IN (SELECT number FROM ({found.sql}) AS a)"
        return Statement(numbers, found.parameters)
    if not shown:
        return None
    held_all = among("number", shown)
    return Statement(f"NOT {held_all.sql}", held_all.parameters)


def _best(
    looked_for: Sequence[Weighed],
    there: Sequence[Weighed],
    *,
    apart: Statement | None,
    query: SearchQuery,
    chosen: Statement,
) -> list[int]:
    worth = {stem: value for term in looked_for for stem, value in term.worth.items()}
    part = holding_part(worth, query.typed, apart=apart)
    nearest = Statement(
        f"SELECT f.number, f.facets, f.score FROM ({part.sql}) AS f WHERE {chosen.sql}"
        " ORDER BY f.score DESC, f.number DESC LIMIT %s",
        (*part.parameters, *chosen.parameters, COMPARED),
    )
    others = [term for term in there if term not in looked_for]
    best = replace(query, sort=Sort.RELEVANCE, after=None, size=PARTLY_SIZE - 1)
    rows = within(scored_too(nearest, others), in_order(Statement("1 = 1"), best))
    return [number for number, *_ in rows]
