"""What is asked of a search server for one answer, within a reader's patience."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from elasticsearch.dsl import MultiSearch, Q, Search
from elasticsearch.dsl.query import Query
from elasticsearch.dsl.response import Response

from search.changes import unread_changes
from search.engines import questions
from search.engines.server import BUDGET, SearchServer, Unavailable, speaking
from search.engines.sql import COMMONEST, unopened_debates, weighed
from search.engines.statements import Weighed
from search.facets import Facet
from search.query import (
    PARTLY_SIZE,
    Like,
    Near,
    Place,
    SearchQuery,
    SearchResults,
    Sort,
)
from search.typed import Term

BY_RELEVANCE = ({"_score": "desc"}, {"number": "desc"})
ORDERS = {
    Sort.RELEVANCE: BY_RELEVANCE,
    Sort.NEWEST: ({"submitted": "desc"}, {"number": "desc"}),
}


class Asking:
    """Every method raises Unavailable when the server has not answered by then."""

    def __init__(self, server: SearchServer, at: datetime) -> None:
        self.server = server
        self.unopened = unopened_debates(at)
        self.unread = unread_changes()
        # From here on: what the database took is none of the server's slowness.
        self.until = time.monotonic() + BUDGET

    def weigh(self, terms: Sequence[Term]) -> list[Weighed]:
        """The terms with those of their stems that are held, and how rare each is."""
        stems = {stem for term in terms for stem in term.stems | term.also}
        if not stems:
            return []
        counts, total = self.held(sorted(stems), at_most=COMMONEST)
        return [weighed(term, counts, total) for term in terms]

    def held(self, stems: Sequence[str], *, at_most: int) -> tuple[dict[str, int], int]:
        """How many contributions hold each stem, and how many there are."""
        asked = [
            Search().query("term", stems=stem).extra(size=0, track_total_hits=at_most)
            for stem in stems
        ]
        everything = Search().extra(size=0, track_total_hits=True)
        answers = self._ask(*asked, everything)
        *counts, total = (each.hits.total.value for each in answers)
        at_most_each = (min(count, at_most) for count in counts)
        return dict(zip(stems, at_most_each, strict=True)), total

    def page(
        self, query: SearchQuery, terms: Sequence[Weighed], results: SearchResults
    ) -> SearchResults:
        """What holds all the words: a page of it, its total, its facets."""
        found = self._readable(questions.all_words(query.typed, terms))
        among = found.filter(questions.among(query.chosen))
        page = among.sort(*ORDERS[query.sort])
        page = page.extra(size=query.size + 1, track_total_hits=True)
        if query.after:
            after = self._last(query, query.after, among)
            page = page.extra(search_after=[after.key, after.number])
        # Apart: the server remembers them for the pages and the orders that follow.
        facets = found.extra(size=0, track_total_hits=False)
        for name, counted in questions.counted(query.chosen):
            facets.aggs.bucket(name, counted)
        answer, counts = self._ask(page, facets)
        rows = _rows(answer)
        shown = rows[: query.size]
        return replace(
            results,
            total=answer.hits.total.value,
            counts={facet: _counts(counts, facet) for facet in Facet},
            numbers=[number for _, number in shown],
            following=Place(*shown[-1]) if len(rows) > query.size else None,
        )

    def _last(self, query: SearchQuery, after: Place, found: Search) -> Place:
        """The row that a page ends with, and what it is worth now.

        As every act changes how rare words are. A row that is no longer there is worth
        what the address says.
        """
        if query.sort is not Sort.RELEVANCE:
            return after
        itself = found.filter("term", number=after.number).sort(*BY_RELEVANCE)
        (answer,) = self._ask(itself.extra(size=1))
        rows = _rows(answer)
        return Place(*rows[0]) if rows else after

    def partly(self, query: SearchQuery, terms: Sequence[Weighed]) -> list[int]:
        """What holds some of the words, best first."""
        some = self._readable(questions.some_words(query.typed, terms))
        best = some.filter(questions.among(query.chosen)).sort(*BY_RELEVANCE)
        (answer,) = self._ask(best.extra(size=PARTLY_SIZE, track_total_hits=False))
        return [number for _, number in _rows(answer)]

    def titled(self, beginnings: Iterable[str], *, size: int) -> list[int]:
        """Those whose titles hold words that begin so, the newest first."""
        titled = self._readable(questions.begin_so(beginnings)).sort("-number")
        (answer,) = self._ask(titled.extra(size=size, track_total_hits=False))
        return [hit.meta.sort[0] for hit in answer]

    def like(
        self, like: Like, worth: Mapping[str, int], itself: int, *, size: int
    ) -> list[Near]:
        """What holds most of what these stems are worth; `itself` is worth as much."""
        alike = self._readable(Q("bool", should=questions.each_of(worth)))
        alike = alike.filter("term", kind=like.kind)
        if like.under is not None:
            alike = alike.filter("term", above=like.under)
        if like.apart_from is not None:
            alike = alike.exclude("term", number=like.apart_from)
        closest = alike.sort({"_score": "desc"}, "number").extra(
            size=size, track_total_hits=False, docvalue_fields=["debate", "side"]
        )
        (answer,) = self._ask(closest)
        return [
            Near(
                number=number,
                closeness=min(1.0, score / itself),
                debate=int(hit.debate[0]),
                side="".join(getattr(hit, "side", ())),
            )
            for hit in answer
            for score, number in [hit.meta.sort]
        ]

    def _readable(self, query: Query) -> Search:
        """What is meant, and readers can read: the server may not know it yet."""
        debates, numbers = map(sorted, (map(str, self.unopened), self.unread))
        meant = Search().query(query).source(False)
        if debates:
            meant = meant.exclude("terms", debate=debates)
        return meant.exclude("terms", number=numbers) if numbers else meant

    def _ask(self, *asked: Search) -> list[Response]:
        """At once, and in one call."""
        together = MultiSearch(index=self.server.index)
        for search in asked:
            together = together.add(search)
        with speaking():
            client = self.server.until(self.until)
            answers = together.using(client).execute()
            return [_whole(answer) for answer in answers]


def _whole(answer: Response) -> Response:
    """What part of the index says is not an answer."""
    if answer.timed_out or answer["_shards"].failed:
        raise Unavailable("Part of the index did not answer.")
    return answer


def _rows(answer: Response) -> list[tuple[int, int]]:
    """Keys and numbers. Scores are whole numbers, which the server writes as others."""
    return [(int(key), number) for key, number in (hit.meta.sort for hit in answer)]


def _counts(answer: Response, facet: Facet) -> Counter[str]:
    buckets = answer.aggregations[facet.value]["values"]["buckets"]
    return Counter({each["key"]: each["doc_count"] for each in buckets})
