"""Addresses that a page shows by the hundred: found once, then written."""

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import get_language, override

PLACE = "0"


def address_of(name: str, value: object) -> str:
    """What `reverse(name, args=(value,))` answers in the reader's language."""
    before, after = around(name, get_language())
    return f"{before}{quoted(str(value))}{after}"


def quoted(value: str) -> str:
    """As a step of an address; what it leaves needs no escaping in HTML."""
    return quote(value)


def query_of(said: dict[str, Any]) -> str:
    """The query of an address: what has a value, in this order.

    Empty, or begins with a question mark.
    """
    query = urlencode({name: value for name, value in said.items() if value})
    return f"?{query}" if query else ""


def page_address(url_path: str, language: str | None = None) -> str:
    """Of a page of the tree: `page.url` without a query for the site it belongs to."""
    below_home = url_path.split("/", 2)[2]
    return home_address(language or get_language()) + below_home


@cache
def home_address(language: str | None) -> str:
    with override(language):
        return reverse("consultation:page", args=("",))


@cache
def around(name: str, language: str | None) -> tuple[str, str]:
    """The address in the current language, before and after its argument."""
    before, _, after = reverse(name, args=(PLACE,)).rpartition(PLACE)
    return before, after
