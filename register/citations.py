"""What a text cites: `#915` is the contribution of that number."""

import re
from html.parser import HTMLParser

# Nothing that only looks like it: `page#12`, `&#39;`, `https://x/#12`, `C#7`, `#2nd`.
CITATION = re.compile(r"(?<![\w&#/])#([1-9][0-9]{0,12})(?!\w)")
# What a page makes a link: no number inside it cites anything.
ADDRESS = re.compile(r"""https?://[^\W_][^\s<>"«»]*""", re.IGNORECASE)
# Between these, words go on: « #2<sup>e</sup> » is read as « #2e ».
INLINE_TAGS = frozenset({"em", "s", "strong", "sub", "sup", "u"})


def cited_numbers(text: str) -> set[int]:
    """The numbers that a plain text cites, whether or not anything has them."""
    if "#" not in text:
        return set()
    return {int(number) for number in CITATION.findall(ADDRESS.sub(" ", text))}


def words_of_html(html: str) -> str:
    """The words that a reader reads in a rich text, those of its links left out."""
    words = _Words()
    words.feed(html)
    words.close()
    return "".join(words.pieces)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.inside_a_link = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "a":
            self.inside_a_link = True
        self._end_of_words(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside_a_link = False
        self._end_of_words(tag)

    def handle_data(self, data: str) -> None:
        if not self.inside_a_link:
            self.pieces.append(data)

    def _end_of_words(self, tag: str) -> None:
        if tag not in INLINE_TAGS:
            self.pieces.append("\n")
