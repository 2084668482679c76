"""What may be meant while somebody is still typing in a search box."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Institution
from consultation.addresses import address_of, query_of
from consultation.caching import public_page, search_version
from consultation.views.people import public_institutions
from register.models import Contribution, ContributionQuerySet, Theme
from search.beginnings import beginnings_of, holds_words_that_begin_so
from search.engines import engine

MOST_CONTRIBUTIONS = 6
MOST_OTHERS = 3
# Of those whose names fit, so many are asked about: some have nothing public.
MOST_ASKED_ABOUT = 50


@dataclass(frozen=True)
class Suggestion:
    """A line of the list: where it leads, and in which language it is written."""

    address: str
    words: str
    kind: str = ""
    number: int | None = None
    language: str = ""


@public_page(search_version)
def suggestions(request: HttpRequest, at: datetime) -> HttpResponse:
    """A piece of a page, which `suggest.js` puts under the box."""
    typed = request.GET.get("q", "")
    beginnings = beginnings_of(typed)
    groups = {}
    if beginnings:
        shown = Contribution.objects.visible().begun(at)
        groups = {
            _("Contributions"): _contributions(typed, shown, at),
            _("Themes"): _themes(beginnings, shown),
            _("Institutions"): _institutions(beginnings, at),
        }
    context = {"groups": groups, "count": sum(map(len, groups.values()))}
    return render(request, "consultation/_suggestions.html", context)


def _contributions(
    typed: str, shown: ContributionQuerySet, at: datetime
) -> list[Suggestion]:
    numbers = engine().suggest(typed, at=at, size=MOST_CONTRIBUTIONS)
    titled = Coalesce("proposal__title", "argument__title", "source__title")
    found = shown.annotate(title=titled).in_bulk(numbers)
    return [
        Suggestion(
            address=address_of("permalink", row.number),
            words=row.title,
            kind=capfirst(row.get_kind_display()),
            number=row.number,
            language=row.language,
        )
        for row in map(found.get, numbers)
        if row
    ]


def _themes(beginnings: list[str], shown: ContributionQuerySet) -> list[Suggestion]:
    """Each leads to what bears it."""
    keys = Theme.objects.filter(key__contains=beginnings[0]).values_list("pk", "key")
    borne = Exists(shown.filter(theme_links__tag=OuterRef("pk")))
    rows = Theme.objects.filter(borne, pk__in=_called(keys, beginnings))
    search = reverse("consultation:search")
    return [
        Suggestion(address=search + query_of({"theme": slug}), words=name)
        for name, slug in rows.values_list("name", "slug")[:MOST_OTHERS]
    ]


def _institutions(beginnings: list[str], at: datetime) -> list[Suggestion]:
    names = Institution.objects.values_list("pk", "name")
    called = _called(names, beginnings)
    if not called:
        return []
    rows = public_institutions(at).filter(pk__in=called)
    return [
        Suggestion(address=address_of("consultation:institution", slug), words=name)
        for name, slug in rows.values_list("name", "slug")[:MOST_OTHERS]
    ]


def _called(names: Iterable[tuple[int, str]], beginnings: list[str]) -> list[int]:
    fitting = (pk for pk, name in names if holds_words_that_begin_so(name, beginnings))
    return [pk for pk, _place in zip(fitting, range(MOST_ASKED_ABOUT), strict=False)]
