"""What says something like a text: what shares its rarest stems."""

from collections.abc import Mapping

from search.engines.statements import Statement, among, held, holding_part
from search.facets import known_facets, sets_where
from search.query import Like, Near
from search.weighing import THOUSAND, rarity

# A stem that so many hold tells little of what a text is about.
COMMON = 2_000
# How many of a text's stems are counted, and by how many it is compared.
COUNTED = 80
COMPARED = 30


def similar(like: Like, *, unopened: set[int], total: int, size: int) -> list[Near]:
    """The closest first; 1 is what says all that the text says, and no less shortly."""
    heaviest = like.heaviest(COUNTED)
    if not heaviest:
        return []
    counts = dict(held(heaviest, at_most=COMMON).rows())
    chosen, itself = compared_by(like, counts, total)
    if not chosen:
        return []
    part = holding_part(chosen)
    scope = _scope(like, unopened)
    rows = Statement(
        f"SELECT f.number, f.facets, f.score FROM ({part.sql}) AS f WHERE {scope.sql}"
        " ORDER BY f.score DESC, f.number LIMIT %s",
        (*part.parameters, *scope.parameters, size),
    ).rows()
    known = known_facets(facets for _, facets, _ in rows)
    return [
        Near(
            number,
            min(1.0, int(score) / itself),
            debate=known[facets].debate,
            side=known[facets].side,
        )
        for number, facets, score in rows
    ]


def compared_by(
    like: Like, counts: Mapping[str, int], total: int
) -> tuple[dict[str, int], int]:
    """What each stem that a text is compared by is worth, and the text itself by them.

    `counts` says how many contributions hold each of its heaviest stems.
    """
    own = like.weights
    worth = {
        stem: own[stem] * rarity(count, total) // THOUSAND
        for stem, count in counts.items()
        if count < COMMON or total < COMMON * 5
    }
    best = sorted(worth, key=lambda stem: (-worth[stem], stem))[:COMPARED]
    itself = sum(worth[stem] * own[stem] for stem in best)
    return {stem: worth[stem] for stem in best if counts[stem] and itself}, itself


def _scope(like: Like, unopened: set[int]) -> Statement:
    """Among what it is looked for: what readers can read, of the kind that is asked."""
    if like.under is not None:
        sql = (
            "f.number IN (SELECT number FROM register_contribution"
            " WHERE hangs_on_id = %s AND kind = %s)"
        )
        scope = Statement(sql, (like.under, like.kind))
    else:
        keys = sets_where(
            lambda facets: facets.kind == like.kind and facets.debate not in unopened
        )
        scope = among("f.facets", keys)
    if like.apart_from is None:
        return scope
    return Statement(
        f"{scope.sql} AND f.number <> %s", (*scope.parameters, like.apart_from)
    )
