"""An index of the run's own on a search server of this machine.

    python -m benchmarks.own_index

removes, in the site's environment, every index that SEARCH_URL names.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.served import Failed, Site

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def address() -> str:
    """That of the server that SEARCH_URL names, or nothing. Raises Failed."""
    url = os.environ.get("SEARCH_URL", "")
    if url and urlsplit(url).hostname not in LOOPBACK:
        raise Failed("SEARCH_URL must name a server of this machine: it is measured.")
    return url


@contextmanager
def own_index(site: Site, server: str) -> Iterator[str]:
    """The address of an index that nobody else has, and that is gone afterwards."""
    name = f"bench-{os.getpid()}-{uuid4().hex[:8]}"
    own = urlsplit(server)._replace(path=f"/{name}").geturl()
    try:
        yield own
    finally:
        environment = {"SEARCH_URL": own}
        site.run(
            "sqlite:///:memory:", "-m", "benchmarks.own_index", environment=environment
        )


def main() -> None:
    import django

    django.setup()
    from search.engines.server import site_server

    server = site_server()
    for name in server.patient.indices.get(index=f"{server.index}-*"):
        server.patient.indices.delete(index=name)


if __name__ == "__main__":
    main()
