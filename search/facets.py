"""What a search can be narrowed by, and how it is kept."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.models import FacetSet


class Facet(models.TextChoices):
    """Each says something of a contribution; themes alone can be several."""

    DEBATE = "debate", _("Debate")
    KIND = "kind", _("Kind")
    SIDE = "side", _("Side")
    SECTION = "section", pgettext_lazy("facet of a search", "Section")
    THEME = "theme", _("Theme")
    SIGNED = "signed", _("Said by")
    MONTH = "month", _("Month")
    SOURCED = "sourced", _("Sources")


# Values of facets that are no key of a row; no institution's address holds a tilde.
CITIZENS = "~citizens"
WITH_SOURCES = "yes"


@dataclass(frozen=True)
class Facets:
    """Of one contribution; keys of rows, and a month such as `2026-03`."""

    debate: int
    kind: str
    side: str
    section: int | None
    institution: int | None
    month: str
    is_sourced: bool
    themes: tuple[int, ...]

    @cached_property
    def content(self) -> str:
        values = (getattr(self, each.name) for each in fields(self))
        return json.dumps(list(values), separators=(",", ":"))

    @cached_property
    def key(self) -> int:
        """Made from the content, in 56 bits: nobody has to ask for it."""
        digest = hashlib.sha256(self.content.encode()).digest()
        return int.from_bytes(digest[:7])

    def values(self, facet: Facet) -> tuple[str, ...]:
        """What it says of one facet, as an address writes it."""
        return self._values[facet]

    @cached_property
    def _values(self) -> dict[Facet, tuple[str, ...]]:
        single: dict[Facet, object] = {
            Facet.DEBATE: self.debate,
            Facet.KIND: self.kind,
            Facet.SIDE: self.side,
            Facet.SECTION: self.section,
            Facet.SIGNED: self.institution or CITIZENS,
            Facet.MONTH: self.month,
            Facet.SOURCED: WITH_SOURCES if self.is_sourced else None,
        }
        values = {facet: (str(one),) if one else () for facet, one in single.items()}
        return values | {Facet.THEME: tuple(map(str, self.themes))}


def facets_of(content: str) -> Facets:
    *others, themes = json.loads(content)
    return Facets(*others, themes=tuple(themes))


def month_of(instant: datetime) -> str:
    """By the clocks of the site, as readers are shown it."""
    return f"{instant.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m}"


# What a number means never changes, so each process asks for it once.
_known: dict[int, Facets] = {}


def sets_where(is_meant: Callable[[Facets], bool]) -> list[int]:
    """The keys of those of all the sets that are meant."""
    known = known_facets(FacetSet.objects.values_list("key", flat=True))
    return [key for key, facets in known.items() if is_meant(facets)]


def known_facets(keys: Iterable[int]) -> dict[int, Facets]:
    """What these numbers mean."""
    keys = set(keys)
    if missing := keys - _known.keys():
        rows = FacetSet.objects.filter(key__in=missing).values_list("key", "content")
        _known.update((key, facets_of(content)) for key, content in rows)
    return {key: _known[key] for key in keys}
