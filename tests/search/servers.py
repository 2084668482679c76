"""A real search server, in an index of our own that goes when the tests end."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from search.engines import fallback
from search.engines.elastic import ElasticEngine
from search.engines.indexed import named, show_all
from search.engines.server import SearchServer, site_server
from search.feeding import tell
from search.models import Change
from search.query import Like, Near, SearchQuery, SearchResults
from search.rebuilding import begin, serve


def with_server(test):
    """One database is enough to feed a server."""
    return pytest.mark.once(pytest.mark.server(test))


@cache
def server_of_the_tests() -> SearchServer:
    """Named for this process alone: others may test on the same server."""
    asked = settings.SEARCH_TEST_SERVER
    own = f"test-{os.getpid()}-{uuid4().hex[:8]}"
    return SearchServer(index=f"{asked['index']}-{own}", options=asked["options"])


def remove_all(server: SearchServer) -> None:
    for alias in (server.index, server.next):
        for index in named(server, alias):
            server.patient.indices.delete(index=index)


def make_index(server: SearchServer) -> None:
    """Empty, and searched."""
    name = f"{server.index}-{uuid4().hex[:8]}"
    begin(server, name)
    serve(server, name)


@pytest.fixture(scope="session")
def server_with_index() -> Iterator[SearchServer]:
    server = server_of_the_tests()
    make_index(server)
    yield server
    remove_all(server)


@pytest.fixture
def search_server(
    server_with_index: SearchServer, db: None, settings: Any
) -> Iterator[SearchServer]:
    """The site's, which knows nothing yet."""
    server = server_with_index
    if named(server, server.next) or not named(server, server.index):
        remove_all(server)
        make_index(server)
    empty(server)
    asked = settings.SEARCH_TEST_SERVER
    settings.SEARCH_SERVER = {"index": server.index, "options": asked["options"]}
    forget_the_site_s()
    yield server
    forget_the_site_s()


def empty(server: SearchServer) -> None:
    show_all(server)
    everything = {"match_all": {}}
    server.patient.delete_by_query(index=server.index, query=everything, refresh=True)


def forget_the_site_s() -> None:
    site_server.cache_clear()
    fallback.site_engine.cache_clear()


class ToldServer:
    """The engine of a server that is told everything before it is asked anything.

    What it was told in a transaction that was undone, it is told again.
    """

    def __init__(self, server: SearchServer) -> None:
        self.engine = ElasticEngine(server)
        self._told: set[int] = set()

    def search(self, query: SearchQuery, *, at: datetime) -> SearchResults:
        self._tell()
        return self.engine.search(query, at=at)

    def suggest(self, typed: str, *, at: datetime, size: int) -> list[int]:
        self._tell()
        return self.engine.suggest(typed, at=at, size=size)

    def similar(self, like: Like, *, at: datetime, size: int) -> list[Near]:
        self._tell()
        return self.engine.similar(like, at=at, size=size)

    def _tell(self) -> None:
        self._told |= set(Change.objects.values_list("number", flat=True))
        Change.objects.bulk_create(Change(number=each) for each in self._told)
        assert tell(self.engine.server) is None


def closed_port() -> dict[str, Any]:
    """How a server is reached that is not there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return {"hosts": f"http://127.0.0.1:{probe.getsockname()[1]}"}
