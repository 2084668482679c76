"""The paragraphs of a citizen's HTML, as words with their styles and without tags."""

import html
import re
from typing import NamedTuple

# A tag as `register.text.clean_rich_text` leaves it. What is written otherwise is text.
TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?: href="[^"]*")?>')
# More than a space, or other than one.
BLANKS = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
STYLES = frozenset({"em", "s", "strong", "sub", "sup", "u"})
HEADINGS = frozenset({"h3", "h4"})
LISTS = frozenset({"ol", "ul"})
DASH = "–"


class Run(NamedTuple):
    """Text in one style: the tags around it, the outermost first."""

    text: str
    styles: tuple[str, ...]


class Line(NamedTuple):
    """A paragraph ("text"), a "heading", or an "item" of a list with its marker."""

    kind: str
    marker: str
    runs: tuple[Run, ...]


def read_paragraphs(text: str) -> list[Line]:
    """What stands between two breaks, of lines too: laws are often set with those.

    Links lose their addresses; blanks are one space, unless they are unbreakable.
    """
    reading, end = _Reading(), 0
    for tag in TAG.finditer(text):
        reading.say(text[end : tag.start()])
        reading.meet(tag[2], closing=bool(tag[1]))
        end = tag.end()
    reading.say(text[end:])
    reading.end_line()
    return reading.lines


class _Reading:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.styles: list[str] = []
        # The lists around, with the number of their last item if they have numbers.
        self.lists: list[int | None] = []
        self.marker = ""
        self.in_heading = False

    def say(self, text: str) -> None:
        words = BLANKS.sub(" ", html.unescape(text))
        if words and (self.runs or not words.isspace()):
            self.runs.append(Run(words, tuple(self.styles)))

    def meet(self, tag: str, *, closing: bool) -> None:
        if tag in STYLES:
            self._turn(tag, closing=closing)
        elif tag != "a":
            self.end_line()
            self._enter(tag, closing=closing)

    def end_line(self) -> None:
        if any(not run.text.isspace() for run in self.runs):
            self.lines.append(Line(self._kind(), self.marker, tuple(self.runs)))
            self.marker = ""
        self.runs = []

    def _turn(self, style: str, *, closing: bool) -> None:
        if not closing:
            self.styles.append(style)
        elif style in self.styles:
            self.styles.remove(style)

    def _enter(self, tag: str, *, closing: bool) -> None:
        if tag in HEADINGS:
            self.in_heading = not closing
        elif tag in LISTS and not closing:
            self.lists.append(0 if tag == "ol" else None)
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "li" and not closing:
            self.marker = self._next_marker()

    def _next_marker(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return DASH
        self.lists[-1] += 1
        return f"{self.lists[-1]}."

    def _kind(self) -> str:
        if self.in_heading:
            return "heading"
        return "item" if self.lists else "text"
