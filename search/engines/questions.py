"""What is asked of a search server: `search.query.SearchQuery` as its own queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from elasticsearch.dsl import A, Q
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query

from search.analysis import folded_words
from search.engines.statements import Weighed, excluded_stems
from search.facets import Facet
from search.query import Chosen
from search.typed import Typed

# Of one facet; there are fewer debates than this.
MOST_VALUES = 10_000


def each_of(worth: Mapping[str, int]) -> list[Query]:
    """One query for each stem, which scores its weight as often as it is worth."""
    return [
        Q("term", stems={"value": stem, "boost": value})
        for stem, value in worth.items()
    ]


def term(asked: Weighed) -> Query:
    """In whichever of its forms is worth most."""
    return Q("dis_max", queries=each_of(asked.worth))


def all_words(typed: Typed, terms: Sequence[Weighed]) -> Query:
    """What holds every term and phrase, and nothing that is excluded."""
    return Q(
        "bool",
        must=[term(each) for each in terms],
        filter=[phrase(each) for each in typed.phrases],
        must_not=list(excluded(typed)),
    )


def some_words(typed: Typed, terms: Sequence[Weighed]) -> Query:
    """What holds at least one term, and not what holds them all.

    As in the database, here the forms of a term add up.
    """
    worth = {stem: value for each in terms for stem, value in each.worth.items()}
    return Q(
        "bool",
        should=each_of(worth),
        minimum_should_match=1,
        must_not=[*excluded(typed), *_all_of(terms)],
    )


def _all_of(terms: Sequence[Weighed]) -> list[Query]:
    if not all(each.held for each in terms):
        return []
    return [Q("bool", filter=[Q("terms", stems=list(each.stems)) for each in terms])]


def phrase(words: str) -> Query:
    return Q("match_phrase", words=" ".join(folded_words(words)))


def excluded(typed: Typed) -> Iterator[Query]:
    if stems := excluded_stems(typed):
        yield Q("terms", stems=list(stems))
    for each in typed.excluded_phrases:
        yield phrase(each)


def among(chosen: Chosen, *, apart_from: Facet | None = None) -> Query:
    """What has one value of each facet that is chosen, but for one facet."""
    return Q(
        "bool",
        filter=[
            Q("terms", **{facet.value: sorted(values)})
            for facet, values in chosen.items()
            if facet is not apart_from
        ],
    )


def counted(chosen: Chosen) -> Iterable[tuple[str, Agg]]:
    """Each facet's values, among what the other facets leave."""
    for facet in Facet:
        among_others = A("filter", among(chosen, apart_from=facet))
        among_others.bucket("values", "terms", field=facet.value, size=MOST_VALUES)
        yield facet.value, among_others


def begin_so(beginnings: Iterable[str]) -> Query:
    """Titles that hold words that begin so."""
    return Q("bool", filter=[Q("prefix", title=each) for each in beginnings])
