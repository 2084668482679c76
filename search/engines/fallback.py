"""The server answers, and where it does not, the site's own database."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TypeVar

from search.beginnings import beginnings_of
from search.changes import Late
from search.engines.elastic import ElasticEngine
from search.engines.server import Unavailable, site_server
from search.engines.sql import SqlEngine
from search.query import (
    Like,
    Near,
    SearchEngine,
    SearchQuery,
    SearchResults,
    Sort,
)

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
# For how many seconds nobody waits for a server that did not answer.
REST = 30


class ServerOrDatabase:
    """See `search.query.SearchEngine`.

    One for each process: who found the server silent spares the next readers, and when
    it has rested one of them tries again.
    """

    def __init__(self, server: SearchEngine, database: SearchEngine) -> None:
        self.server = server
        self.database = database
        self.silent_until = 0.0

    def search(self, query: SearchQuery, *, at: datetime) -> SearchResults:
        """By support it is always the database that answers."""
        if query.sort is Sort.SUPPORTED:
            return self.database.search(query, at=at)
        answer, is_instead = self._ask(lambda engine: engine.search(query, at=at))
        return replace(answer, is_instead=is_instead)

    def suggest(self, typed: str, *, at: datetime, size: int) -> list[int]:
        if not beginnings_of(typed):
            return []
        return self._ask(lambda engine: engine.suggest(typed, at=at, size=size))[0]

    def similar(self, like: Like, *, at: datetime, size: int) -> list[Near]:
        if not like.weights:
            return []
        return self._ask(lambda engine: engine.similar(like, at=at, size=size))[0]

    def _ask(self, question: Callable[[SearchEngine], Answer]) -> tuple[Answer, bool]:
        """The answer, and whether the database gave it in the server's place."""
        if time.monotonic() < self.silent_until:
            return question(self.database), True
        before = self.silent_until
        if before:
            # The others go on without it, until this reader knows.
            self.silent_until = time.monotonic() + REST
        try:
            answer = question(self.server)
        except Late:
            self.silent_until = before
            return question(self.database), True
        except Unavailable as error:
            self.silent_until = time.monotonic() + REST
            logger.error("The search server does not answer: %s", error)  # noqa: TRY400
            return question(self.database), True
        self.silent_until = 0.0
        return answer, False


@cache
def site_engine() -> ServerOrDatabase:
    return ServerOrDatabase(ElasticEngine(site_server()), SqlEngine())
