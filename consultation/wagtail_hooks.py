"""What the admin's buttons may not do to a page whose debate holds contributions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from rest_framework.response import Response
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.models import Page

from consultation.permissions import refusal


def _refuse(request: HttpRequest, act: str, page: Page) -> HttpResponse | None:
    sentence = refusal(act, page)
    if sentence is None:
        return None
    # Now, in the language of this person's admin: it is stored after that ends.
    messages.error(request, str(sentence))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, "delete", page)


@hooks.register("before_unpublish_page")
def before_unpublish_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, "unpublish", page)


@hooks.register("before_copy_page")
def before_copy_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, "copy", page)


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [each for each in objects if isinstance(each, Page)]
    refusals = (_refuse(request, action_type, page) for page in pages)
    return next(filter(None, refusals), None)


class GuardedPages(PagesAdminAPIViewSet):
    """The admin's own API, by which scripts can do what the buttons do."""

    def action_view(self, request: HttpRequest, pk: int, action_name: str) -> Response:
        sentence = refusal(action_name, self.get_object())
        if sentence is not None:
            return Response({"detail": sentence}, status=409)
        return super().action_view(request, pk, action_name)


@hooks.register("construct_settings_menu")
def hide_the_sites(request: HttpRequest, items: list[Any]) -> None:
    """There is one site, made by migration: without it every address is dead."""
    items[:] = [item for item in items if item.name != "sites"]


@hooks.register("construct_admin_api")
def guard_the_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", GuardedPages)
