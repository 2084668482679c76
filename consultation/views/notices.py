"""Notices of illegal content, which anyone may give without an account."""

from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultation import targets
from consultation.reader import reader_of
from consultation.refusals import TOO_OLD, refusal_of
from journal.clock import database_now
from moderation.actions import give_notice
from moderation.forms import NoticeForm
from moderation.models import Report
from register.actions import TargetGone, TooMany


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a contribution breaks a law; a moderator reads it, a mail answers."""
    target = targets.anything(int(number), database_now())
    if request.method == "POST":
        return _received(request, target, NoticeForm(request.POST))
    if not target:
        raise Http404
    reader = reader_of(request)
    known = {"name": reader.display_name, "email": reader.email} if reader else {}
    return _page(request, target, NoticeForm(initial=known))


def give_notice_back(request: HttpRequest, number: str) -> HttpResponse:
    """To who opened the page too long ago, or without cookies: what they typed."""
    target = targets.anything(int(number), database_now())
    form = NoticeForm(request.POST)
    return _page(request, target, form, status=403, refusal=TOO_OLD)


def _received(request: HttpRequest, target: Any, form: NoticeForm) -> HttpResponse:
    """Sent again, it is the same notice: who reloads the page changes nothing."""
    if not target:
        return _page(request, None, form, status=404)
    if not form.is_valid():
        return _page(request, target, form, status=422)
    try:
        report = _given(target, form)
    except TargetGone:
        return _page(request, None, form, status=404)
    except TooMany as error:
        return _page(request, target, form, status=429, refusal=_too_many(error))
    except DatabaseError as error:
        status, sentence = refusal_of(error)
        return _page(request, target, form, status=status, refusal=sentence)
    return _page(request, target, form, report=report)


def _given(target: Any, form: NoticeForm) -> Report:
    said = form.cleaned_data
    return give_notice(
        contribution=target,
        name=said["name"],
        email=said["email"],
        text=said["text"],
        language=get_language(),
        is_acknowledged=not form.is_held,
    )


def _too_many(error: TooMany) -> str:
    return _(
        "As many notices as the site takes within an hour have come in. You can send"
        " this one from %(hour)s on; keep this page open."
    ) % {"hour": timezone.localtime(error.again_at).strftime("%H:%M")}


def _page(
    request: HttpRequest,
    target: Any,
    form: NoticeForm,
    *,
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    context = {
        "target": target,
        "form": form,
        "refusal": said.get("refusal", ""),
        "report": said.get("report"),
    }
    return render(request, "consultation/notice.html", context, status=status)
