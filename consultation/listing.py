"""A debate's list of proposals: what its address says of order and filters."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Institution
from consultation.addresses import query_of
from consultation.paging import NEWEST, OLDEST, Order
from consultation.responses import answers_to
from proposals.models import Proposal
from register.enums import ContributionKind
from register.models import ContributionQuerySet, Debate, Section, Theme


class Sort(models.TextChoices):
    """The orders in which proposals can be read."""

    NEWEST = "newest", pgettext_lazy("order of proposals", "newest")
    OLDEST = "oldest", pgettext_lazy("order of proposals", "oldest")
    ARGUED = "argued", pgettext_lazy("order of proposals", "most argued")
    AGREED = "agreed", pgettext_lazy("order of proposals", "most agreed with")
    RANDOM = "random", pgettext_lazy("order of proposals", "at random")


ORDERS = {
    Sort.NEWEST: NEWEST,
    Sort.OLDEST: OLDEST,
    Sort.ARGUED: Order(("arguments", *NEWEST.keys)),
    Sort.AGREED: Order(("agree_count", *NEWEST.keys)),
    Sort.RANDOM: Order(("draw", "number")),
}
# Orders that people cannot see explained are distrusted.
EXPLANATIONS = {
    Sort.NEWEST: _("The latest proposal comes first."),
    Sort.OLDEST: _("The first proposal comes first."),
    Sort.ARGUED: _(
        "The proposal with most arguments, for and against together, comes first."
    ),
    Sort.AGREED: _("The proposal with most “agree” votes comes first."),
    Sort.RANDOM: _(
        "In an order drawn by lot, in which no proposal has an advantage. The address"
        " of this page keeps the draw: who opens it sees the same order."
    ),
}
# How many draws there are.
SEEDS = 100_000
# What an address may say of a list, beside where in it the page begins.
NAMES = ("section", "theme", "institution", "answered", "order")
# What the address says of a list of those alone that were officially answered.
ANSWERED = "yes"
# A prime: multiplying by what is smaller gives no two numbers below it the same place.
PRIME = 2_147_483_647


def drawn(seed: int) -> models.Expression:
    """A place in an order that looks random, and is the same for all who have the seed.

    In two steps, so that neighbouring numbers do not stay at a fixed distance; in
    integers of 64 bits on both databases.
    """
    number = F("number") % Value(PRIME)
    first = number * Value(48_271 + 2 * seed) % Value(PRIME)
    second = (number * Value(16_807) + Value(seed * 7_919 + 1)) % Value(PRIME)
    return models.ExpressionWrapper(
        first * second % Value(PRIME), output_field=models.BigIntegerField()
    )


@dataclass(frozen=True)
class Listing:
    """What is listed, in which order: all of it stands in the address."""

    debate: Debate
    sort: Sort = Sort.NEWEST
    seed: int | None = None
    section: Section | None = None
    theme: Theme | None = None
    institution: Institution | None = None
    is_answered: bool = False

    @property
    def is_filtered(self) -> bool:
        named = self.section or self.theme or self.institution
        return bool(named or self.is_answered)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    @property
    def explanation(self) -> str:
        return str(EXPLANATIONS[self.sort])

    def query(self, **paging: int) -> str:
        """The address's query, in one order; nothing that goes without saying."""
        said = {
            "section": self.section and self.section.slug,
            "theme": self.theme and self.theme.slug,
            "institution": self.institution and self.institution.slug,
            "answered": self.is_answered and ANSWERED,
            "order": self.sort.value if self.sort != Sort.NEWEST else None,
            "seed": self.seed,
        } | paging
        return query_of(said)

    def sorts(self) -> list[tuple[Sort, str]]:
        """Every order, and the query of this list in it; a seed comes on the way."""
        return [
            (sort, replace(self, sort=sort, seed=None).query() or "?") for sort in Sort
        ]

    def with_seed(self) -> "Listing":
        return replace(self, seed=secrets.randbelow(SEEDS - 1) + 1)

    def proposals(self) -> ContributionQuerySet:
        """What is listed, in no order yet.

        By institution or theme only what can be read: nothing says any more who made
        a proposal that was withdrawn.
        """
        rows = self.recorded()
        if self.section:
            rows = rows.filter(section=self.section)
        if self.is_answered:
            rows = rows.filter(Exists(answers_to(OuterRef("pk"))))
        if not self.theme and not self.institution:
            return rows.keeping_place()
        if self.theme:
            rows = rows.filter(theme_links__tag=self.theme)
        if self.institution:
            rows = rows.filter(institution=self.institution)
        return rows.readable()

    def recorded(self) -> ContributionQuerySet:
        """Every proposal of the debate by which a page can be named, filters or not.

        Of one that was hidden, an answer must not tell who made it, nor its themes.
        """
        rows = Proposal.objects.filter(
            debate=self.debate, kind=ContributionKind.PROPOSAL
        )
        if self.sort is Sort.ARGUED:
            rows = rows.annotate(arguments=F("for_count") + F("against_count"))
        if self.sort is Sort.RANDOM:
            rows = rows.annotate(draw=drawn(self.seed or 0))
        return rows.recorded()


