"""What the admin's home tells those who look after the search server."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min
from wagtail.admin.ui.components import Component

from journal.clock import database_now
from search.models import WAITS, Change
from search.server_reports import is_overdue


class ServerPanel(Component):
    """That it refuses something, or is told nothing; nothing when all is well."""

    order = 60
    template_name = "search/admin/_home_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        told = Change.objects.order_by().aggregate(
            refused=Count("pk", filter=~WAITS), since=Min("noted_at", filter=WAITS)
        )
        overdue = told["since"] and is_overdue(told["since"], database_now())
        return told | {"is_overdue": bool(overdue)}
