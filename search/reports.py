"""In the admin: what people look for, and do not find."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.reports import ReportView

from journal.clock import database_now
from search.demands import LEAST, LEAST_DAYS, PERIOD, searches
from search.models import Demand
from search.permissions import can_read_searches


class SearchFilters(WagtailFilterSet):
    found = django_filters.ChoiceFilter(
        label=_("Results"),
        choices=[("none", _("Searches without result"))],
        empty_label=_("All searches"),
        method="that_found",
    )

    class Meta:
        model = Demand
        fields = ("found",)

    def that_found(
        self, rows: QuerySet[Demand], _name: str, _found: str
    ) -> QuerySet[Demand]:
        return rows.filter(without_result__gt=0)


class SearchesView(ReportView):
    """Words and figures of the last days, and of nobody."""

    page_title = _("Searches")
    header_icon = "search"
    results_template_name = "search/admin/_searches_results.html"
    index_url_name = "searches"
    index_results_url_name = "searches_results"
    default_ordering = ("-searches", "typed")
    filterset_class = SearchFilters
    verbose_name_plural = _("searches")
    list_export = ("typed", "searches", "without_result", "days")
    export_filename = "recherches"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_read_searches(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def columns(self) -> list[BaseColumn]:
        return [
            Column(name, label=label, sort_key=name)
            for name, label in self.export_headings.items()
        ]

    @property
    def export_headings(self) -> dict[str, str]:
        return {
            "typed": capfirst(_("searched words")),
            "searches": capfirst(_("searches")),
            "without_result": capfirst(_("without result")),
            "days": capfirst(_("days")),
        }

    def get_base_queryset(self) -> QuerySet[Demand, dict[str, Any]]:
        return searches(database_now())

    def get_filtered_queryset(self) -> QuerySet[Demand, dict[str, Any]]:
        rows: QuerySet[Demand, dict[str, Any]] = self.get_queryset()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"period": PERIOD, "least": LEAST, "least_days": LEAST_DAYS}
