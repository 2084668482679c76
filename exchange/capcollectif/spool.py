"""Items set aside on disk and read back in order of instant, in flat memory."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from exchange.lines import BadLine


@dataclass(frozen=True)
class Item:
    """One contribution to be: its line but for its number and what it hangs on."""

    where: str
    origin: str
    hangs_on: str | None
    value: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.value["kind"])


class Spool:
    """Items set aside in a temporary database, read back in order of instant."""

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "spool.sqlite3")
        self.database.execute(
            "CREATE TABLE item (instant TEXT, depth INTEGER, place INTEGER PRIMARY KEY,"
            " location TEXT, origin TEXT UNIQUE, hangs_on TEXT, value TEXT)"
        )

    def add(self, item: Item) -> None:
        """Raises BadLine when an item of the same kind and id is there already."""
        depth = 0 if item.hangs_on is None else 1
        try:
            self.database.execute(
                "INSERT INTO item (instant, depth, location, origin, hangs_on, value)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    item.value["submitted_at"],
                    depth,
                    item.where,
                    item.origin,
                    item.hangs_on,
                    json.dumps(item.value),
                ),
            )
        except sqlite3.IntegrityError as error:
            raise BadLine(f"{item.origin} stands twice in what was read") from error

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: object) -> None:
        self.database.close()

    def __len__(self) -> int:
        return int(self.database.execute("SELECT count(*) FROM item").fetchone()[0])

    def span(self) -> tuple[datetime, datetime]:
        """The instants of the first item and of the last."""
        row = self.database.execute("SELECT min(instant), max(instant) FROM item")
        first, last = row.fetchone()
        return datetime.fromisoformat(first), datetime.fromisoformat(last)

    def __iter__(self) -> Iterator[Item]:
        with closing(self.database.cursor()) as cursor:
            rows = cursor.execute(
                "SELECT location, origin, hangs_on, value FROM item"
                " ORDER BY instant, depth, place"
            )
            for where, origin, hangs_on, value in rows:
                yield Item(where, origin, hangs_on, json.loads(value))
