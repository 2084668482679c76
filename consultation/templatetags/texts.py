"""Citizens' texts, on their way to a page."""

import html
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consultation.templatetags.numbers import number_link
from moderation.masking import MARK
from register.citations import ADDRESS, CITATION
from register.text import BLANKS

register = template.Library()

# What is said of links that the site does not answer for.
UNTRUSTED = "nofollow ugc noopener"
# What ends a sentence rather than an address.
TRAILING = ".,;:!?…'’*_"
CLOSING = {")": "(", "]": "["}
FRENCH_SPACES = re.compile(r" (?=[:;?!»%])|(?<=«) ")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
TAG = re.compile(r"""(<(?:"[^"]*"|[^">])*>)""")
# What an excerpt does not end with.
CUT = " ,;:.!?…"
UNFINISHED_TAG = re.compile(r"<[^>]*$")
BLOCK_ENDS = re.compile(r"<br>|<hr>|</(?:blockquote|h3|h4|li|ol|p|ul)>")


@register.filter
def rich_text(value: str, cites: Collection[int] = ()) -> SafeString:
    """A proposal's HTML, shown as it stands, the numbers it cites made links.

    The one place where citizens' HTML is trusted: `register.text.clean_rich_text`
    reduced it to a few tags before it was stored. Give it nothing else. Links gain
    what a page says of them and the record does not.
    """
    if cites:
        value = _with_citations(value, cites)
    value = value.replace("<a href=", f'<a rel="{UNTRUSTED}" href=')
    return mark_safe(_said_aloud(value))  # noqa: S308


@register.filter
def plain_text(value: str, cites: Collection[int] = ()) -> SafeString:
    """Plain text as it was typed: escaped, its paragraphs, lines and addresses kept."""
    paragraphs = (_linked(each, cites) for each in BLANK_LINES.split(value))
    said = "".join(f"<p>{each}</p>" for each in paragraphs)
    return mark_safe(_said_aloud(said))  # noqa: S308


@register.filter
def unbroken(value: str) -> str:
    """An editor's title, whose French punctuation never begins or ends a line."""
    return FRENCH_SPACES.sub("\xa0", value)


@register.filter
def excerpt(value: str, length: int = 260) -> str:
    """The first words of a proposal's HTML, without its tags."""
    beginning = UNFINISHED_TAG.sub("", value[: 8 * length])
    text = html.unescape(TAG.sub("", BLOCK_ENDS.sub(" ", beginning)))
    return shortened(text, length)


def shortened(text: str, length: int) -> str:
    """The first words of a plain text, on one line; of one long word, its beginning."""
    line = BLANKS.sub(" ", text).strip()
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(CUT) + "…"


@register.filter
def web_host(value: str) -> str:
    """The site an address leads to: `www.senat.fr` without its `www.`."""
    try:
        return (urlsplit(value).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _said_aloud(words: str) -> str:
    """The mark of moderation as one thing, which is named to who hears the page."""
    if MARK not in words:
        return words
    shown = format_html(
        '<span class="masked" role="img" aria-label="{}">{}</span>',
        _("masked passage"),
        MARK,
    )
    # Inside a tag it is part of an address that somebody typed.
    pieces = TAG.split(words)
    pieces[::2] = [piece.replace(MARK, shown) for piece in pieces[::2]]
    return "".join(pieces)


def _linked(text: str, cites: Collection[int]) -> str:
    pieces, end = [], 0
    for found in ADDRESS.finditer(text):
        address = _without_trailing_marks(found.group())
        pieces += [_escaped(text[end : found.start()], cites), _link(address)]
        end = found.start() + len(address)
    return "".join([*pieces, _escaped(text[end:], cites)]).replace("\n", "<br>")


def _escaped(text: str, cites: Collection[int]) -> str:
    """Escaping makes numbers of its own (`&#x27;`), which no citation looks like."""
    text = html.escape(text)
    return _cited(text, cites) if cites else text


def _cited(text: str, cites: Collection[int]) -> str:
    """Escaped text, in which the numbers that lead somewhere are links."""

    def link(found: re.Match[str]) -> str:
        number = int(found.group(1))
        return number_link(number) if number in cites else found.group()

    return CITATION.sub(link, text)


def _with_citations(value: str, cites: Collection[int]) -> str:
    """The words of a rich text, outside its tags and its links, with citations."""
    pieces, inside_a_link = [], False
    for piece in TAG.split(value):
        if piece.startswith("<"):
            inside_a_link = piece.startswith("<a ") or (
                inside_a_link and piece != "</a>"
            )
            pieces.append(piece)
        else:
            pieces.append(piece if inside_a_link else _cited(piece, cites))
    return "".join(pieces)


def _link(address: str) -> str:
    return format_html('<a rel="{1}" href="{0}">{0}</a>', address, UNTRUSTED)


def _without_trailing_marks(address: str) -> str:
    while True:
        last = address[-1]
        opening = CLOSING.get(last)
        unbalanced = opening and address.count(last) > address.count(opening)
        if last not in TRAILING and not unbalanced:
            return address
        address = address[:-1]
