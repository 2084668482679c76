"""What moderators decided: in public, for whom it concerns, and how to contest it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultation.caching import public_page, site_version
from consultation.decided import (
    PublicLine,
    decision_figures,
    listed_decisions,
    public_lines,
    register_version,
    usual_answer,
    with_lines,
)
from consultation.paging import Order, slice_of
from consultation.presentation import page_of
from consultation.reader import reader_of
from consultation.refusals import REFUSALS, TOO_OLD, refusal_of
from journal.clock import database_now
from moderation.actions import appeal_decision
from moderation.enums import DecisionKind
from moderation.forms import AppealForm
from moderation.models import Decision
from register.actions import of_its_kind
from register.models import Debate
from register.originals import as_received

DECISIONS_PER_PAGE = 50
LATEST = Order(("id",))


@public_page(register_version)
def register(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Every decision of a debate, the latest first, and figures; no word of any."""
    debate = get_object_or_404(Debate, slug=slug)
    page = page_of(debate)
    if page is None and at < debate.opens_at:
        raise Http404
    decisions = listed_decisions(debate)
    listed = slice_of(
        with_lines(decisions),
        order=LATEST,
        within=decisions,
        address=request.GET,
        size=DECISIONS_PER_PAGE,
    )
    context = {
        "debate": debate,
        "debate_page": page,
        "lines": public_lines(listed.rows),
        "figures": decision_figures(debate),
    } | _turns(listed)
    return render(request, "consultation/decisions.html", context)


@public_page(site_version)
def statement(request: HttpRequest, at: datetime, number: str) -> HttpResponse:
    """All of it for the author, whatever has become of their words or their account.

    For everybody else, what the public register says.
    """
    line = _line(int(number))
    if line is None:
        raise Http404
    return _page(request, line, at)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    """Receive an appeal. What keeps it from being received loses nothing typed."""
    line, author = _line(int(number)), reader_of(request)
    if request.method != "POST":
        return redirect("consultation:statement", number)
    if author is None:
        return _given_back(request, line, _log_in_again())
    if line is None or line.decision.contribution.author_id != author.pk:
        raise PermissionDenied
    form, at = AppealForm(request.POST), database_now()
    if not form.is_valid():
        return _page(request, line, at, form=form, status=422)
    text = form.cleaned_data["text"]
    try:
        appeal_decision(author=author, decision=line.decision, text=text)
    except (*REFUSALS, DatabaseError) as error:
        status, said = refusal_of(error)
        return _page(request, line, at, form=form, status=status, refusal=said)
    messages.success(request, _("Your appeal is received."))
    response = redirect("consultation:statement", line.decision.pk)
    response.status_code = 303
    return response


def give_appeal_back(request: HttpRequest, number: str) -> HttpResponse:
    """To who opened the page too long ago, or without cookies: what they typed."""
    return _given_back(request, _line(int(number)), TOO_OLD)


def _log_in_again() -> str:
    return _(
        "You are not logged in any more. Log in in another tab of your browser, then"
        " come back here and send it again."
    )


def _given_back(
    request: HttpRequest, line: PublicLine | None, why: Any
) -> HttpResponse:
    if line is None:
        raise PermissionDenied
    form = AppealForm(request.POST)
    return _page(request, line, database_now(), form=form, status=403, refusal=why)


@never_cache
@login_required
@require_safe
def own_words(request: HttpRequest, number: str) -> HttpResponse:
    """What one wrote that was decided about, or that hangs on it, as a plain text."""
    line = _line(int(number))
    if line is None:
        raise Http404
    decision, rows = line.decision, line.decision.touched(request.user)
    if not line.is_about_place:
        rows = rows.filter(pk=decision.contribution_id)
    rows = [as_received(of_its_kind(row.pk)) for row in rows]
    if not rows:
        raise Http404
    words = "\n\n\n".join(f"#{row.pk}\n\n{row.receipt_words}" for row in rows)
    name = f"decision-{decision.pk}.txt"
    return HttpResponse(
        words + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The decisions about one's own words and account, the latest first.

    Reports that changed nothing are not among them.
    """
    about_me = Decision.objects.filter(contribution__author=request.user).exclude(
        kind=DecisionKind.DISMISS
    )
    listed = slice_of(
        with_lines(about_me),
        order=LATEST,
        within=about_me,
        address=request.GET,
        size=DECISIONS_PER_PAGE,
    )
    context = {"lines": public_lines(listed.rows)} | _turns(listed)
    return render(request, "consultation/my_decisions.html", context)


def _turns(listed: Any) -> dict[str, str]:
    return {
        "previous": listed.previous and f"?before={listed.previous}",
        "following": listed.following and f"?after={listed.following}",
    }


def _line(number: int) -> PublicLine | None:
    found = with_lines(Decision.objects.filter(pk=number))
    rows = public_lines(found.select_related("contribution__debate"))
    return rows[0] if rows else None


def _page(
    request: HttpRequest,
    line: PublicLine,
    at: datetime,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    decision, reader = line.decision, reader_of(request)
    is_author = reader is not None and decision.contribution.author_id == reader.pk
    context = {
        "line": line,
        "decision": decision,
        "debate": decision.contribution.debate,
        "is_author": is_author,
        "form": said.get("form"),
        "refusal": said.get("refusal", ""),
        "touched": [],
        # Whoever typed one may send it, once logged in again.
        "can_appeal": True,
    }
    if is_author:
        context |= _for_the_author(line, at, said.get("form"))
    elif reader and line.is_about_place:
        context["touched"] = list(decision.touched(reader).recorded())
    return render(request, "consultation/statement.html", context, status=status)


def _for_the_author(line: PublicLine, at: datetime, form: Any) -> dict[str, Any]:
    decision, appeal = line.decision, line.appeal
    ended = bool(decision.undone_by_id) or decision.appealed_until <= at
    can_appeal = decision.is_restriction and not appeal and not ended
    is_waiting = appeal is not None and appeal.decided_at is None
    return {
        "words": as_received(of_its_kind(decision.contribution_id)).receipt_words,
        "form": form or (AppealForm() if can_appeal else None),
        "can_appeal": can_appeal,
        "waited": at - appeal.appealed_at if appeal and is_waiting else None,
        "usual_answer": usual_answer() if is_waiting or can_appeal else None,
    }
