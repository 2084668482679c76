"""The same page in the site's other languages."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils import translation
from django.utils.encoding import escape_uri_path
from wagtail.models import Page

from consultation.addresses import home_address, page_address

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """Where a language is read; `is_same` says whether it is this very page."""

    code: str
    name: str
    url: str
    is_current: bool
    is_same: bool


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """A link for each language: to this page in it, or else to its home page."""
    request, page = context["request"], context.get("page")
    urls = _of_page(page) if isinstance(page, Page) else _of_view(request)
    return [
        LanguageLink(
            code=code,
            name=translation.get_language_info(code)["name_local"].capitalize(),
            url=urls.get(code) or home_address(code),
            is_current=code == translation.get_language(),
            is_same=code in urls,
        )
        for code, _name in settings.LANGUAGES
    ]


def _of_page(page: Page) -> dict[str, str]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    codes = ((each, each.locale.language_code) for each in pages.order_by("pk"))
    return {code: page_address(each.url_path, code) for each, code in codes}


def _of_view(request: HttpRequest) -> dict[str, str]:
    """Every address of ours is bare in French and has a prefix in other languages."""
    if request.resolver_match is None:
        return {}
    code = translation.get_language_from_path(request.path)
    path = escape_uri_path(request.path)
    bare = path.removeprefix(f"/{code}") if code else path
    return {
        code: bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
        for code, _name in settings.LANGUAGES
    }
