"""What is like a proposal, and like what somebody is writing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultation.caching import public_page, search_version
from consultation.nearby import KINDS, Nearby, proposals_nearby, said_before
from consultation.participation import PARTICIPATIONS
from consultation.reader import reader_of
from journal.clock import database_now
from proposals.models import Proposal
from register.enums import Writing
from register.forms import KeyedForm
from register.models import Debate


@public_page(search_version)
def nearby(request: HttpRequest, at: datetime, number: str) -> HttpResponse:
    """The proposals that are like one: a page, which a script takes the list from.

    A proposal's own page is known again without asking what others say, so it cannot
    show them itself: here every act on the site makes another version.
    """
    rows = Proposal.objects.visible().begun(at).select_related("debate")
    row = get_object_or_404(rows.prefetch_related("appendices"), pk=number)
    context = {"proposal": row, "nearby": proposals_nearby(row, at)}
    return render(request, "consultation/nearby.html", context)


@never_cache
@require_POST
def while_proposing(request: HttpRequest, slug: str) -> HttpResponse:
    debate = get_object_or_404(Debate, slug=slug)
    return _said_before(request, debate.pk, Writing.PROPOSE)


@never_cache
@require_POST
def while_arguing(request: HttpRequest, number: str) -> HttpResponse:
    return _said_before(request, int(number), Writing.ARGUE)


def _said_before(request: HttpRequest, number: int, writing: Writing) -> HttpResponse:
    """For the script: what is like the words that were sent, of which nothing is kept.

    Nothing at all when nothing is.
    """
    typed = request.POST.dict()
    found = _found(writing, number, typed, author=reader_of(request))
    if not found:
        return HttpResponse()
    context = {"found": found, "writing": writing.value, "is_asked": False}
    return render(request, "components/said_before.html", context)


def found_before(form: KeyedForm, writing: Writing) -> list[Nearby]:
    """What others said already that is like a form. No fault of it costs an act."""
    try:
        return _found(writing, form.target.pk, form.data, author=form.author)
    except DatabaseError:
        return []


def while_address(writing: Writing, target: Any) -> str:
    """Where the script asks for it, of what others may have said already."""
    if writing not in KINDS:
        return ""
    about = target.slug if writing == Writing.PROPOSE else target.pk
    return reverse(f"consultation:while-{writing}", args=(about,))


def _found(
    writing: Writing, number: int, typed: Mapping[str, str], *, author: Any
) -> list[Nearby]:
    at = database_now()
    target = writing in KINDS and PARTICIPATIONS[writing].find(number, at)
    if not target:
        return []
    return said_before(writing, target, typed, at=at, author=author)
