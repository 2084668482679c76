"""In the admin: closing a debate that has ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from journal.clock import database_now
from moderation.actions import (
    AlreadyClosed,
    NotAsReceived,
    NotEnded,
    StillChanging,
    StillWaiting,
    close_debate,
    record_as_unpublished,
)
from moderation.closing import figures_of, waiting_in
from moderation.enums import Pending
from moderation.models import Closing
from moderation.permissions import can_close
from register.enums import ContributionKind, DebateState, Status
from register.models import Debate

UNPUBLISH = "unpublish"
# Of what waits, how many numbers are links.
LINKED_AT_MOST = 50


class ClosingForm(forms.Form):
    motive = forms.CharField(
        label=gettext_lazy("Motive"),
        help_text=gettext_lazy("Shown in the minutes. It may stay empty."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """What still waits, the figures, and the act that cannot be undone."""
    if not can_close(request.user):
        raise PermissionDenied
    debate = get_object_or_404(Debate, pk=pk)
    if request.method != "POST":
        return _page(request, debate, ClosingForm())
    if UNPUBLISH in request.POST:
        return _unpublish(request, debate)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, debate, form, status=422)
    try:
        close_debate(
            debate=debate, actor=request.user, motive=form.cleaned_data["motive"]
        )
    except tuple(REFUSALS) as error:
        messages.error(request, _sentence(error))
        return _page(request, debate, form, status=409)
    messages.success(request, _("The debate is closed, and its record is sealed."))
    return redirect(request.path)


def _unpublish(request: HttpRequest, debate: Debate) -> HttpResponse:
    count = len(record_as_unpublished(debate=debate, actor=request.user))
    said = ngettext(
        "%(count)s contribution is recorded as never published.",
        "%(count)s contributions are recorded as never published.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect(request.path)


REFUSALS = {
    AlreadyClosed: gettext_lazy("This debate is closed already."),
    NotEnded: gettext_lazy("This debate has not ended."),
    StillWaiting: gettext_lazy("Something still waits: decide about it first."),
    StillChanging: gettext_lazy("Somebody acts on this debate now. Try again."),
    NotAsReceived: gettext_lazy("The record does not hold what was received:"),
}


def _sentence(error: Exception) -> str:
    said = str(REFUSALS[type(error)])
    if isinstance(error, NotAsReceived):
        said = " ".join([said, *error.sentences[:LINKED_AT_MOST]])
    return said


def _page(
    request: HttpRequest, debate: Debate, form: ClosingForm, *, status: int = 200
) -> HttpResponse:
    at = database_now()
    has_ended = debate.state(at) is DebateState.ENDED
    is_to_close = has_ended and debate.closed_at is None
    waiting = waiting_in(debate, at) if is_to_close else {}
    context: dict[str, Any] = {
        "debate": debate,
        "form": form,
        "closing": Closing.objects.filter(debate=debate).first(),
        "has_ended": has_ended,
        "is_to_close": is_to_close,
        "waiting": [
            {
                "label": why.label,
                "can_be_recorded": why == Pending.TOO_LATE,
                "count": len(numbers),
                "numbers": numbers[:LINKED_AT_MOST],
            }
            for why, numbers in waiting.items()
        ],
        "figures": _figures(debate) if is_to_close else [],
        "header_title": _("Close the debate: %(debate)s") % {"debate": debate},
        "header_icon": "lock",
        "breadcrumbs_items": _way_here(debate),
    }
    return render(request, "moderation/close.html", context, status=status)


def _figures(debate: Debate) -> list[tuple[str, int]]:
    figures = figures_of(debate)
    by_kind = [
        (
            f"{ContributionKind(kind).label}, {Status(status).label}",
            count,
        )
        for kind, statuses in sorted(figures["contributions"].items())
        for status, count in sorted(statuses.items())
    ]
    votes = sum(figures[each] for each in ("agree", "mixed", "disagree"))
    return [
        *by_kind,
        (_("votes"), votes),
        (_("participants"), figures["participants"]),
        (_("decisions"), sum(figures["decisions"].values())),
    ]


def _way_here(debate: Debate) -> list[dict[str, Any]]:
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("debates:index"), "label": _("Debates")},
        {"url": reverse("debates:edit", args=(debate.pk,)), "label": str(debate)},
        {"url": "", "label": _("Close the debate")},
    ]
