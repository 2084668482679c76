"""The SQL of the site's own search, on SQLite and PostgreSQL alike.

What is fast on both is a run of one stem's postings, joined by number to the next one,
the rarest first. Only whole numbers are added up, so both databases put results in the
same order.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db import connection

from search.analysis import folded_words
from search.typed import Typed, terms_of
from search.weighing import THOUSAND

# SQLite joins 64 tables at most.
MOST_TABLES = 50
# What another word for what was typed is worth beside it, in thousandths.
SYNONYM = 600


@dataclass(frozen=True)
class Statement:
    """A piece of SQL, and what fills its blanks in their order."""

    sql: str
    parameters: tuple[Any, ...] = ()
    # It reads one run of an index: sooner done twice than once and set aside.
    is_one_run: bool = False

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@dataclass(frozen=True)
class Weighed:
    """A term of a question, with those of its stems that something holds."""

    word: str
    exact: tuple[str, ...]
    also: tuple[str, ...]
    # How many contributions hold one of them at least, and what that is worth.
    held: int
    rarity: int

    @property
    def stems(self) -> tuple[str, ...]:
        return self.exact + self.also

    @property
    def worth(self) -> dict[str, int]:
        """By stem, in thousandths of thousandths once times its weight."""
        exact = dict.fromkeys(self.exact, self.rarity)
        also = dict.fromkeys(self.also, self.rarity * SYNONYM // THOUSAND)
        return also | exact


def rarest(terms: Iterable[Weighed], *, held_by: int) -> list[Weighed]:
    """The rarest term, and the next ones while no more postings hold them all."""
    in_order = sorted(terms, key=lambda term: term.held)
    read = accumulate(term.held for term in in_order)
    return _while_under(held_by, in_order, read) or in_order[:1]


def _while_under(
    most: int, terms: Sequence[Weighed], sums: Iterable[int]
) -> list[Weighed]:
    return [term for term, sum_ in zip(terms, sums, strict=True) if sum_ <= most]


def held(stems: Collection[str], *, at_most: int) -> Statement:
    """How many contributions hold each stem; who counts to `at_most` stops there."""
    one = (
        "SELECT %s, count(*) FROM"
        " (SELECT 1 FROM search_posting WHERE stem = %s LIMIT %s) AS postings"
    )
    parameters = [value for stem in stems for value in (stem, stem, at_most)]
    return Statement(" UNION ALL ".join([one] * len(stems)), tuple(parameters))


def among(column: str, values: Iterable[Any]) -> Statement:
    """The column is one of these, however many they are."""
    if connection.vendor == "postgresql":
        return Statement(f"{column} = ANY(%s)", (list(values),))
    chosen = f"{column} IN (SELECT value FROM json_each(%s))"
    return Statement(chosen, (json.dumps(list(values)),))


def holding_all(typed: Typed, terms: Sequence[Weighed]) -> Statement:
    """Number, facets and score of what holds every term and phrase, none excluded.

    The rarest term is read from end to end, and each other one looked up in what holds
    it. CROSS JOIN keeps SQLite from choosing another order.
    """
    if not terms:
        return _written_there(typed)
    rarest, *others = sorted(terms, key=lambda term: term.held)
    first = _postings(rarest)
    is_many = sum(len(term.worth) for term in others) > MOST_TABLES
    look_up = _gathered if is_many else _looked_up
    pieces = [look_up(term, place) for place, term in enumerate(others)]
    if typed.phrases:
        there = Statement("d.contribution_id = m.number")
        words = Statement("CROSS JOIN search_document AS d")
        pieces.append(Joined(words, there, "0"))
    asked = [*(each.condition for each in pieces), *_asked(typed, "m.number")]
    if not asked:
        return first
    tables = [Statement(f"({first.sql}) AS m", first.parameters)]
    tables += [each.table for each in pieces]
    scores = " + ".join(["m.score", *(each.score for each in pieces)])
    return Statement(
        f"SELECT m.number, m.facets, {scores} AS score"
        f" FROM {' '.join(each.sql for each in tables)}"
        f" WHERE {' AND '.join(each.sql for each in asked)}",
        tuple(value for each in [*tables, *asked] for value in each.parameters),
    )


def _written_there(typed: Typed) -> Statement:
    """What is asked of everything, where no word is looked for."""
    asked = list(_asked(typed, "d.contribution_id"))
    return Statement(
        "SELECT d.contribution_id AS number, d.facets, 0 AS score"
        " FROM search_document AS d"
        f" WHERE {' AND '.join(each.sql for each in asked) or '1 = 1'}",
        tuple(value for each in asked for value in each.parameters),
        is_one_run=not typed.phrases and not typed.excluded_phrases,
    )


@dataclass(frozen=True)
class Joined:
    """How a term is joined to what was found already, and what it adds to the score."""

    table: Statement
    condition: Statement
    score: str


def _looked_up(term: Weighed, place: int) -> Joined:
    """In whichever of its forms is worth most."""
    if len(term.worth) > 1:
        return _looked_up_too(term, place)
    ((stem, value),) = term.worth.items()
    name = f"p{place}"
    return Joined(
        Statement(f"CROSS JOIN search_posting AS {name}"),
        Statement(f"{name}.stem = %s AND {name}.number = m.number", (stem,)),
        f"{name}.weight * {value}",
    )


def _looked_up_too(term: Weighed, place: int) -> Joined:
    """The same, of which the condition can be left out: what lacks it adds nothing."""
    named = {f"p{place}_{rank}": stem for rank, stem in enumerate(term.worth)}
    joined = " ".join(
        f"LEFT JOIN search_posting AS {name}"
        f" ON {name}.stem = %s AND {name}.number = m.number"
        for name in named
    )
    held = " OR ".join(f"{name}.number IS NOT NULL" for name in named)
    scores = ", ".join(
        f"coalesce({name}.weight, 0) * {term.worth[stem]}"
        for name, stem in named.items()
    )
    highest = "greatest" if connection.vendor == "postgresql" else "max"
    return Joined(
        Statement(joined, tuple(named.values())),
        Statement(f"({held})"),
        f"{highest}({scores})" if len(named) > 1 else scores,
    )


def scored_too(found: Statement, terms: Sequence[Weighed]) -> Statement:
    """What was found, with what it says of these terms added to its scores."""
    tables = accumulate(len(term.worth) for term in terms)
    some = _while_under(MOST_TABLES, terms, tables)
    pieces = [_looked_up_too(term, place) for place, term in enumerate(some)]
    scores = " + ".join(["m.score", *(each.score for each in pieces)])
    joined = " ".join(each.table.sql for each in pieces)
    return Statement(
        f"SELECT m.number, m.facets, {scores} AS score"
        f" FROM ({found.sql}) AS m {joined}",
        (*found.parameters, *(v for each in pieces for v in each.table.parameters)),
    )


def _gathered(term: Weighed, place: int) -> Joined:
    """All that holds it, as one table: for more forms than can be looked up."""
    postings = _postings(term)
    name = f"p{place}"
    table = f"CROSS JOIN ({postings.sql}) AS {name}"
    return Joined(
        Statement(table, postings.parameters),
        Statement(f"{name}.number = m.number"),
        f"{name}.score",
    )


def _postings(term: Weighed) -> Statement:
    """One row for each contribution that holds the term, in whichever of its forms."""
    worth = term.worth
    if len(worth) == 1:
        ((stem, value),) = worth.items()
        return Statement(
            "SELECT number, facets, weight * %s AS score FROM search_posting"
            " WHERE stem = %s",
            (value, stem),
            is_one_run=True,
        )
    valued = _valued(worth)
    return Statement(
        f"SELECT number, min(facets) AS facets, max(weight * {valued.sql}) AS score"
        f" FROM search_posting WHERE stem IN ({_blanks(worth)}) GROUP BY number",
        (*valued.parameters, *worth),
    )


def _asked(typed: Typed, number: str) -> Iterable[Statement]:
    """What is asked beside the words that are looked for."""
    for phrase in typed.phrases:
        yield Statement("d.words LIKE %s", (_as_kept(phrase),))
    yield from _not_excluded(typed, number)


def _not_excluded(typed: Typed, number: str) -> Iterable[Statement]:
    if stems := excluded_stems(typed):
        held = f"SELECT number FROM search_posting WHERE stem IN ({_blanks(stems)})"
        yield Statement(f"{number} NOT IN ({held})", stems)
    for phrase in typed.excluded_phrases:
        held_by = _holding_phrase(phrase)
        yield Statement(f"{number} NOT IN ({held_by.sql})", held_by.parameters)


def _holding_phrase(phrase: str) -> Statement:
    """The numbers of what says it; only a phrase of stop words is looked for in all."""
    terms = terms_of(phrase.split(), alone=False)
    if not terms:
        all_ = "SELECT contribution_id FROM search_document WHERE words LIKE %s"
        return Statement(all_, (_as_kept(phrase),))
    stems = max(terms, key=lambda term: len(term.word)).stems
    return Statement(
        "SELECT x.number FROM search_posting AS x"
        " CROSS JOIN search_document AS w WHERE w.contribution_id = x.number"
        f" AND x.stem IN ({_blanks(stems)}) AND w.words LIKE %s",
        (*stems, _as_kept(phrase)),
    )


def _as_kept(phrase: str) -> str:
    return f"% {' '.join(folded_words(phrase))} %"


def excluded_stems(typed: Typed) -> tuple[str, ...]:
    """Of French and of English, as for what is looked for."""
    terms = terms_of(typed.excluded)
    return tuple(sorted({stem for term in terms for stem in term.stems}))


def holding_part(
    worth: dict[str, int],
    typed: Typed | None = None,
    *,
    apart: Statement | None = None,
) -> Statement:
    """Number, facets and score of what holds some of these stems, none excluded."""
    valued = _valued(worth)
    asked = [Statement(f"stem IN ({_blanks(worth)})", tuple(worth))]
    if apart:
        asked.append(apart)
    if typed:
        asked += _not_excluded(typed, "number")
    return Statement(
        f"SELECT number, min(facets) AS facets, sum(weight * {valued.sql}) AS score"
        f" FROM search_posting WHERE {' AND '.join(each.sql for each in asked)}"
        " GROUP BY number",
        (*valued.parameters, *(value for each in asked for value in each.parameters)),
    )


def _valued(worth: dict[str, int]) -> Statement:
    """What the stem of a posting is worth."""
    if len(set(worth.values())) == 1:
        return Statement("%s", (next(iter(worth.values())),))
    cases = " ".join(["WHEN %s THEN %s"] * len(worth))
    pairs = tuple(value for pair in worth.items() for value in pair)
    return Statement(f"CASE stem {cases} ELSE 0 END", pairs)


def _blanks(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values))
