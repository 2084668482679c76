"""How the search server is spoken to."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from elastic_transport import HttpHeaders, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.exceptions import UnsupportedProductError

# For how many seconds a reader waits, whatever is asked, and the worker for one thing.
BUDGET = 0.8
PATIENCE = 30
# What is left of a reader's patience is counted in steps of so many seconds.
STEP = 0.05
# From this version on, Elasticsearch understands its client's own media types.
ITS_OWN_TYPES = 8
OWN_TYPE = re.compile(r"application/vnd\.elasticsearch\+(\S+); *compatible-with=\d+")
# Of threads that serve readers; one more would wait for another's answer.
CONNECTIONS = 64
OF_A_SERVER = (ApiError, TransportError, UnsupportedProductError)
OF_ANYTHING_ELSE = (AttributeError, LookupError, TypeError, ValueError)


class Unavailable(Exception):
    """The server does not answer, not in time, or not of all that it holds."""


class PlainNode(Urllib3HttpNode):
    """Elasticsearch 7 and OpenSearch, spoken to by a client of Elasticsearch 8.

    They know plain media types alone, and do not say that they are Elasticsearch,
    which the client wants to read.
    """

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        said = kwargs.pop("headers", None) or {}
        plain = {name: OWN_TYPE.sub(r"application/\1", said[name]) for name in said}
        answer = super().perform_request(*args, headers=HttpHeaders(plain), **kwargs)
        names = HttpHeaders(
            {**answer.meta.headers, "x-elastic-product": "Elasticsearch"}
        )
        return answer._replace(meta=replace(answer.meta, headers=names))


class SearchServer:
    """A server, and what the site's index is called there.

    `index` is an alias of the one that is searched; `next` is one of the index that is
    being filled to take its place, while there is one.
    """

    def __init__(self, index: str, options: dict[str, Any]) -> None:
        self.index = index
        self.next = f"{index}-next"
        self._options = options
        self._hurried: dict[int, Elasticsearch] = {}

    @cached_property
    def client(self) -> Elasticsearch:
        """For readers, who wait."""
        return self._of_its_kind(BUDGET)

    @cached_property
    def patient(self) -> Elasticsearch:
        """For the worker and for commands, for which nobody waits."""
        return self._of_its_kind(PATIENCE)

    def _of_its_kind(self, seconds: float) -> Elasticsearch:
        """Of the kind that this server understands, which it is asked first."""
        with speaking():
            first = self._connected(PlainNode, seconds / 2)
            version = first.info()["version"]
            major = int(version["number"].partition(".")[0])
        is_genuine = "distribution" not in version and major >= ITS_OWN_TYPES
        return self._connected(Urllib3HttpNode if is_genuine else PlainNode, seconds)

    def _connected(self, node: type[Urllib3HttpNode], seconds: float) -> Elasticsearch:
        """Nothing is tried again by itself: a reader would wait for it."""
        return Elasticsearch(
            **self._options,
            node_class=node,
            connections_per_node=CONNECTIONS,
            max_retries=0,
            request_timeout=seconds,
        )

    def until(self, instant: float) -> Elasticsearch:
        """For a reader who waits until then, or a little less. Raises Unavailable.

        By `time.monotonic`.
        """
        client = self.client
        steps = int((instant - time.monotonic()) / STEP)
        if steps < 1:
            raise Unavailable(f"No whole answer within {BUDGET} seconds.")
        if steps not in self._hurried:
            # Making one takes a millisecond.
            self._hurried[steps] = client.options(request_timeout=steps * STEP)
        return self._hurried[steps]


@cache
def site_server() -> SearchServer:
    """The one that SEARCH_URL names."""
    return SearchServer(**settings.SEARCH_SERVER)


@contextmanager
def speaking() -> Iterator[None]:
    """Raises Unavailable for whatever goes wrong between here and the server.

    What answers may be no search server, but a proxy in front of none: what it says is
    then of any kind.
    """
    try:
        yield
    except (*OF_A_SERVER, *OF_ANYTHING_ELSE) as error:
        # As text, what the client could not do is named without its reason.
        said = error.message if isinstance(error, TransportError) else error
        raise Unavailable(f"{type(error).__name__}: {said}"[:1000]) from error
