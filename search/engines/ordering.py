"""The orders of results, and where each page of them goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from register.models import Contribution
from search.engines.statements import Statement
from search.query import Place, SearchQuery, Sort

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def within(found: Statement, asked: Statement) -> list[tuple[Any, ...]]:
    """What is asked of `f`: number, facets and score of what was found."""
    with_found = f"WITH f AS ({found.sql}) {asked.sql}"
    return Statement(with_found, (*found.parameters, *asked.parameters)).rows()


def in_order(chosen: Statement, query: SearchQuery) -> Statement:
    """The rows of a page and one more, in the order that is asked for."""
    joined, key, order = "", "f.score", "f.score"
    if query.sort is not Sort.RELEVANCE:
        joined = "JOIN register_contribution AS c ON c.number = f.number"
    if query.sort is Sort.SUPPORTED:
        key = order = "c.agree_count + c.support_count"
    if query.sort is Sort.NEWEST:
        key, order = "0", "c.submitted_at"
    beyond = Statement("1 = 1")
    if query.after and query.sort is Sort.NEWEST:
        beyond = _older(query.after)
    elif query.after:
        beyond = _worth_less(key, joined, chosen, query.after)
    return Statement(
        f"SELECT f.number, {key} AS key, 1 AS part FROM f {joined}"
        f" WHERE {chosen.sql} AND {beyond.sql}"
        f" ORDER BY {order} DESC, f.number DESC LIMIT %s",
        (*chosen.parameters, *beyond.parameters, query.size + 1),
    )


def _older(after: Place) -> Statement:
    """An instant never changes, so the address holds it: no row has to be read."""
    try:
        instant = EPOCH + after.key * MICROSECOND
    except OverflowError:
        instant = datetime.max.replace(tzinfo=UTC)
    adapted = connection.ops.adapt_datetimefield_value(instant)
    return Statement("(c.submitted_at, f.number) < (%s, %s)", (adapted, after.number))


def _worth_less(key: str, joined: str, chosen: Statement, after: Place) -> Statement:
    """Less than the last row is worth now: every act changes how rare words are.

    Where that row is no longer among what is chosen, or never was, less than what the
    address says: it would tell what is not public yet.
    """
    last = f"SELECT {key} FROM f {joined} WHERE f.number = %s AND {chosen.sql}"
    return Statement(
        f"({key}, f.number) < (coalesce(({last}), %s), %s)",
        (after.number, *chosen.parameters, after.key, after.number),
    )


def place(query: SearchQuery, number: int, key: int) -> Place:
    """Where the page ends whose last row has this number, and this key in its order."""
    if query.sort is not Sort.NEWEST:
        return Place(key=key, number=number)
    submitted = Contribution.objects.values_list("submitted_at", flat=True)
    instant = submitted.get(pk=number)
    return Place(key=microseconds(instant), number=number)


def microseconds(instant: datetime) -> int:
    """Since 1970: a page's place by date, in whole numbers."""
    return (instant - EPOCH) // MICROSECOND
