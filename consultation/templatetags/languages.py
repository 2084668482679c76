"""The same page in the site's other languages."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse, translate_url
from django.utils import translation
from wagtail.models import Page

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
            url=urls.get(code) or _home(code),
            is_current=code == translation.get_language(),
            is_same=code in urls,
        )
        for code, _name in settings.LANGUAGES
    ]


def _of_page(page: Page) -> dict[str, str]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {each.locale.language_code: each.url for each in pages if each.url}


def _of_view(request: HttpRequest) -> dict[str, str]:
    if request.resolver_match is None:
        return {}
    urls = {
        code: translate_url(request.path, code) for code, _name in settings.LANGUAGES
    }
    # An address without a language is the same in all of them.
    return urls if len(set(urls.values())) == len(urls) else {}


def _home(code: str) -> str:
    with translation.override(code):
        return reverse("wagtail_serve", args=("",))
