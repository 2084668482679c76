"""The database's clock, the only one that decides."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """The instant at which this statement runs, by the database's own clock.

    PostgreSQL's `now()` is the beginning of the transaction, which may precede a
    wait for a lock; `clock_timestamp()` does not. SQLite answers in milliseconds.
    Tests that need another instant replace this function and nothing else.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
