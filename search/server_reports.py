"""In the admin: how the search server is doing, and what it does not take."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from journal.clock import database_now
from search.changes import Late, unread_changes
from search.engines.sql import documents
from search.models import Change, ChangeQuerySet, Feed
from search.permissions import can_read_of_the_server

# What waits for longer was not told as it should have been.
OVERDUE = timedelta(minutes=10)
PRODUCTS = {"opensearch": "OpenSearch", "": "Elasticsearch"}


@dataclass(frozen=True)
class Answer:
    """What the server says of itself and of the site's index."""

    product: str
    version: str
    # Of the index that is searched; empty when there is none.
    index: str
    finds: int
    # That another index is being filled, to take its place.
    is_filling: bool


def ask() -> Answer:
    """In the time that a reader would wait. Raises Unavailable."""
    # What nobody needs without a server takes a second to load.
    from search.engines.indexed import aliased
    from search.engines.server import BUDGET, site_server, speaking

    ours, until = site_server(), time.monotonic() + BUDGET
    with speaking():
        version = ours.until(until).info()["version"]
        there = aliased(ours.until(until), ours)
        searched = there[ours.index]
        counted = ours.until(until).count(index=ours.index) if searched else {}
        distribution = version.get("distribution", "")
        return Answer(
            product=PRODUCTS.get(distribution, distribution),
            version=version["number"],
            index=", ".join(searched),
            finds=counted["count"] if searched else 0,
            is_filling=bool(there[ours.next]),
        )


def feeding(now: datetime) -> dict[str, Any]:
    """How it goes with what the server is told, by the database alone."""
    feed = Feed.objects.filter(pk=1).first() or Feed()
    waiting = Change.objects.waiting().order_by()
    told = waiting.aggregate(number=Count("pk"), since=Min("noted_at"))
    return {
        "feed": feed,
        "is_due": feed.next_try_at is not None and feed.next_try_at <= now,
        "waiting": told["number"],
        "since": told["since"],
        "is_stopped": is_overdue(told["since"], now) and not _is_tried(feed, now),
        "is_late": _is_late(),
    }


def is_overdue(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since > OVERDUE


def _is_tried(feed: Feed, now: datetime) -> bool:
    """Whether somebody tells the server just now, or tries again when it is time."""
    is_held = feed.held_until is not None and feed.held_until > now
    return is_held or (
        feed.next_try_at is not None and not is_overdue(feed.next_try_at, now)
    )


def _is_late() -> bool:
    try:
        unread_changes()
    except Late:
        return True
    return False


class ServerView(ReportView):
    """What the server refuses, under a few sentences on how it is doing."""

    page_title = _("Search server")
    header_icon = "search"
    results_template_name = "search/admin/_server_results.html"
    index_url_name = "search_server"
    default_ordering = ("noted_at", "pk")
    verbose_name_plural = _("refused contributions")
    list_export = ("number", "noted_at", "refusal")
    export_filename = "serveur-de-recherche"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SEARCH_SERVER is None:
            raise Http404
        if not can_read_of_the_server(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def columns(self) -> list[BaseColumn]:
        headings = self.export_headings
        return [
            TitleColumn(
                "number",
                label=headings["number"],
                accessor=str,
                get_url=lambda change: reverse("permalink", args=(change.number,)),
                sort_key="number",
                width="15%",
            ),
            Column(
                "noted_at",
                label=headings["noted_at"],
                sort_key="noted_at",
                width="25%",
            ),
            Column("refusal", label=headings["refusal"], classname="wrap-anywhere"),
        ]

    @property
    def export_headings(self) -> dict[str, str]:
        return {
            "number": capfirst(_("number")),
            "noted_at": capfirst(_("since")),
            "refusal": capfirst(_("reason, in the server’s words")),
        }

    def get_base_queryset(self) -> ChangeQuerySet:
        return Change.objects.refused()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context if self.is_export else context | self.summary()

    def summary(self) -> dict[str, Any]:
        from search.engines.server import Unavailable

        error, answer = "", None
        try:
            answer = ask()
        except Unavailable as unavailable:
            error = str(unavailable)
        told = feeding(database_now())
        refused, readable = Change.objects.refused().count(), documents()
        serves = answer is not None and bool(answer.index)
        return told | {
            "server": answer,
            "error": error,
            "refused": refused,
            "readable": readable,
            "is_instead": not serves or told["is_late"],
            "differs": serves
            and not told["waiting"]
            and answer.finds + refused != readable,
        }
