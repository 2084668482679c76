"""Search by a server: Elasticsearch, or OpenSearch.

It answers as the site's own database does, whose index stays the truth: the same stems,
weighed by the same formula, of which the rarity comes with the question.
"""

from dataclasses import replace
from datetime import datetime

from search.beginnings import beginnings_of
from search.engines import likeness
from search.engines.asking import Asking
from search.engines.parts import has_parts
from search.engines.server import SearchServer
from search.engines.sql import SqlEngine, explained, said_in, wanted_stems, weigh
from search.query import Like, Near, SearchQuery, SearchResults, Sort


class ElasticEngine:
    """See `search.query.SearchEngine`.

    Every method raises `search.engines.server.Unavailable` when the server does not
    answer in time and of all that it holds, or has not been told of what happened.
    """

    def __init__(self, server: SearchServer) -> None:
        self.server = server

    def search(self, query: SearchQuery, *, at: datetime) -> SearchResults:
        """By support it is the database that answers: each vote changes that order."""
        if query.sort is Sort.SUPPORTED:
            return SqlEngine().search(query, at=at)
        asking = Asking(self.server, at)
        terms = asking.weigh(said_in(query.typed))
        results = SearchResults(wanted=wanted_stems(terms))
        if all(term.held for term in terms):
            results = asking.page(query, terms, results)
        if results.following is None and has_parts(query, terms):
            results = replace(results, partly=asking.partly(query, terms))
        if results.total:
            return results
        # By what is public at this instant, which the server may not know yet.
        known = weigh(said_in(query.typed))
        return explained(results, query, known, asking.unopened)

    def suggest(self, typed: str, *, at: datetime, size: int) -> list[int]:
        beginnings = beginnings_of(typed)
        if not beginnings:
            return []
        return Asking(self.server, at).titled(beginnings, size=size)

    def similar(self, like: Like, *, at: datetime, size: int) -> list[Near]:
        heaviest = like.heaviest(likeness.COUNTED)
        if not heaviest:
            return []
        asking = Asking(self.server, at)
        counts, total = asking.held(heaviest, at_most=likeness.COMMON)
        worth, itself = likeness.compared_by(like, counts, total)
        return asking.like(like, worth, itself, size=size) if worth else []
