"""What a search found, as its page shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consultation.searching import Search
from consultation.summaries import (
    TITLE_LENGTH,
    Summary,
    said,
    summaries,
)
from consultation.templatetags.texts import shortened
from register.enums import ContributionKind
from register.models import Contribution
from search.documents import words_of
from search.highlighting import Piece, excerpt, marked
from search.query import SearchResults


@dataclass(frozen=True)
class Found:
    """A contribution in a line or two, with the words that were looked for marked."""

    summary: Summary
    title: list[Piece]
    words: list[Piece]


def found(search: Search, results: SearchResults, at: datetime) -> dict[int, Found]:
    """By number, what was found that can still be read.

    At the price of some queries for each kind, however much was found.
    """
    rows = summaries(_rows({*results.numbers, *results.partly}, at))
    return {each.row.number: _found(each, search, results.wanted) for each in rows}


def _rows(numbers: Collection[int], at: datetime) -> list[Any]:
    """Asked of the register again: an engine beside it may be late."""
    kinds = Contribution.objects.filter(pk__in=numbers).order_by()
    shown: list[Any] = []
    for kind in set(kinds.values_list("kind", flat=True)):
        rows = said(kind, at).filter(pk__in=numbers).order_by()
        shown += rows.with_author().with_words().select_related("debate")
    return shown


def _found(summary: Summary, search: Search, wanted: Collection[str]) -> Found:
    row = summary.row
    phrases = search.typed.phrases
    said_there = words_of(row)
    words = excerpt(said_there.text, wanted, row.language, phrases=phrases)
    if row.kind == ContributionKind.RESPONSE:
        return Found(summary, [Piece(summary.title, False)], words)
    if summary.is_titled:
        title = marked(said_there.title, wanted, row.language, phrases=phrases)
        return Found(summary, title, words)
    # Its first words stand for a title; they are not said twice for nothing.
    first = shortened(said_there.text, TITLE_LENGTH)
    title = marked(first, wanted, row.language, phrases=phrases)
    return Found(summary, title, words if _marks(words) > _marks(title) else [])


def _marks(pieces: list[Piece]) -> int:
    return sum(each.is_found for each in pieces)
