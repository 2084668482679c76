"""What a search can be narrowed by, in words, with how much that would leave."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Institution
from arguments.enums import Side
from consultation.searching import Search
from register.enums import ContributionKind
from register.models import Debate, Section, Theme
from search.facets import CITIZENS, WITH_SOURCES, Facet
from search.query import SearchResults

# How many values of a facet are shown; the rest is folded.
SHOWN = 8
# As many as anybody reads, however many themes people think of.
PRINTED = 60
NAMES = {
    Facet.KIND: {
        ContributionKind.PROPOSAL: _("Proposals"),
        ContributionKind.ARGUMENT: _("Arguments"),
        ContributionKind.SOURCE: _("Sources"),
        ContributionKind.RESPONSE: _("Official responses"),
    },
    Facet.SIDE: {
        Side.FOR: pgettext_lazy("facet of a search", "For"),
        Side.AGAINST: pgettext_lazy("facet of a search", "Against"),
    },
    Facet.SIGNED: {CITIZENS: _("Citizens")},
    Facet.SOURCED: {WITH_SOURCES: _("With sources")},
}
# Whose values stand in an order of their own, and not by how many there are.
IN_ORDER = (Facet.KIND, Facet.SIDE)
ROWS: dict[Facet, tuple[Any, str]] = {
    Facet.DEBATE: (Debate, "title"),
    Facet.SECTION: (Section, "title"),
    Facet.THEME: (Theme, "name"),
    Facet.SIGNED: (Institution, "name"),
}


@dataclass(frozen=True)
class Value:
    """One value of a facet, and the search that has it, or no longer has it."""

    facet: Facet
    address: str
    name: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class FacetShown:
    facet: Facet
    shown: list[Value] = field(default_factory=list)
    folded: list[Value] = field(default_factory=list)


@dataclass(frozen=True)
class Narrowing:
    """All that a search can be narrowed by, and what it is narrowed by now."""

    facets: list[FacetShown]
    chosen: list[Value]


def narrowing(search: Search, results: SearchResults) -> Narrowing:
    """For the price of one query for each facet whose values are rows."""
    facets, chosen = [], []
    for facet in Facet:
        values = _values(facet, search, results.counts.get(facet, Counter()))
        chosen += [each for each in values if each.is_chosen]
        if _says_something(facet, values, search, results):
            folded = values[SHOWN:PRINTED]
            facets.append(FacetShown(facet, values[:SHOWN], folded))
    return Narrowing(facets, chosen)


def _says_something(
    facet: Facet, values: list[Value], search: Search, results: SearchResults
) -> bool:
    """What all results have narrows nothing; sections say something of one debate."""
    if any(each.is_chosen for each in values):
        return True
    debates = results.counts.get(Facet.DEBATE, ())
    if facet is Facet.SECTION and len(search.chosen.get(Facet.DEBATE, debates)) != 1:
        return False
    return any(each.count < results.total for each in values)


def _values(facet: Facet, search: Search, counts: Counter[str]) -> list[Value]:
    """Chosen ones first, so that none of them is folded away."""
    named = search.named.get(facet, {})
    counted: Counter[str] = Counter()
    names: dict[str, str] = {}
    chosen = search.chosen.get(facet, frozenset())
    for key, (address, name) in _named(facet, {*counts, *chosen}).items():
        counted[address] += counts[key]
        names[address] = name
    values = [
        _value(facet, address, search, (names[address], count, address in named))
        for address, count in counted.items()
    ]
    return sorted(values, key=_order)


def _value(
    facet: Facet, address: str, search: Search, said: tuple[str, int, bool]
) -> Value:
    name, count, is_chosen = said
    other = search.without_value if is_chosen else search.with_value
    query = other(facet, address).query()
    return Value(facet, address, name, count, is_chosen, query)


def _order(value: Value) -> tuple[Any, ...]:
    if value.facet in IN_ORDER:
        return (list(NAMES[value.facet]).index(value.address),)
    if value.facet is Facet.MONTH:
        return (not value.is_chosen, -int(value.address.replace("-", "")))
    return (not value.is_chosen, -value.count, value.name)


def _named(facet: Facet, keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """By key, how an address writes it and what it is called."""
    if facet is Facet.MONTH:
        return {key: (key, _month(key)) for key in keys}
    fixed = NAMES.get(facet, {})
    named = {key: (key, str(fixed[key])) for key in keys if key in fixed}
    if rows := [key for key in keys if key not in fixed]:
        model, name = ROWS[facet]
        found = model.objects.filter(pk__in=rows).order_by()
        for pk, slug, called in found.values_list("pk", "slug", name):
            named[str(pk)] = (slug, called)
    return named


def _month(key: str) -> str:
    year, month = key.split("-")
    return date_format(date(int(year), int(month), 1), "F Y")
