"""In the admin: the list of what waits for a moderator."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from moderation.desk import Item, items_of, waiting_items
from moderation.enums import Waits
from moderation.models import Report
from moderation.permissions import can_moderate
from register.enums import ContributionKind
from register.models import Contribution, Debate, Ground


class DeskFilters(WagtailFilterSet):
    debate = django_filters.ModelChoiceFilter(
        label=_("Debate"), queryset=Debate.objects.order_by("title")
    )
    why = django_filters.ChoiceFilter(
        label=_("Why it waits"), choices=Waits.choices, method="waiting_for"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=ContributionKind.choices
    )
    ground = django_filters.ModelChoiceFilter(
        label=_("Reported for"), queryset=Ground.objects.all(), method="reported_for"
    )

    class Meta:
        model = Contribution
        fields = ("debate", "why", "kind", "ground")

    def waiting_for(
        self, rows: QuerySet[Contribution], _name: str, why: str
    ) -> QuerySet[Contribution]:
        return rows.filter(**{f"{why}_since__isnull": False})

    def reported_for(
        self, rows: QuerySet[Contribution], _name: str, ground: Ground
    ) -> QuerySet[Contribution]:
        reports = Report.objects.waiting().filter(ground=ground).order_by()
        return rows.filter(pk__in=reports.values("contribution"))


class ItemColumn(TitleColumn):
    """The number and the kind, which lead to the item, over how it begins."""

    cell_template_name = "moderation/admin/_item_cell.html"

    def get_value(self, instance: Item) -> Item:
        return instance

    def get_link_url(self, instance: Item, parent_context: Any) -> str:
        return reverse("desk:item", args=(instance.row.pk,))


class WaitsColumn(BaseColumn):
    """Why it waits, since when, and for what it was reported."""

    cell_template_name = "moderation/admin/_waits_cell.html"

    def get_cell_context_data(self, instance: Item, parent_context: Any) -> Any:
        return super().get_cell_context_data(instance, parent_context) | {
            "item": instance
        }


class DeskView(BaseListingView):
    """What waits the longest stands first. Read by whoever may decide."""

    page_title = _("Moderation desk")
    header_icon = "warning"
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "moderation/admin/_desk_results.html"
    index_url_name = "desk:index"
    index_results_url_name = "desk:results"
    paginate_by = 30
    filterset_class = DeskFilters
    verbose_name_plural = _("items")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_moderate(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            ItemColumn("item", label=_("Contribution")),
            WaitsColumn("waits", label=_("Why it waits")),
        ]

    def get_base_queryset(self) -> QuerySet[Contribution]:
        return waiting_items().select_related("debate", "author", "institution")

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(items_of(object_list))
