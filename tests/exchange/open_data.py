"""Data sets to write, and a reader of Table Schema of our own."""

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from exchange.opendata.dataset import Dataset
from exchange.opendata.files import contents
from register.models import Debate

READ = {
    "boolean": {"true": True, "false": False}.__getitem__,
    "string": str,
    "integer": int,
    "datetime": datetime.fromisoformat,
    "array": json.loads,
}
# No point, no offset but UTC's own.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


def dataset_of(*debates: Debate, scope: str = "une consultation") -> Dataset:
    return Dataset(
        name="cantines",
        title="Les cantines",
        address="/debats/cantines/donnees/",
        scope=scope,
        debates=sorted(debates, key=lambda debate: debate.slug),
        at=timezone.now(),
    )


def everything(dataset: Dataset) -> dict[str, bytes]:
    """Every file, by name."""
    return {name: b"".join(chunks) for name, chunks in contents(dataset)}


def rows_of(data: bytes, delimiter: str = ",") -> list[list[str]]:
    text = io.StringIO(data.decode(), newline="")
    return list(csv.reader(text, delimiter=delimiter, strict=True))


def read_by_schema(data: bytes, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table, each cell as its type. Fails where the schema is broken."""
    head, *rows = rows_of(data)
    fields = schema["fields"]
    assert head == [field["name"] for field in fields]
    read = []
    for row in rows:
        assert len(row) == len(fields)
        read.append(
            {
                field["name"]: _value(cell, field)
                for cell, field in zip(row, fields, strict=True)
            }
        )
    for field in fields:
        if field.get("constraints", {}).get("unique"):
            assert_unique(read, [field["name"]])
    assert_unique(read, schema["primaryKey"])
    return read


def assert_unique(rows: list[dict[str, Any]], names: list[str]) -> None:
    keys = [tuple(row[name] for name in names) for row in rows]
    assert len(set(keys)) == len(keys), names


def _value(cell: str, field: dict[str, Any]) -> Any:
    constraints = field.get("constraints", {})
    if cell == "":
        assert not constraints.get("required"), field["name"]
        return None
    assert field["type"] != "datetime" or INSTANT.fullmatch(cell), cell
    value = READ[field["type"]](cell)
    assert value in constraints.get("enum", [value]), (field["name"], value)
    assert value >= constraints["minimum"] if "minimum" in constraints else True
    assert re.fullmatch(constraints.get("pattern", ".*"), cell, re.S), field["name"]
    return value
