"""Keyset paging: a page costs the same wherever it stands in the list."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import Http404, QueryDict

from register.models import Contribution

# How an address writes a number; no database holds one of more digits.
NUMBER = r"[0-9]{1,18}"


@dataclass(frozen=True)
class Order:
    """By what a list is sorted: its keys all run the same way, the row's own last."""

    keys: tuple[str, ...]
    descending: bool = True

    def apply(self, queryset: Any, *, backwards: bool = False) -> Any:
        descending = self.descending is not backwards
        return queryset.order_by(
            *(F(key).desc() if descending else F(key).asc() for key in self.keys)
        )

    def beyond(self, row: Any, *, backwards: bool = False) -> Q:
        """What comes after the row in this order, or before it when backwards."""
        return self._compared(row, "lt" if self.descending is not backwards else "gt")

    def starting_at(self, row: Any) -> Q:
        """The row and what comes after it."""
        return self._compared(row, "lte" if self.descending else "gte")

    def _compared(self, row: Any, last: str) -> Q:
        """Says `a <= x` beside the rest, which is what an index can be searched by."""
        *others, key = self.keys
        condition = Q(**{f"{key}__{last}": getattr(row, key)})
        strictly = last[:2]
        for key in reversed(others):
            value = getattr(row, key)
            condition = Q(**{f"{key}__{strictly}e": value}) & (
                Q(**{f"{key}__{strictly}": value}) | condition
            )
        return condition


NEWEST = Order(("submitted_at", "number"))
OLDEST = Order(("submitted_at", "number"), descending=False)


@dataclass(frozen=True)
class Slice:
    """Some rows in order, and the keys from which the neighbouring pages go on."""

    rows: list[Any]
    previous: Any
    following: Any
    # Whether the address names a row to go on from.
    is_beyond: bool


def slice_of(
    queryset: Any,
    *,
    order: Order = NEWEST,
    within: Any,
    address: QueryDict,
    size: int,
    named: Callable[[Any, str], Any] | None = None,
) -> Slice:
    """The rows that `?after=<number>` or `?before=<number>` asks for.

    `after` means further down the list. The number is looked up in `within`, the rows
    that may be named: one hidden since still says where the reader was. Raises Http404
    when it is none of them. `named` finds rows that have another key than a number.
    """
    named = named or row_named
    if "before" in address:
        row = named(within, address["before"])
        above = queryset.filter(order.beyond(row, backwards=True))
        rows = list(order.apply(above, backwards=True)[: size + 1])
        rows, is_first = rows[:size][::-1], len(rows) <= size
        is_last = False
    else:
        is_first = "after" not in address
        if not is_first:
            row = named(within, address["after"])
            queryset = queryset.filter(order.beyond(row))
        rows = list(order.apply(queryset)[: size + 1])
        rows, is_last = rows[:size], len(rows) <= size
    return Slice(
        rows=rows,
        previous=rows[0].pk if rows and not is_first else None,
        following=rows[-1].pk if rows and not is_last else None,
        is_beyond="before" in address or "after" in address,
    )


def row_named(within: Any, number: str) -> Contribution:
    """Raises Http404 when the number is not one of `within`, or is no number."""
    if not re.fullmatch(NUMBER, number):
        raise Http404
    row: Contribution | None = within.filter(pk=int(number)).first()
    if row is None:
        raise Http404
    return row
