"""What is asked of a search and what it answers: plain data, for any engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from django.db import models
from django.utils.translation import pgettext_lazy

from search.analysis import stems
from search.facets import Facet
from search.typed import Typed
from search.weighing import occurrences, weights

# How many results a page shows, and how many follow that hold part of the words.
PAGE_SIZE = 20
PARTLY_SIZE = 20

Chosen = Mapping[Facet, frozenset[str]]


class Sort(models.TextChoices):
    """The orders in which results can be read."""

    RELEVANCE = "relevance", pgettext_lazy("order of results", "most relevant")
    NEWEST = "newest", pgettext_lazy("order of results", "newest")
    SUPPORTED = "supported", pgettext_lazy("order of results", "most supported")


@dataclass(frozen=True)
class Place:
    """Where in an order a page of results ends: the last row's key and number."""

    key: int
    number: int


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for, among what, in which order, and from where on."""

    typed: Typed
    # Of one facet any of the values will do; of several facets, each counts.
    chosen: Chosen = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    after: Place | None = None
    size: int = PAGE_SIZE


@dataclass(frozen=True)
class SearchResults:
    """A page of what holds all the words, and on the last one what holds some.

    `total` and `counts` are of what holds all the words. A facet's values are counted
    among what the other facets leave, so that a second value can still be chosen.
    """

    total: int = 0
    numbers: Sequence[int] = ()
    following: Place | None = None
    partly: Sequence[int] = ()
    counts: Mapping[Facet, Counter[str]] = field(default_factory=dict)
    # The stems that are marked in what is shown.
    wanted: frozenset[str] = frozenset()
    # The words that nothing public holds, where nothing holds all of them.
    missing: Sequence[str] = ()
    # What was probably meant, where nothing holds what was typed.
    correction: str = ""
    # The server did not answer, or is late: the site's own database did.
    is_instead: bool = False


@dataclass(frozen=True)
class Near:
    """A contribution that says something like a text, and how much like it: 0 to 1."""

    number: int
    closeness: float
    debate: int
    # Of an argument.
    side: str = ""


@dataclass(frozen=True)
class Like:
    """A text, and where what is like it is looked for."""

    title: str
    text: str
    language: str
    kind: str
    # Only what hangs on this one; and not the text itself, where it is public already.
    under: int | None = None
    apart_from: int | None = None

    @cached_property
    def weights(self) -> dict[str, int]:
        """What each of its stems weighs in it, as in what can be found."""
        title, text = (stems(each, self.language) for each in (self.title, self.text))
        return weights(occurrences(title, text))

    def heaviest(self, count: int) -> list[str]:
        """The stems that weigh most in it, which say best what it is about."""
        own = self.weights
        return sorted(own, key=lambda stem: (-own[stem], stem))[:count]


class SearchEngine(Protocol):
    """What each engine does. Nothing that readers cannot read is ever answered."""

    def search(self, query: SearchQuery, *, at: datetime) -> SearchResults:
        """What answers a question, among debates that have begun."""

    def suggest(self, typed: str, *, at: datetime, size: int) -> list[int]:
        """Numbers whose titles hold words that begin as these do, the newest first."""

    def similar(self, like: Like, *, at: datetime, size: int) -> list[Near]:
        """What says something like a text, the closest first."""
