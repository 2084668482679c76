"""What a table of the open data is, and columns that several tables have."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.opendata.columns import Column, Sentence
from exchange.opendata.dataset import Dataset
from exchange.opendata.fields import REQUIRED

ADDRESS = _("Its name in the other files.")
SLUG = Column("slug", _("address"), ADDRESS, constraints=REQUIRED | {"unique": True})
POSITION = Column(
    "position",
    _("position"),
    _("Its place among the others, from 1."),
    "integer",
    REQUIRED | {"minimum": 1},
)


@dataclass(frozen=True)
class Table:
    """One file of rows. `rows` gives what each row is made from, in a constant order.

    `key` tells rows apart; `refers` says of a column which column of which table holds
    its values.
    """

    name: str
    title: Sentence
    description: Sentence
    columns: tuple[Column, ...]
    rows: Callable[[Dataset], Iterator[Any]]
    count: Callable[[Dataset], int]
    key: tuple[str, ...]
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """What is listed in a line, with the line and its place there."""

    line: Any
    part: Any
    position: int


def parts(line: Any, parts: list[Any]) -> Iterator[Part]:
    for position, part in enumerate(parts, 1):
        yield Part(line, part, position)


def length(rows: Callable[[Dataset], Iterator[Any]]) -> Callable[[Dataset], int]:
    return lambda dataset: sum(1 for _row in rows(dataset))


def in_line(name: str, title: Any, description: Any, **more: Any) -> Column:
    source = more.pop("source", name)
    return Column(
        name,
        title,
        description,
        value=lambda made, _d: getattr(made.line, source),
        **more,
    )


def in_part(name: str, title: Any, description: Any, **more: Any) -> Column:
    return Column(
        name,
        title,
        description,
        value=lambda made, _d: getattr(made.part, name),
        **more,
    )
