"""Search by the site's own database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from register.models import Contribution, Debate
from search.engines import corrections, likeness, parts, suggestions
from search.engines.ordering import in_order, place, within
from search.engines.statements import Statement, Weighed, among, held, holding_all
from search.facets import Facet, Facets, known_facets, sets_where
from search.models import Posting
from search.query import Like, Near, SearchQuery, SearchResults, Sort
from search.typed import Term, Typed, parse, terms_of
from search.weighing import rarity

# A stem that so many contributions hold is as common as any can be.
COMMONEST = 10_000
Counts = dict[Facet, Counter[str]]


class SqlEngine:
    """See `search.query.SearchEngine`."""

    def search(self, query: SearchQuery, *, at: datetime) -> SearchResults:
        terms = weigh(said_in(query.typed))
        unopened = unopened_debates(at)
        results, found = _all_words(query, terms, unopened)
        if results.following is None and parts.has_parts(query, terms):
            partly = parts.partly(
                terms,
                found=found,
                query=query,
                chosen=_chosen(query, unopened),
                shown=results.numbers,
            )
            results = replace(results, partly=partly)
        return results if results.total else explained(results, query, terms, unopened)

    def suggest(self, typed: str, *, at: datetime, size: int) -> list[int]:
        return suggestions.suggested(typed, at=at, size=size)

    def similar(self, like: Like, *, at: datetime, size: int) -> list[Near]:
        return likeness.similar(
            like, unopened=unopened_debates(at), total=documents(), size=size
        )


def _all_words(
    query: SearchQuery, terms: Sequence[Weighed], unopened: set[int]
) -> tuple[SearchResults, Statement | None]:
    """What holds every word; there is nothing to ask where one is held by nothing."""
    results = SearchResults(wanted=wanted_stems(terms))
    if not all(term.held for term in terms):
        return results, None
    found = holding_all(query.typed, terms)
    return _page(found, query, unopened, results), found


def explained(
    results: SearchResults,
    query: SearchQuery,
    terms: Sequence[Weighed],
    unopened: set[int],
) -> SearchResults:
    """Of what found nothing, which words nothing holds, and what was meant by them."""
    unheld = missing(terms, unopened)
    meant = _correction(query, unheld, unopened)
    return replace(results, missing=unheld, correction=meant)


def _correction(query: SearchQuery, unheld: Sequence[str], unopened: set[int]) -> str:
    """What was probably meant, if something says it."""
    meant = corrections.corrected(query.typed, unheld, unopened)
    if not meant:
        return ""
    other = replace(query, typed=parse(meant), after=None)
    results, _found = _all_words(other, weigh(said_in(other.typed)), unopened)
    return meant if results.total else ""


def said_in(typed: Typed) -> tuple[Term, ...]:
    """The words of exact phrases count too, and put what repeats them first."""
    said = (word for phrase in typed.phrases for word in phrase.split())
    return terms_of([*typed.words, *said], alone=not typed.phrases)


def weigh(terms: Sequence[Term]) -> list[Weighed]:
    """The terms with those of their stems that are held, and how rare each term is."""
    stems = {stem for term in terms for stem in term.stems | term.also}
    if not stems:
        return []
    counts = dict(held(sorted(stems), at_most=COMMONEST).rows())
    total = documents()
    return [weighed(term, counts, total) for term in terms]


def weighed(term: Term, counts: Mapping[str, int], total: int) -> Weighed:
    """A term, by how many contributions hold each of its stems, of how many."""
    exact = tuple(sorted(stem for stem in term.stems if counts[stem]))
    also = tuple(sorted(stem for stem in term.also - term.stems if counts[stem]))
    some = min(sum(counts[stem] for stem in exact + also), COMMONEST)
    return Weighed(term.word, exact, also, held=some, rarity=rarity(some, total))


def missing(terms: Iterable[Weighed], unopened: set[int]) -> list[str]:
    """The words that nothing public holds; what waits for its debate tells nothing."""
    waiting = Contribution.objects.filter(debate__in=unopened).order_by()
    opened = Posting.objects.order_by()
    if unopened:
        opened = opened.exclude(number__in=waiting.values("pk"))
    return [
        term.word
        for term in terms
        if not term.held
        or (unopened and not opened.filter(stem__in=term.stems).exists())
    ]


def documents() -> int:
    """How many contributions readers can read."""
    tallied = Statement("SELECT coalesce(sum(count), 0) FROM register_tally")
    return int(tallied.rows()[0][0])


def unopened_debates(at: datetime) -> set[int]:
    """Debates that have not begun, of which nothing is public."""
    return set(Debate.objects.filter(opens_at__gt=at).values_list("pk", flat=True))


def wanted_stems(terms: Iterable[Weighed]) -> frozenset[str]:
    return frozenset(stem for term in terms for stem in term.stems)


def _page(
    found: Statement, query: SearchQuery, unopened: set[int], results: SearchResults
) -> SearchResults:
    groups, rows = _read(found, _chosen(query, unopened), query)
    known = known_facets(key for key, _ in groups)
    shown = [
        (known[key], count)
        for key, count in groups
        if known[key].debate not in unopened
    ]
    more, rows = len(rows) > query.size, rows[: query.size]
    total, counts = _counts(shown, query)
    return replace(
        results,
        total=total,
        counts=counts,
        numbers=[number for number, _ in rows],
        following=place(query, *rows[-1]) if more else None,
    )


Rows = list[tuple[int, int]]


def _read(found: Statement, chosen: Statement, query: SearchQuery) -> tuple[Rows, Rows]:
    """How many have each set of facets, and the numbers of a page with their keys.

    In one statement, so that what holds all the words is looked for once; its rows are
    put in order again, as a union promises none. One run of an index is read twice
    sooner than it is set aside, and instants are no whole numbers: then there are two.
    """
    groups = Statement("SELECT facets, count(*), 0 AS part FROM f GROUP BY facets")
    page = in_order(chosen, query)
    if found.is_one_run or query.sort is Sort.NEWEST:
        counted = [(key, count) for key, count, _ in within(found, groups)]
        return counted, [(number, key) for number, key, _ in within(found, page)]
    both = Statement(
        f"{groups.sql} UNION ALL SELECT * FROM ({page.sql}) AS page", page.parameters
    )
    rows = within(found, both)
    numbered = [(number, key) for number, key, part in rows if part]
    numbered.sort(key=lambda row: (-row[1], -row[0]))
    return [(key, count) for key, count, part in rows if not part], numbered


def _chosen(query: SearchQuery, unopened: set[int]) -> Statement:
    """The sets of facets that have what is chosen, in debates that have begun."""
    if not query.chosen and not unopened:
        return Statement("1 = 1")
    keys = sets_where(
        lambda facets: facets.debate not in unopened and not _misses(facets, query)
    )
    return among("f.facets", keys) if keys else Statement("1 = 0")


def _misses(facets: Facets, query: SearchQuery) -> set[Facet]:
    """Of which of the chosen facets it has none of the chosen values."""
    return {
        facet
        for facet, values in query.chosen.items()
        if values.isdisjoint(facets.values(facet))
    }


def _counts(
    shown: Iterable[tuple[Facets, int]], query: SearchQuery
) -> tuple[int, Counts]:
    """What has all that is chosen counts for every facet; what lacks one, for that."""
    total = 0
    counts: Counts = {facet: Counter() for facet in Facet}
    for facets, count in shown:
        misses = _misses(facets, query)
        if len(misses) > 1:
            continue
        total += 0 if misses else count
        for facet in misses or Facet:
            for value in facets.values(facet):
                counts[facet][value] += count
    return total, counts
