"""In the admin: the sections of a debate."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from journal.clock import database_now
from register.actions import SectionIsUsed, arrange_sections
from register.enums import DebateState
from register.frame_forms import SECTIONS, SectionsOfADebate
from register.gate import NotAccepted
from register.models import Debate, Section


@permission_required("register.change_section")
@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, pk: int) -> HttpResponse:
    """Add, rename, put in order and remove: a table, and a place for each line."""
    debate = get_object_or_404(Debate, pk=pk)
    state = debate.state(database_now())
    form = SECTIONS(
        request.POST if request.method == "POST" else None,
        instance=debate,
        queryset=Section.objects.with_count().order_by("position"),
        form_kwargs={"has_begun": state is not DebateState.UPCOMING},
    )
    if request.method != "POST":
        return _page(request, form, state)
    if not form.is_valid():
        return _page(request, form, state, status=422)
    try:
        arrange_sections(
            debate=debate,
            sections=form.in_order(),
            removed=form.removed(),
            actor=request.user,
        )
    except (NotAccepted, SectionIsUsed) as refusal:
        messages.error(request, _sentence(refusal))
        return _page(request, form, state, status=409)
    messages.success(request, _("The sections are saved."))
    return redirect(request.path)


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, SectionIsUsed):
        return _("Only a section in which nothing stands can be removed.")
    return _("The debate has ended: its sections stay as they are.")


def _page(
    request: HttpRequest,
    form: SectionsOfADebate,
    state: DebateState,
    *,
    status: int = 200,
) -> HttpResponse:
    debate = form.instance
    context = {
        "debate": debate,
        "form": form,
        "lines": [
            each
            for each in form.forms
            if each.instance.pk or state is not DebateState.ENDED
        ],
        "has_begun": state is not DebateState.UPCOMING,
        "has_ended": state is DebateState.ENDED,
        "header_title": _("Sections: %(debate)s") % {"debate": debate},
        "header_icon": "list-ul",
        "breadcrumbs_items": way_to(debate, _("Sections")),
    }
    return render(request, "register/sections.html", context, status=status)


def way_to(debate: Debate, label: str) -> list[dict[str, Any]]:
    """From the admin's home to what is done for one debate."""
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse("debates:index"), "label": _("Debates")},
        {"url": reverse("debates:edit", args=(debate.pk,)), "label": str(debate)},
        {"url": "", "label": label},
    ]
