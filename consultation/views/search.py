"""Searching everything that is public."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultation.addresses import address_of
from consultation.caching import public_page, search_version
from consultation.facets import narrowing
from consultation.found import found
from consultation.searching import Search, is_canonical, search_at
from consultation.templatetags.figures import figure
from consultation.templatetags.texts import shortened
from register.models import Contribution
from search.demands import count_search
from search.engines import engine
from search.typed import too_common

# How much of what was typed the heading says again.
WORDS_SHOWN = 80


@public_page(search_version)
def search(request: HttpRequest, at: datetime) -> HttpResponse:
    """What holds the words, what it can be narrowed by, and what holds part of them.

    Without words, everything, the newest first. A number alone leads to what bears it.
    """
    asked = search_at(request.GET, at)
    if not is_canonical(request.GET):
        return redirect(request.path + asked.query(asked.after).removesuffix("?"))
    if asked.typed.number is not None and _was_public(asked.typed.number, at):
        return redirect(address_of("permalink", asked.typed.number))
    query = asked.as_query
    results = engine().search(query, at=at)
    count_search(asked.words, query=query, is_vain=not results.total, at=at)
    rows = found(asked, results, at)
    following = results.following
    context = {
        "search": asked,
        "heading": _heading(asked, results.total),
        "is_debate_said": not asked.debate,
        "results": results,
        "narrowing": narrowing(asked, results),
        "listed": [rows[number] for number in results.numbers if number in rows],
        "partly": [rows[number] for number in results.partly if number in rows],
        "following": asked.query(following) if following else "",
        "too_common": () if results.total else too_common(asked.typed),
        "correction": _corrected(asked, results.correction),
        "canonical": asked.query(asked.after).removesuffix("?"),
    }
    response = render(request, "consultation/search.html", context)
    if results.is_instead:
        # It says so, and is asked for again.
        response["Cache-Control"] = "no-store"
    return response


def _heading(asked: Search, total: int) -> str:
    """The total, and no other figure."""
    if not asked.is_asked:
        return pgettext("verb", "Search")
    words = shortened(asked.words, WORDS_SHOWN)
    if not total:
        return _("No result for “%(words)s”") % {"words": words}
    return ngettext(
        "%(shown)s result for “%(words)s”", "%(shown)s results for “%(words)s”", total
    ) % {"shown": figure(total), "words": words}


def _was_public(number: int, at: datetime) -> bool:
    return Contribution.objects.recorded().begun(at).filter(pk=number).exists()


def _corrected(asked: Search, words: str) -> Search | None:
    return asked.instead(words) if words else None
