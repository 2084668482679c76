"""The same questions put to the SQL engine and to a server, by turns."""

from collections.abc import Callable
from itertools import islice
from time import perf_counter
from typing import Any

from benchmarks.asked import BEGINNINGS, QUESTIONS
from benchmarks.compared import overlap
from benchmarks.timings import Stopwatch, shown, texts, usual
from journal.clock import database_now
from register.models import Contribution
from search.engines.elastic import ElasticEngine
from search.engines.indexed import body
from search.engines.server import SearchServer, Unavailable
from search.engines.sql import SqlEngine
from search.feeding import as_they_read
from search.query import Like, SearchQuery, SearchResults, Sort
from search.typed import parse

SQL, SERVER = "sql", "server"
# Of how many contributions the making of what is sent is timed alone.
SAMPLE = 4_000
# How many seconds the merging of a whole index may take.
MERGING = 1_800


class Asked:
    """What was asked so far, how long each took, and what came of the first pages."""

    def __init__(self, server: SearchServer) -> None:
        self.server = server
        self.engines = {SQL: SqlEngine(), SERVER: ElasticEngine(server)}
        self.turn = 0
        self.likes = texts()
        self.forget()

    def forget(self) -> None:
        """What was measured while everything was still cold."""
        self.watches = {name: Stopwatch() for name in self.engines}
        self.unanswered = 0
        self.firsts: list[tuple[SearchResults, SearchResults]] = []

    def round(self) -> None:
        for question in QUESTIONS:
            first = self._both(self._question, question)
            if None not in first.values():
                self.firsts.append((first[SQL], first[SERVER]))
        for beginning in BEGINNINGS:
            self._both(self._suggest, beginning)
        for like in self.likes:
            self._both(self._similar, like)

    def _both(self, ask: Callable[[str, Any], Any], what: Any) -> dict[str, Any]:
        """In an order that changes, as the first of the two warms what both read."""
        self.turn += 1
        names = [SQL, SERVER] if self.turn % 2 else [SERVER, SQL]
        return {name: ask(name, what) for name in names}

    def _question(self, name: str, question: str) -> SearchResults | None:
        """Whoever asks next has asked already, and the server may remember facets."""

        def ask(what: str, **options: Any) -> SearchResults | None:
            query = SearchQuery(parse(question), **options)
            return self._timed(name, what, "search", query)

        self._forget_answers()
        if (first := ask("first page")) is None:
            return None
        self._forget_answers()
        self._timed_page(name, question)
        ask("newest", sort=Sort.NEWEST)
        ask("three facets", chosen=usual(first))
        if first.following:
            ask("second page", after=first.following)
        return first

    def _forget_answers(self) -> None:
        """The same questions come again here sooner than on a site."""
        self.server.patient.indices.clear_cache(index=self.server.index, request=True)

    def _timed_page(self, name: str, question: str) -> None:
        """What a reader gets, but for the template."""

        def page(query: SearchQuery, **options: Any) -> None:
            shown(self.engines[name].search(query, **options))

        self._timed(name, "page, highlighted", page, SearchQuery(parse(question)))

    def _suggest(self, name: str, beginning: str) -> None:
        self._timed(name, "suggestions", "suggest", beginning, size=8)

    def _similar(self, name: str, like: Like) -> None:
        self._timed(name, "similar", "similar", like, size=5)

    def _timed(
        self, name: str, what: str, method: Any, *asked: Any, **options: Any
    ) -> Any:
        """The answer; nothing, of a server that does not give it in time."""
        ask = getattr(self.engines[name], method) if isinstance(method, str) else method
        at = database_now()
        try:
            return self.watches[name].timed(what, ask, *asked, at=at, **options)
        except Unavailable:
            self.unanswered += 1
            return None

    def summary(self) -> dict[str, Any]:
        first = overlap([(one.numbers, other.numbers) for one, other in self.firsts])
        return {
            "spent": {name: watch.spent for name, watch in self.watches.items()},
            "unanswered": self.unanswered,
            "asked": len(self.firsts),
            "totals": sum(one.total == other.total for one, other in self.firsts),
            "counts": sum(one.counts == other.counts for one, other in self.firsts),
            "overlap": [first.mean, first.worst, first.identical, first.compared],
        }


def alone() -> dict[str, float]:
    """Seconds that the site takes for each contribution before anything is sent.

    Of batches here and there, each read as the rebuilding of an index reads it.
    """
    reading = making = 0.0
    done = 0
    step = max(1, Contribution.objects.count() // SAMPLE)
    for numbers in islice(Contribution.objects.in_batches(), 0, None, step):
        begin = perf_counter()
        entries = as_they_read(numbers).values()
        read = perf_counter()
        for entry in filter(None, entries):
            body(entry)
        making += perf_counter() - read
        reading += read - begin
        done += len(numbers)
    return {"reading": reading / done, "making": making / done}


def held(server: SearchServer) -> dict[str, int]:
    """Of what is searched: bytes on disk, segments, documents."""
    indices = server.patient.indices
    indices.flush(index=server.index)
    indices.refresh(index=server.index)
    said = indices.stats(index=server.index, metric=["store", "segments", "docs"])
    whole = said["_all"]["primaries"]
    return {
        "bytes": whole["store"]["size_in_bytes"],
        "segments": whole["segments"]["count"],
        "documents": whole["docs"]["count"],
    }


def merge(server: SearchServer) -> None:
    patient = server.patient.options(request_timeout=MERGING)
    patient.indices.forcemerge(index=server.index, max_num_segments=1)


def version(server: SearchServer) -> str:
    said = server.client.info()["version"]
    return f"{said.get('distribution', 'elasticsearch')} {said['number']}"


def seconds(act: Callable[..., Any], *arguments: Any) -> float:
    begin = perf_counter()
    act(*arguments)
    return perf_counter() - begin
