"""A mark in the place of a passage: a telephone number, a name.

The mark has one length, whatever it covers, so that nobody can tell how long that was.
Every page, feed, file and mail reads the same row, so what is masked is masked
everywhere at once; nothing else of the words is changed.
"""

import re
from collections.abc import Callable, Iterable

from bs4 import BeautifulSoup, NavigableString

from register.enums import ContributionKind
from register.models import Contribution
from register.text import clean_rich_text, clean_title

MARK = "█████"
# So that no text becomes longer than it may be.
SHORTEST_PASSAGE = len(MARK)

Words = dict[str, str]


class PassageNotFound(ValueError):
    """The words to mask do not stand in the contribution."""


def plain_masked(text: str, passages: Iterable[str]) -> str:
    for passage in passages:
        text = _pattern(passage).sub(MARK, text)
    return text


def rich_masked(html: str, passages: Iterable[str]) -> str:
    """A cleaned rich text, in which passages are sought between two tags.

    A link whose address holds one of them is a link no more.
    """
    patterns = [_pattern(passage) for passage in passages]
    soup = BeautifulSoup(html, "html.parser")
    written = str(soup)
    for link in soup.find_all("a"):
        if any(pattern.search(str(link.get("href", ""))) for pattern in patterns):
            link.unwrap()
    soup.smooth()
    for string in soup.find_all(string=True):
        masked = str(string)
        for pattern in patterns:
            masked = pattern.sub(MARK, masked)
        if masked != string:
            string.replace_with(NavigableString(masked))
    is_masked = str(soup) != written
    return clean_rich_text(str(soup)) if is_masked else html


def maskable(row: Contribution) -> Words:
    """The words of a row of its kind in which a passage can be masked, by field.

    The address of a source is not: without a part it leads elsewhere, so who must not
    let it be read hides the source.
    """
    words = {field: str(getattr(row, field)) for field in FIELDS[row.kind]}
    if row.kind == ContributionKind.PROPOSAL:
        for each in row.appendices.all():  # type: ignore[attr-defined]
            words[f"appendix:{each.pk}"] = each.text
    return words


def masked(row: Contribution, words: Words, passages: list[str]) -> Words:
    """The same words under marks. Raises PassageNotFound for one that is not there."""

    def under(marks: list[str]) -> Words:
        return {field: _mask(row, field)(text, marks) for field, text in words.items()}

    for passage in passages:
        if under([passage]) == words:
            raise PassageNotFound(passage)
    return under(passages)


def _mask(row: Contribution, field: str) -> Callable[[str, Iterable[str]], str]:
    return rich_masked if is_rich(row, field) else plain_masked


def is_rich(row: Contribution, field: str) -> bool:
    """Whether these words of a row are the small rich text, cleaned, or plain."""
    return field.startswith("appendix:") or (field == "text" and row.kind in RICH_KINDS)


def _pattern(passage: str) -> re.Pattern[str]:
    """However it is broken into lines, and whatever its blanks are."""
    words = clean_title(passage).split()
    return re.compile(r"\s+".join(map(re.escape, words)))


FIELDS: dict[str, tuple[str, ...]] = {
    ContributionKind.PROPOSAL: ("title", "text"),
    ContributionKind.ARGUMENT: ("title", "text"),
    ContributionKind.SOURCE: ("title", "note"),
    ContributionKind.RESPONSE: ("text", "agent_name", "agent_function"),
}
RICH_KINDS = frozenset({ContributionKind.PROPOSAL, ContributionKind.RESPONSE})
