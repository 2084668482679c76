"""What is done to a text on its way in. Nothing is done to it on its way out.

Plain text is kept as it was typed: only its Unicode form (NFC), its line breaks and its
outer blanks are made regular. Rich text keeps a few tags and no attribute but `href`.
"""

import re
import unicodedata

import nh3
from bs4 import BeautifulSoup, Tag

RICH_TEXT_TAGS = frozenset(
    "a blockquote br em h3 h4 hr li ol p s strong sub sup u ul".split()  # noqa: SIM905
)
# Tags that say the same as one we keep.
EQUIVALENT_TAGS = {
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    "del": "s",
    "strike": "s",
    "ins": "u",
    "dl": "ul",
    "dt": "li",
    "dd": "li",
}
BLOCK_TAGS = ["blockquote", "div", "h3", "h4", "hr", "ol", "p", "table", "ul"]
LINE_BREAK = re.compile(r"\r\n?")
# French typography puts unbreakable spaces in titles; those stay.
BLANKS = re.compile(r"[^\S\xa0\u202f]+")


def clean_text(text: str) -> str:
    """Plain text in NFC, with `\\n` line breaks and no outer blanks.

    Raises ValueError for what no file or database can hold: half of a surrogate pair
    or a NUL character.
    """
    if "\0" in text:
        raise ValueError("the text holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text holds half of a character (a surrogate)") from error
    return unicodedata.normalize("NFC", LINE_BREAK.sub("\n", text)).strip()


def clean_title(text: str) -> str:
    """A title on one line. Raises ValueError as `clean_text` does."""
    return BLANKS.sub(" ", clean_text(text))


def clean_rich_text(html: str) -> str:
    """HTML reduced to a few tags, safe to show as it stands.

    Styles, classes, comments and an office suite's private tags go; entities become
    characters; an image becomes a link to it, so that no page asks a third party for
    anything and the address is not lost. Raises ValueError as `clean_text` does.
    """
    soup = BeautifulSoup(clean_text(html), "html.parser")
    for tag in soup.find_all(True):
        _make_regular(tag)
    clean = nh3.clean(
        str(soup),
        tags=set(RICH_TEXT_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _without_empty_paragraphs(clean.replace("&nbsp;", "\xa0"))


def _make_regular(tag: Tag) -> None:
    tag.name = EQUIVALENT_TAGS.get(tag.name, tag.name)
    if tag.name == "div":
        if tag.find(BLOCK_TAGS):
            tag.unwrap()
        else:
            tag.name = "p"
    elif tag.name == "img":
        address = str(tag.get("src", ""))
        tag.name = "a"
        tag.attrs = {"href": address}
        tag.string = address


EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|<br>)*</p>\s*")


def _without_empty_paragraphs(html: str) -> str:
    return clean_text(EMPTY_PARAGRAPH.sub("", html))
