"""What is done to a text on its way in. Nothing is done to it on its way out.

Plain text is kept as it was typed: only its Unicode form (NFC), its line breaks and its
outer blanks are made regular. Rich text keeps a few tags and no attribute but `href`.
"""

import re
import unicodedata
from html import unescape

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag

RICH_TEXT_TAGS = frozenset(
    "a blockquote br em h3 h4 hr li ol p s strong sub sup u ul".split()  # noqa: SIM905
)
# Tags that say the same as one we keep.
EQUIVALENT_TAGS = {
    "b": "strong",
    "i": "em",
    "dd": "li",
    "dl": "ul",
    "dt": "li",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
    "del": "s",
    "strike": "s",
    "ins": "u",
}
# Boxes that become paragraphs, unless they hold blocks: then they only go.
BOX_TAGS = frozenset(
    "address article aside center div fieldset figcaption figure footer"  # noqa: SIM905
    " header main nav pre section tr".split()
)
CELL_TAGS = frozenset({"td", "th"})
BLOCK_TAGS = [
    *sorted(BOX_TAGS | {"table", "tbody", "thead", "tfoot"}),
    *"blockquote h3 h4 hr li ol p ul".split(),  # noqa: SIM905
]
LINK_BEGINNINGS = ("https://", "http://", "mailto:")
LINE_BREAK = re.compile(r"\r\n?")
# A tag of a cleaned text; what stands between quotes may hold a `>`.
INSIDE_TAG = r"""(?:[^>"]|"[^"]*")*>"""
TAG = re.compile(f"<{INSIDE_TAG}")
END_OF_LINE = re.compile(rf"<(?:br|/(?:{'|'.join(BLOCK_TAGS)}))\b{INSIDE_TAG}|<hr>")
# French typography puts unbreakable spaces in titles; those stay.
BLANKS = re.compile(r"[^\S\xa0\u202f]+")
# What French puts above and below letters; the signs of other scripts are letters.
MARKS = re.compile("[\u0300-\u036f]")
SAME_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", **dict.fromkeys("’‘ʼ´`", "'")})


def clean_text(text: str) -> str:
    """Plain text in NFC, with `\\n` line breaks and no outer blanks.

    Raises ValueError for what no file or database can hold: half of a surrogate pair
    or a NUL character.
    """
    return unicodedata.normalize("NFC", _holdable(text)).strip()


def clean_title(text: str) -> str:
    """A title on one line. Raises ValueError as `clean_text` does."""
    return BLANKS.sub(" ", clean_text(text))


def folded(text: str) -> str:
    """What two spellings of one name have in common.

    Accents, capitals, the shape of apostrophes and the number of blanks do not count.
    """
    letters = unicodedata.normalize("NFD", text.casefold().translate(SAME_LETTERS))
    return unicodedata.normalize("NFC", " ".join(MARKS.sub("", letters).split()))


def clean_rich_text(html: str) -> str:
    """HTML reduced to a few tags, safe to show as it stands.

    Styles, classes, comments and an office suite's private tags go; entities become
    characters; an image becomes a link to it, so that no page asks a third party for
    anything and the address is not lost. Cleaning what is clean changes nothing.
    Raises ValueError as `clean_text` does.
    """
    cleaned = _cleaned_once(html)
    while (again := _cleaned_once(cleaned)) != cleaned:
        cleaned = again
    return cleaned


def plain_from_rich(html: str) -> str:
    """The words of a cleaned rich text, a paragraph or a line on a line of its own.

    Cleaned, it has no comment and no tag that is not whole, so nothing need be parsed.
    """
    text = unescape(TAG.sub("", END_OF_LINE.sub("\n", html)))
    lines = (BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def words_of_receipt(*parts: str) -> str:
    """The parts that say something, with a blank line between two of them."""
    return "\n\n".join(clean_text(part) for part in parts if part)


def _holdable(text: str) -> str:
    if "\0" in text:
        raise ValueError("the text holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the text holds half of a character (a surrogate)") from error
    return LINE_BREAK.sub("\n", text)


def _cleaned_once(html: str) -> str:
    soup = BeautifulSoup(_holdable(html), "html.parser")
    for tag in soup.find_all(True):
        _make_regular(tag)
    for string in soup.find_all(string=True):
        regular = _regular_string(string)
        # Neither a comment nor a style sheet; and replacing one looks for its place
        # among all the others, so only what changes is replaced.
        if type(string) is NavigableString and regular != string:
            string.replace_with(regular)
    clean = nh3.clean(
        str(soup),
        tags=set(RICH_TEXT_TAGS),
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return EMPTY_PARAGRAPH.sub("", clean.replace("&nbsp;", "\xa0")).strip()


def _regular_string(text: str) -> str:
    """The words between two tags in NFC, which must be done before they are joined.

    In NFC, the `>` of a tag and a following U+0338 are one character: the tag would
    not end there any more, and what follows would be read as its attributes.
    """
    return unicodedata.normalize("NFC", text).lstrip("\u0338")


def _make_regular(tag: Tag) -> None:
    tag.name = EQUIVALENT_TAGS.get(tag.name, tag.name)
    if tag.name in BOX_TAGS:
        if tag.find(BLOCK_TAGS):
            tag.unwrap()
        else:
            tag.name = "p"
    elif tag.name in CELL_TAGS:
        tag.append(" ")
        tag.unwrap()
    elif tag.name == "img":
        _link_to_image(tag)
    elif tag.name == "a" and not str(tag.get("href", "")).startswith(LINK_BEGINNINGS):
        tag.unwrap()  # from one site to another, a relative address leads elsewhere


def _link_to_image(tag: Tag) -> None:
    """In the place of an image its address, or its description when it has none."""
    address = str(tag.get("src", ""))
    if address.startswith(("https://", "http://")):
        tag.name = "a"
        tag.attrs = {"href": address}
        tag.string = address
    else:
        tag.replace_with(str(tag.get("alt", "")))


EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|<br>)*</p>\s*")
