from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.panels import ServerPanel
from search.permissions import can_read_of_the_server, can_read_searches
from search.reports import SearchesView
from search.server_reports import ServerView


class SearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_searches(request.user)


@hooks.register("register_reports_menu_item")
def register_searches_in_the_menu() -> MenuItem:
    return SearchesMenuItem(
        _("Searches"), reverse("searches"), name="searches", icon_name="search"
    )


class ServerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_told_of_the_server(request)


def is_told_of_the_server(request: HttpRequest) -> bool:
    return settings.SEARCH_SERVER is not None and can_read_of_the_server(request.user)


@hooks.register("register_reports_menu_item")
def register_the_server_in_the_menu() -> MenuItem:
    return ServerMenuItem(
        _("Search server"),
        reverse("search_server"),
        name="search-server",
        icon_name="search",
    )


@hooks.register("construct_homepage_panels")
def show_what_the_server_lacks(request: HttpRequest, panels: list[Any]) -> None:
    if is_told_of_the_server(request):
        panels.append(ServerPanel())


@hooks.register("register_admin_urls")
def register_searches() -> list[URLPattern]:
    return [
        path("reports/searches/", SearchesView.as_view(), name="searches"),
        path(
            "reports/searches/results/",
            SearchesView.as_view(results_only=True),
            name="searches_results",
        ),
        path("reports/search-server/", ServerView.as_view(), name="search_server"),
    ]


@hooks.register("register_permissions")
def register_what_organisers_read() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="search", codename__in=("view_demand", "view_change")
    )
