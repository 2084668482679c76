"""Citizens' texts, on their way to a page."""

import html
import re
import textwrap
from urllib.parse import urlsplit

from django import template
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ADDRESS = re.compile(r"""https?://[^\W_][^\s<>"«»]*""", re.IGNORECASE)
# What is said of links that the site does not answer for.
UNTRUSTED = 'rel="nofollow ugc noopener"'
# What ends a sentence rather than an address.
TRAILING = ".,;:!?…'’*_"
CLOSING = {")": "(", "]": "["}
FRENCH_SPACES = re.compile(r" (?=[:;?!»%])|(?<=«) ")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
BLOCK_ENDS = re.compile(r"<br>|<hr>|</(?:blockquote|h3|h4|li|ol|p|ul)>")


@register.filter
def rich_text(value: str) -> SafeString:
    """A proposal's HTML, shown as it stands.

    The one place where citizens' HTML is trusted: `register.text.clean_rich_text`
    reduced it to a few tags before it was stored. Give it nothing else. Links gain
    what a page says of them and the record does not.
    """
    return mark_safe(value.replace("<a href=", f"<a {UNTRUSTED} href="))  # noqa: S308


@register.filter
def plain_text(value: str) -> SafeString:
    """Plain text as it was typed: escaped, its paragraphs, lines and addresses kept."""
    paragraphs = (_linked(each) for each in BLANK_LINES.split(value))
    return mark_safe("".join(f"<p>{each}</p>" for each in paragraphs))  # noqa: S308


@register.filter
def unbroken(value: str) -> str:
    """An editor's title, whose French punctuation never begins or ends a line."""
    return FRENCH_SPACES.sub("\xa0", value)


@register.filter
def excerpt(value: str, length: int = 260) -> str:
    """The first words of a proposal's HTML, without its tags."""
    text = html.unescape(strip_tags(BLOCK_ENDS.sub(" ", value)))
    return textwrap.shorten(text, width=length, placeholder="…")


@register.filter
def web_host(value: str) -> str:
    """The site an address leads to: `www.senat.fr` without its `www.`."""
    try:
        return (urlsplit(value).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _linked(text: str) -> str:
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = _without_trailing_marks(found.group())
        pieces += [escape(text[end : found.start()]), _link(address)]
        end = found.start() + len(address)
    return "".join([*pieces, escape(text[end:])]).replace("\n", "<br>")


def _link(address: str) -> str:
    return format_html(
        '<a {1} href="{0}">{0}</a>',
        address,
        mark_safe(UNTRUSTED),  # noqa: S308 - ours
    )


def _without_trailing_marks(address: str) -> str:
    while True:
        last = address[-1]
        opening = CLOSING.get(last)
        unbalanced = opening and address.count(last) > address.count(opening)
        if last not in TRAILING and not unbalanced:
            return address
        address = address[:-1]
