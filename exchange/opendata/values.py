"""What a column takes from a contribution's line, where it is not merely a field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.opendata.columns import Column
from exchange.opendata.dataset import Dataset

SHOWN, WITHHELD = "shown", "withheld"


def whether_shown(line: Any, dataset: Dataset) -> str:
    return SHOWN if line.is_signed else WITHHELD


def author_key(line: Any, dataset: Dataset) -> str | None:
    return dataset.author_key(line.author.key) if line.author else None


def author_name(line: Any, dataset: Dataset) -> str | None:
    return line.author.name if line.author else None


def whether_masked(line: Any, dataset: Dataset) -> bool | None:
    return line.masked if line.is_signed else None


def themes_of(line: Any, dataset: Dataset) -> list[str] | None:
    return line.themes if line.is_signed else None


def total_columns(measure: str, title: Any, description: Any) -> tuple[Column, Column]:
    def total(line: Any, dataset: Dataset) -> int | None:
        part = line.totals.get(measure)
        return (part.live + part.imported if part else 0) if line.is_signed else None

    def imported(line: Any, dataset: Dataset) -> int | None:
        part = line.totals.get(measure)
        return (part.imported if part else 0) if line.is_signed else None

    count = {"type": "integer", "constraints": {"minimum": 0}}
    return (
        Column(measure, title, description, value=total, **count),
        Column(
            f"{measure}_imported",
            _("of which carried over"),
            _(
                "How many of them another platform had announced, which counted in its"
                " own way."
            ),
            value=imported,
            **count,
        ),
    )
