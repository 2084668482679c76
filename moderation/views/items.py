"""In the admin: one item of the desk, and what is done about it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from journal.clock import database_now
from moderation.actions import NothingToDecide
from moderation.desk_forms import StepForm
from moderation.item import facts_of
from moderation.masking import PassageNotFound
from moderation.permissions import can_moderate
from moderation.steps import STEPS, STEPS_OF_DECISIONS, Case, Step
from register.actions import NotTheirs, of_its_kind
from register.gate import NotAccepted
from register.models import Contribution

REFUSALS = (NothingToDecide, NotTheirs, NotAccepted, PassageNotFound)


@require_http_methods(["GET", "HEAD"])
def item(request: HttpRequest, number: int) -> HttpResponse:
    """The words with what is above and below, what was reported, what was decided."""
    return _page(request, _case(request, number))


@require_http_methods(["GET", "HEAD", "POST"])
def step(
    request: HttpRequest, number: int, name: str, decision: int | None = None
) -> HttpResponse:
    """The same page with the form of one thing to do; nothing is done by opening it."""
    case = _case(request, number, decision)
    table = STEPS_OF_DECISIONS if decision else STEPS
    if name not in table:
        raise Http404
    taken, is_sent = table[name], request.method == "POST"
    form = taken.form(request.POST if is_sent else None, row=case.row)
    if not is_sent:
        return _asked(request, case, taken, form)
    if not form.is_valid():
        return _page(request, case, step=taken, form=form, status=422)
    if words := form.preview:
        return _page(request, case, step=taken, form=form, words=words)
    try:
        taken.act(case, form)
    except REFUSALS as refusal:
        form.add_error(None, _sentence(refusal))
        # As whoever was first left it.
        case = _case(request, number, decision)
        return _page(request, case, step=taken, form=form, status=_status(refusal))
    to_the_desk = messages.button(reverse("desk:index"), _("Back to the desk"))
    messages.success(request, str(taken.done), buttons=[to_the_desk])
    return redirect("desk:item", number)


def _asked(
    request: HttpRequest, case: Case, taken: Step, form: StepForm
) -> HttpResponse:
    if case.is_own:
        messages.error(request, _sentence(NotTheirs()))
        return _page(request, case, status=403)
    if not taken.is_offered(case):
        messages.warning(request, _sentence(NothingToDecide()))
        return _page(request, case, status=409)
    return _page(request, case, step=taken, form=form)


def _sentence(refusal: Exception) -> str:
    match refusal:
        case NothingToDecide():
            return _(
                "Nothing is left to decide here: somebody else may have decided"
                " meanwhile. Look at the decisions below."
            )
        case PassageNotFound():
            return _("These words do not stand in the contribution.")
        case NotTheirs():
            return _(
                "You wrote this, or took part in the decision: somebody else decides."
            )
    return _("The debate has not begun: nothing is decided before.")


def _status(refusal: Exception) -> int:
    return 403 if isinstance(refusal, NotTheirs) else 409


def _case(request: HttpRequest, number: int, decision: int | None = None) -> Case:
    """What was prepared for an opening is read by nobody before it."""
    if not can_moderate(request.user):
        raise PermissionDenied
    begun = Contribution.objects.begun(database_now())
    get_object_or_404(begun.only("pk"), pk=number)
    row = of_its_kind(number)
    about = None
    if decision:
        decisions = row.decisions.select_related("appeal")
        about = get_object_or_404(decisions, pk=decision)
    return Case(user=request.user, row=row, decision=about)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    status: int = 200,
    step: Step | None = None,
    form: StepForm | None = None,
    words: dict[str, str] | None = None,
) -> HttpResponse:
    name = _("%(kind)s #%(number)s") % {
        "kind": case.row.get_kind_display().capitalize(),
        "number": case.row.pk,
    }
    context = facts_of(case, words) | {
        "step": step,
        "form": form,
        "is_preview": words is not None,
        "header_title": name,
        "header_icon": "warning",
        "breadcrumbs_items": [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("desk:index"), "label": _("Moderation desk")},
            {"url": "", "label": name},
        ],
    }
    return render(request, "moderation/admin/item.html", context, status=status)
