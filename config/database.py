"""From a database address to Django's settings for it."""

from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# One writer at a time, taken at the start of a transaction, so that two never wait
# for each other; readers never wait (docs/decisions/0004-sqlite-and-postgresql.md).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
# Above some 70,000 rows PostgreSQL would compile a recount of a batch for a second each
# time, to save a few milliseconds.
POSTGRESQL_OPTIONS = {"options": "-c jit=off"}


def database_from_url(url: str) -> dict[str, Any]:
    """Settings for `sqlite:////absolute/path` or `postgresql://…`.

    Raises ImproperlyConfigured for an address of another kind of database.
    """
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        options: dict[str, Any] = SQLITE_OPTIONS
    elif scheme in {"postgresql", "postgres"}:
        options = POSTGRESQL_OPTIONS
    else:
        raise ImproperlyConfigured(
            f"DATABASE_URL is of a kind that is not supported: {scheme!r}. "
            "Write sqlite:////absolute/path or postgresql://user:password@host/name."
        )
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    # Each thread keeps its connection, of which the server has one a worker: a pool
    # would have nothing to share. Opening a SQLite file reads its whole schema.
    database["CONN_MAX_AGE"] = None
    return database | {"OPTIONS": database.get("OPTIONS", {}) | options}
