"""What each database's own ranking takes over the very same stems, for comparison.

`bm25` of SQLite's FTS5 and `ts_rank` of PostgreSQL's tsvector, over a table that is
made for the measure. They answer less than the site's search does: the twenty best
numbers, and no count, no facet, no synonym.
"""

from collections.abc import Iterator, Sequence

from django.db import connection

from register.models import Contribution
from search.analysis import stems
from search.documents import words_of

BATCH = 1_000
CREATE = {
    "sqlite": [
        "DROP TABLE IF EXISTS ranked",
        "CREATE VIRTUAL TABLE ranked USING fts5(title, said, content='')",
    ],
    "postgresql": [
        "DROP TABLE IF EXISTS ranked",
        "CREATE TABLE ranked (number bigint PRIMARY KEY, said tsvector NOT NULL)",
    ],
}
INSERT = {
    "sqlite": "INSERT INTO ranked (rowid, title, said) VALUES (%s, %s, %s)",
    "postgresql": (
        "INSERT INTO ranked VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
        " || to_tsvector('simple', %s))"
    ),
}
FINISH = {
    "sqlite": ["INSERT INTO ranked (ranked) VALUES ('optimize')"],
    "postgresql": [
        "CREATE INDEX ranked_said ON ranked USING gin (said)",
        "VACUUM ANALYZE ranked",
    ],
}
BEST = {
    "sqlite": (
        "SELECT rowid FROM ranked WHERE ranked MATCH %s"
        " ORDER BY bm25(ranked, 3.0, 1.0) LIMIT 20"
    ),
    "postgresql": (
        "SELECT number FROM ranked, CAST(%s AS tsquery) AS asked WHERE said @@ asked"
        " ORDER BY ts_rank(said, asked) DESC LIMIT 20"
    ),
}
TOGETHER = {"sqlite": " AND ", "postgresql": " & "}


def fill() -> None:
    with connection.cursor() as cursor:
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)
        for rows in _stemmed():
            cursor.executemany(INSERT[connection.vendor], rows)
        for statement in FINISH[connection.vendor]:
            cursor.execute(statement)


def best(wanted: Sequence[str]) -> list[int]:
    """The first twenty numbers that hold every stem."""
    asked = TOGETHER[connection.vendor].join(f'"{stem}"' for stem in wanted)
    if connection.vendor == "postgresql":
        asked = asked.replace('"', "'")
    with connection.cursor() as cursor:
        cursor.execute(BEST[connection.vendor], [asked])
        return [number for (number,) in cursor.fetchall()]


def _stemmed() -> Iterator[list[tuple[int, str, str]]]:
    for model in Contribution.__subclasses__():
        rows = model.objects.visible().order_by("pk")
        some = []
        for row in rows.iterator(BATCH):
            said = words_of(row)
            title, text = stems(said.title, "fr"), stems(said.text, "fr")
            some.append((row.pk, " ".join(title), " ".join(text)))
            if len(some) == BATCH:
                yield some
                some = []
        yield some