@dataclass(frozen=True)
class SectionChoice:
    section: Section
    count: int
    query: str


@dataclass(frozen=True)
class Choices:
    """What a debate's list can be filtered by: nothing that would leave it empty."""

    sections: list[SectionChoice]
    all_sections: str
    themes: list[Theme]
    institutions: list[Institution]
    # The query of those alone that were answered, or of all again.
    answered: str

    @cached_property
    def section_titles(self) -> dict[int, str]:
        return {each.section.pk: each.section.title for each in self.sections}


def choices_for(
    listing: Listing, in_sections: dict[int | None, dict[str, int]], at: datetime
) -> Choices:
    """`in_sections` is how many of each kind can be read in each section."""
    proposals = Proposal.objects.none()
    if listing.debate.opens_at <= at:
        proposals = Proposal.objects.filter(debate=listing.debate).readable()
    with_theme = proposals.filter(theme_links__tag=OuterRef("pk"))
    signed_by = proposals.filter(institution=OuterRef("pk"))
    return Choices(
        sections=[
            SectionChoice(
                section=section,
                count=in_sections.get(section.pk, {}).get("proposal", 0),
                query=replace(listing, section=section).query(),
            )
            for section in listing.debate.sections.all()
        ],
        all_sections=replace(listing, section=None).query() or "?",
        answered=replace(listing, is_answered=not listing.is_answered).query() or "?",
        themes=list(Theme.objects.filter(Exists(with_theme))),
        institutions=list(
            Institution.objects.filter(Exists(signed_by)).order_by("name")
        ),
    )


def is_canonical(address: QueryDict) -> bool:
    """A form sends its empty fields too; they say nothing, so the address goes on."""
    return "" not in (address.get(name) for name in NAMES)


def listing_at(debate: Debate, address: QueryDict) -> Listing:
    """What an address asks for. Raises Http404 for what does not exist."""
    return Listing(
        debate=debate,
        sort=_sort(address.get("order") or Sort.NEWEST),
        seed=_seed(address),
        section=_named(debate.sections, address.get("section")),
        theme=_named(Theme.objects, address.get("theme")),
        institution=_named(Institution.objects, address.get("institution")),
        is_answered=address.get("answered") == ANSWERED,
    )


def _sort(name: str) -> Sort:
    if name not in Sort.values:
        raise Http404
    return Sort(name)


def _seed(address: QueryDict) -> int | None:
    """A seed says something of the random order alone."""
    seed = address.get("seed", "")
    if address.get("order") != Sort.RANDOM or not re.fullmatch(
        r"[1-9][0-9]{0,4}", seed
    ):
        return None
    return int(seed)


def _named(rows: Any, slug: str | None) -> Any:
    if not slug:
        return None
    # PostgreSQL takes no NUL in a text.
    row = None if "\0" in slug else rows.filter(slug=slug).first()
    if row is None:
        raise Http404
    return row
