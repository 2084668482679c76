"""Keyset paging: a page costs the same wherever it stands in the list."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from register.models import Contribution, ContributionQuerySet

# How an address writes a number; no database holds one of more digits.
NUMBER = r"[0-9]{1,18}"


@dataclass(frozen=True)
class Slice:
    """Some rows in order, and the numbers from which the neighbouring pages go on."""

    rows: list[Any]
    newer: int | None
    older: int | None


def newest_first(
    queryset: ContributionQuerySet, *, within: Any, address: QueryDict, size: int
) -> Slice:
    """The rows that `?after=<number>` or `?before=<number>` asks for.

    `after` means further down the list, so older. The number is looked up in `within`,
    the rows that may be named: one hidden since still says where the reader was.
    Raises Http404 when it is none of them.
    """
    if "before" in address:
        newer = queryset.after(_row(within, address["before"])).in_order()
        rows = list(newer[: size + 1])
        rows, is_first = rows[:size][::-1], len(rows) <= size
        is_last = False
    else:
        is_first = "after" not in address
        if not is_first:
            queryset = queryset.before(_row(within, address["after"]))
        rows = list(queryset.in_order().reverse()[: size + 1])
        rows, is_last = rows[:size], len(rows) <= size
    return Slice(
        rows=rows,
        newer=rows[0].number if rows and not is_first else None,
        older=rows[-1].number if rows and not is_last else None,
    )


def _row(within: Any, number: str) -> Contribution:
    if not re.fullmatch(NUMBER, number):
        raise Http404
    row: Contribution | None = within.filter(pk=int(number)).first()
    if row is None:
        raise Http404
    return row
