"""Numbers: one sequence for every kind, given once, never given again."""

from django.db import connection
from django.db.models import Max

from register.models import Contribution

TABLE = Contribution._meta.db_table  # noqa: SLF001


def reserve_numbers(count: int) -> list[int]:
    """The next numbers, for rows that this transaction inserts by itself.

    On PostgreSQL they are taken from the sequence for good. SQLite has one writer at a
    time, so nobody else can take them before the rows are there.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'number'))"
                " FROM generate_series(1, %s)",
                [TABLE, count],
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [TABLE])
        last = (cursor.fetchone() or (0,))[0]
        return list(range(last + 1, last + 1 + count))


def preview_numbers(count: int) -> list[int]:
    """Numbers that are free now, for a dry run: nothing is taken."""
    last = Contribution.objects.aggregate(last=Max("number"))["last"] or 0
    return list(range(last + 1, last + 1 + count))


def hold_numbers() -> None:
    """Let nobody else take a number until this transaction ends.

    For rows that bring their own numbers, before the first of them is inserted: a
    transaction that inserts and only then asks for this lock can wait for another one
    that does the same. On SQLite a transaction is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE ROW EXCLUSIVE MODE")


def continue_numbers_above(number: int) -> None:
    """Make the next number greater than one that was inserted explicitly.

    SQLite does so by itself. PostgreSQL's sequence does not follow explicit numbers,
    and is moved under `hold_numbers()`.
    """
    if connection.vendor != "postgresql":
        return
    hold_numbers()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'number')", [TABLE])
        sequence = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT setval(%s, %s) FROM {sequence}"  # noqa: S608
            " WHERE last_value < %s OR NOT is_called",
            [sequence, number, number],
        )
