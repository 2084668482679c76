from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.permissions import can_read_searches
from search.reports import SearchesView


class SearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_searches(request.user)


@hooks.register("register_reports_menu_item")
def register_searches_in_the_menu() -> MenuItem:
    return SearchesMenuItem(
        _("Searches"), reverse("searches"), name="searches", icon_name="search"
    )


@hooks.register("register_admin_urls")
def register_searches() -> list[URLPattern]:
    return [
        path("reports/searches/", SearchesView.as_view(), name="searches"),
        path(
            "reports/searches/results/",
            SearchesView.as_view(results_only=True),
            name="searches_results",
        ),
    ]


@hooks.register("register_permissions")
def register_reading_searches() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="search", codename="view_demand"
    )
