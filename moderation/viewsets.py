from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import User
from moderation.enums import DecisionKind
from moderation.models import Decision
from moderation.permissions import can_moderate
from moderation.views import desk, items
from register.models import Debate, Ground


class DeskViewSet(ViewSet):
    """What waits for a moderator, and what is decided about it."""

    icon = "warning"
    menu_label = _("Moderation")
    add_to_admin_menu = True

    def get_menu_item(self, order: int | None = None) -> Any:
        menu_item = super().get_menu_item(order)
        menu_item.is_shown = lambda request: can_moderate(request.user)
        return menu_item

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", desk.DeskView.as_view(), name="index"),
            path("results/", desk.DeskView.as_view(results_only=True), name="results"),
            path("<int:number>/", items.item, name="item"),
            path("<int:number>/<slug:name>/", items.step, name="step"),
            path(
                "<int:number>/<slug:name>/<int:decision>/",
                items.step,
                name="step-of-decision",
            ),
        ]


class DecisionFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Decision"), choices=DecisionKind.choices
    )
    ground = django_filters.ModelChoiceFilter(
        label=_("Ground"), queryset=Ground.objects.all()
    )
    debate = django_filters.ModelChoiceFilter(
        label=_("Debate"),
        field_name="contribution__debate",
        queryset=Debate.objects.order_by("title"),
    )
    decided_by = django_filters.ModelChoiceFilter(
        label=_("Decided by"),
        queryset=User.objects.filter(
            pk__in=Decision.objects.order_by().values("decided_by")
        ).order_by("display_name"),
    )

    class Meta:
        model = Decision
        fields = ("kind", "ground", "debate", "decided_by")


class DecisionIndexView(generic.IndexView):
    # Read here; what is published of it has a register of its own.
    FORMATS = ()

    def get_base_queryset(self) -> QuerySet[Decision]:
        related = ("ground", "decided_by", "contribution__debate")
        decisions: QuerySet[Decision] = super().get_base_queryset()
        return decisions.select_related(*related)


def state_of(decision: Decision) -> str:
    if decision.undone_by_id:
        return gettext("ended")
    return gettext("provisional") if decision.is_unconfirmed else ""


class DecisionColumn(TitleColumn):
    """What was decided of which number, over its debate: screens can be narrow."""

    cell_template_name = "moderation/admin/_decision_cell.html"

    def get_cell_context_data(self, instance: Decision, parent_context: Any) -> Any:
        return super().get_cell_context_data(instance, parent_context) | {
            "decision": instance,
            "state": state_of(instance),
        }


class DecisionViewSet(ModelViewSet):
    """All that was decided, the latest first: read, and neither changed nor removed."""

    model = Decision
    icon = "history"
    menu_label = _("Decisions")
    add_to_admin_menu = True
    list_display = (
        DecisionColumn(
            "decision",
            label=capfirst(_("decision")),
            width="35%",
            accessor=str,
            get_url=lambda decision: reverse(
                "desk:item", args=(decision.contribution_id,)
            ),
        ),
        Column("ground", label=capfirst(_("ground"))),
        Column("decided_at", label=capfirst(_("decided on")), sort_key="decided_at"),
        Column("decided_by", label=capfirst(_("decided by"))),
    )
    filterset_class = DecisionFilters
    index_view_class = DecisionIndexView
    # So that a group can be given the right to see them.
    inspect_view_enabled = True
    inspect_view_fields = ("kind", "contribution", "ground", "facts", "decided_at")
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("ground",)
