"""In the admin: moving the period of a debate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from journal.clock import database_now
from moderation.actions import move_and_announce
from moderation.period_forms import MotiveForm, PeriodForm, earlier_end
from register.actions import PeriodNotMoved
from register.enums import DebateState
from register.models import Debate
from register.views import way_to


@permission_required("register.add_periodmove")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a debate another end and, before it opens, another opening."""
    debate = get_object_or_404(Debate, pk=pk)
    form = PeriodForm(_sent(request), debate=debate)
    return _answer(request, debate, form, lambda: form.period)


@permission_required("register.add_periodmove")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an end that was brought forward back where it was."""
    debate = get_object_or_404(Debate, pk=pk)
    last = earlier_end(debate, database_now())
    if last is None:
        messages.warning(request, _("There is no earlier end to cancel."))
        return redirect("move_period", pk)
    form = MotiveForm(_sent(request))
    period = (debate.opens_at, last.closes_at_before)
    return _answer(request, debate, form, lambda: period, cancels=True)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: HttpRequest,
    debate: Debate,
    form: MotiveForm,
    period: Callable[[], tuple[datetime, datetime]],
    *,
    cancels: bool = False,
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, debate, form, cancels=cancels)
    if not form.is_valid():
        return _page(request, debate, form, cancels=cancels, status=422)
    opens_at, closes_at = period()
    try:
        move_and_announce(
            debate=debate,
            opens_at=opens_at,
            closes_at=closes_at,
            motive=form.cleaned_data["motive"],
            actor=request.user,
        )
    except PeriodNotMoved:
        form.add_error(
            None,
            _(
                "The period cannot be moved so any more: it has begun or ended"
                " meanwhile. Nothing was changed."
            ),
        )
        debate.refresh_from_db()
        return _page(request, debate, form, cancels=cancels, status=409)
    messages.success(request, _("The period is moved; who took part is told by mail."))
    return redirect("move_period", debate.pk)


def _page(
    request: HttpRequest,
    debate: Debate,
    form: MotiveForm,
    *,
    cancels: bool,
    status: int = 200,
) -> HttpResponse:
    now = database_now()
    context: dict[str, Any] = {
        "debate": debate,
        "form": form,
        "media": form.media,
        "cancels": cancels,
        "has_ended": debate.state(now) is DebateState.ENDED,
        "earlier_end": earlier_end(debate, now),
        "moves": debate.moves.order_by("-moved_at", "-pk"),
        "back": reverse("debates:edit", args=(debate.pk,)),
        "header_title": _("Period: %(debate)s") % {"debate": debate},
        "header_icon": "calendar-alt",
        "breadcrumbs_items": way_to(debate, _("Move the period")),
    }
    return render(request, "moderation/admin/period.html", context, status=status)
