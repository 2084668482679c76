"""What somebody typed and has not posted: kept as they write, listed, thrown away."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from consultation.addresses import query_of
from consultation.drafts import (
    draft_named,
    forget_draft,
    keep_draft,
    key_of,
    places_of,
)
from consultation.paging import Order, slice_of
from consultation.participation import PARTICIPATIONS, posted_number
from journal.clock import database_now
from moderation.enums import DecisionKind
from moderation.models import Decision
from register.actions import confirm_contributions
from register.enums import Status, Writing
from register.models import Contribution, Draft

DRAFTS_PER_PAGE = 20
# What was received of somebody and that they alone can read.
NOT_PUBLIC = (Status.WAITING, Status.UNPUBLISHED)
LATEST = Order(("saved_at", "key"))
# The fields of any form in which somebody writes at length.
WORDS = ("title", "text", "note")


@never_cache
@require_POST
def keep(request: HttpRequest, number: str, writing: str) -> HttpResponse:
    """Keep a draft while somebody writes; the page says at what time it was."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    participation = PARTICIPATIONS[Writing(writing)]
    target = participation.find(int(number), database_now())
    form = participation.form(request.POST, author=request.user, target=target)
    # What was posted while this was on its way is no draft any more.
    key = key_of(request.POST)
    posted = key and posted_number(participation, key, request.user, target)
    draft = not posted and keep_draft(
        form, writing=writing, owner=request.user, key=key
    )
    if not draft:
        return JsonResponse({}, status=409)
    kept_at = timezone.localtime(draft.saved_at).strftime("%H:%M")
    return JsonResponse({"said": _("Draft kept at %(hour)s.") % {"hour": kept_at}})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """What one typed and has not posted, the latest first; one may throw one away.

    And what was received before one's address was confirmed: one may publish it now.
    """
    if request.method == "POST":
        if key := key_of(request.POST):
            forget_draft(key, request.user)
        elif request.user.is_confirmed:
            confirm_contributions(author=request.user)
        return redirect(request.get_full_path())
    mine = request.user.drafts.all()
    try:
        listed = slice_of(
            mine,
            order=LATEST,
            within=mine,
            address=request.GET,
            size=DRAFTS_PER_PAGE,
            named=draft_named,
        )
    except Http404:  # that from which the address goes on was posted or thrown away
        return redirect(request.path)
    received, at = _not_published(request.user), database_now()
    refused = [row for row in received if row.status == Status.UNPUBLISHED]
    waiting = [row for row in received if row not in refused and not row.is_held]
    context = {
        "listed": _with_places(listed.rows),
        "previous": listed.previous and query_of({"before": listed.previous}),
        "following": listed.following and query_of({"after": listed.following}),
        "held": [row for row in received if row not in refused and row.is_held],
        "refused": _with_refusals(refused),
        "waiting": waiting,
        "can_publish": any(row.debate.can_be_confirmed(at) for row in waiting),
    }
    return render(request, "consultation/drafts.html", context)


def _with_places(drafts: list[Draft]) -> list[dict[str, Any]]:
    places = places_of(drafts)
    return [
        {
            "draft": draft,
            "place": places.get(draft.key, ""),
            "words": [draft.fields.get(name, "") for name in WORDS],
        }
        for draft in drafts
    ]


def _with_refusals(rows: list[Contribution]) -> list[dict[str, Any]]:
    """With the decision that says why; what merely came too late has none."""
    if not rows:
        return []
    refusals = Decision.objects.in_force().filter(
        kind=DecisionKind.REFUSE, contribution__in=rows
    )
    why = {each.contribution_id: each for each in refusals}
    return [{"row": row, "decision": why.get(row.pk)} for row in rows]


def _not_published(author: User) -> list[Contribution]:
    """What waits or was refused, with the words of its kind, in the order it came."""
    waiting = [
        row
        for kind in Contribution.__subclasses__()
        for row in kind.objects.filter(author=author, status__in=NOT_PUBLIC)
        .annotate(is_held=F("submission__is_held"))
        .select_related("debate")
    ]
    return sorted(waiting, key=lambda row: row.pk)
