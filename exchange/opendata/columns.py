"""What stands in a column, said once: files, schema and README are made from it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise

from exchange.opendata.dataset import Dataset

# A sentence that is translated when it is written into a file.
Sentence = Promise | str


@dataclass(frozen=True)
class Column:
    """`type` and `constraints` are those of Table Schema.

    `value` is asked of what a row is made from, which has an attribute of that name
    unless it is given.
    """

    name: str
    title: Sentence
    description: Sentence
    type: str = "string"
    constraints: Mapping[str, Any] = field(default_factory=dict)
    value: Callable[[Any, Dataset], Any] | None = None

    def cell(self, made_from: Any, dataset: Dataset) -> str:
        if self.value:
            return written(self.value(made_from, dataset))
        return written(attrgetter(self.name)(made_from))


def written(value: Any) -> str:
    """A value as a cell holds it; nothing at all is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
