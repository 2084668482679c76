"""What somebody typed and has not posted: kept as they write, listed, thrown away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from consultation.drafts import forget_draft, keep_draft, key_of, place_of
from consultation.participation import PARTICIPATIONS, posted_number
from journal.clock import database_now
from register.actions import confirm_contributions, of_its_kind
from register.enums import Status, Writing


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
        return redirect(request.path)
    waiting = request.user.contributions.filter(status=Status.WAITING).select_related(
        "debate"
    )
    listed = [
        {
            "draft": draft,
            "place": place_of(draft),
            "words": [draft.fields.get(name, "") for name in ("title", "text", "note")],
        }
        for draft in request.user.drafts.all()
    ]
    at = database_now()
    context = {
        "listed": listed,
        "waiting": [of_its_kind(row.pk) for row in waiting],
        "can_publish": any(row.debate.can_be_confirmed(at) for row in waiting),
    }
    return render(request, "consultation/drafts.html", context)
