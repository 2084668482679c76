"""In the admin: preparing the proposals with which a debate opens."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from journal.clock import database_now
from proposals.actions import DebateHasOpened, drop_prepared, prepare_proposals
from proposals.models import Proposal
from proposals.permissions import can_drop, can_prepare
from proposals.preparation import PreparationForm, Preview, preview_of
from register.actions import NotTheirs
from register.enums import DebateState, Status
from register.models import Debate

CREATE, DROP = "create", "drop"


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Type or paste, look at what would come of it, and only then have it published.

    Nothing is kept between the steps: the page holds the whole text.
    """
    debate = get_object_or_404(Debate, pk=pk)
    if not can_prepare(request.user):
        raise PermissionDenied
    if DROP in request.POST:
        return _drop(request, debate)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PreparationForm(*bound, author=request.user, target=debate)
    if not form.is_bound:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    preview = preview_of(form.cleaned_data["text"], debate)
    if CREATE in request.POST and preview.digest == form.cleaned_data["seen"]:
        return _create(request, form, preview)
    return _page(request, form, preview=preview)


def _create(
    request: HttpRequest, form: PreparationForm, preview: Preview
) -> HttpResponse:
    if preview.problems:
        return _page(request, form, preview=preview, status=422)
    try:
        numbers = prepare_proposals(
            debate=form.target,
            proposals=preview.prepared,
            author=form.author,
            membership=form.cleaned_data.get("membership"),
            language=form.cleaned_data["language"],
        )
    except (DebateHasOpened, NotTheirs) as error:
        messages.error(request, _sentence(error))
        return _page(request, form, preview=preview, status=409)
    messages.success(request, _done(len(numbers)))
    return redirect(request.path)


def _drop(request: HttpRequest, debate: Debate) -> HttpResponse:
    number = request.POST[DROP]
    if not re.fullmatch("[0-9]{1,18}", number):
        raise Http404
    proposal = get_object_or_404(_there(debate), pk=int(number))
    try:
        drop_prepared(proposal=proposal, actor=request.user)
    except (DebateHasOpened, NotTheirs) as error:
        messages.error(request, _sentence(error))
    else:
        sentence = _("The proposal #%(number)s will not be published.")
        messages.success(request, sentence % {"number": proposal.pk})
    return redirect(request.path)


def _done(count: int) -> str:
    if not count:
        return _("All of these proposals were prepared already.")
    return ngettext(
        "%(count)s proposal is prepared: it will be published as the debate opens.",
        "%(count)s proposals are prepared: they will be published as the debate opens.",
        count,
    ) % {"count": count}


def _sentence(error: Exception) -> str:
    if isinstance(error, DebateHasOpened):
        return _("The debate has opened: nothing can be prepared for it any more.")
    return _("This is not yours to do.")


def _page(
    request: HttpRequest,
    form: PreparationForm,
    *,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    debate: Debate = form.target
    context = {
        "debate": debate,
        "form": _given_back(form, preview) if preview else form,
        "preview": preview,
        "is_windows_1252": form.is_windows_1252,
        "is_upcoming": debate.state(database_now()) is DebateState.UPCOMING,
        "there": [
            {"proposal": each, "can_drop": can_drop(request.user, each)}
            for each in _there(debate).select_related(
                "section", "author", "institution"
            )
        ],
        "header_title": _("Prepare proposals: %(debate)s") % {"debate": debate},
        "header_icon": "form",
        "breadcrumbs_items": _way_here(debate),
    }
    return render(request, "proposals/prepare.html", context, status=status)


def _given_back(form: PreparationForm, preview: Preview) -> PreparationForm:
    """The text stands in the page, wherever it came from: no file is chosen twice."""
    data = form.data.copy()
    data["text"], data["seen"] = form.cleaned_data["text"], preview.digest
    return PreparationForm(data, author=form.author, target=form.target)


def _there(debate: Debate) -> Any:
    return Proposal.objects.filter(debate=debate, status=Status.PUBLISHED)


def _way_here(debate: Debate) -> list[dict[str, Any]]:
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("debates:index"), "label": _("Debates")},
        {"url": reverse("debates:edit", args=(debate.pk,)), "label": str(debate)},
        {"url": "", "label": _("Prepare proposals")},
    ]
