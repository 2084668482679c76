"""Where the words that were searched for stand in a text, as it was written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from search.analysis import Token, folded_words, tokens

Span = tuple[int, int]

ELLIPSIS = "…"
# Found words with no more than this between them are marked together.
JOINT = re.compile(r"(?:[^\S\n]|[-‐‑])+")
BLANK = re.compile(r"\s+")
# What is part of the sign before it, beside the marks: a joiner, the colour of a skin,
# the letters of a flag.
ZERO_WIDTH_JOINER = "\u200d"
CONTINUES = re.compile("[\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]")
# What stands before the first found word of an excerpt, as a part of its length.
LEAD = 0.3
# So far an excerpt may move its ends, to begin and end at a blank.
REACH = 40


class Piece(NamedTuple):
    text: str
    is_found: bool


class Find(NamedTuple):
    """A stretch of text that answers the search, and which of its wishes it answers."""

    start: int
    end: int
    wish: str


def marked(
    text: str,
    wanted: Collection[str],
    language: str,
    *,
    phrases: Sequence[str] = (),
) -> list[Piece]:
    """The whole text in pieces; joined, they are the text again.

    `wanted` are stems, `phrases` exact words in a row. Found words that stand side by
    side are one piece, with what is between them: « éducation nationale ».
    """
    finds = _finds(text, wanted, language, phrases=phrases)
    return _pieces(text, _joined(text, finds), (0, len(text)))


def excerpt(
    text: str,
    wanted: Collection[str],
    language: str,
    *,
    phrases: Sequence[str] = (),
    length: int = 240,
) -> list[Piece]:
    """The stretch of the text that answers most of the search, in pieces.

    Different words count before the same one again, and what comes first before what
    comes later; with nothing found, it is the beginning. About `length` characters,
    cut at blanks where there are any near, and « … » where something was left out.
    """
    finds = _finds(text, wanted, language, phrases=phrases)
    start, end = _stretch(text, _best(finds, length), length)
    pieces = _pieces(text, _joined(text, finds), (start, end))
    if start > 0:
        pieces.insert(0, Piece(f"{ELLIPSIS} ", False))
    if end < len(text.rstrip()):
        pieces.append(Piece(f" {ELLIPSIS}", False))
    return pieces


def _finds(
    text: str, wanted: Collection[str], language: str, *, phrases: Sequence[str]
) -> list[Find]:
    """In order of place; a phrase is a find of its own beside those of its words."""
    words = tokens(text, language)
    wishes = frozenset(wanted) - {""}
    finds = [
        Find(word.start, word.end, word.stem) for word in words if word.stem in wishes
    ]
    for phrase in phrases:
        finds.extend(_runs(words, tuple(folded_words(phrase))))
    return sorted(finds) if phrases else finds


def _runs(words: list[Token], phrase: tuple[str, ...]) -> Iterator[Find]:
    wish = " ".join(phrase)
    if not phrase:
        return
    for place in range(len(words) - len(phrase) + 1):
        if words[place].folded == phrase[0]:
            run = words[place : place + len(phrase)]
            if tuple(word.folded for word in run) == phrase:
                yield Find(run[0].start, run[-1].end, wish)


def _joined(text: str, finds: list[Find]) -> list[Span]:
    """Spans to mark, apart from each other."""
    spans: list[Span] = []
    for start, end, _ in finds:
        if spans and (
            start <= spans[-1][1] or JOINT.fullmatch(text, spans[-1][1], start)
        ):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _pieces(text: str, spans: list[Span], stretch: Span) -> list[Piece]:
    """The stretch of the text, with the spans that lie in it marked."""
    place, stop = stretch
    pieces = []
    for start, end in spans:
        if start < stop and end > place:
            pieces.append(Piece(text[place:start], False))
            pieces.append(Piece(text[max(start, place) : min(end, stop)], True))
            place = min(end, stop)
    pieces.append(Piece(text[place:stop], False))
    return [piece for piece in pieces if piece.text]


def _best(finds: list[Find], length: int) -> Span:
    """Of the runs of finds no longer than an excerpt, the one that answers most."""
    best, most, first = (0, 0), (0, 0), 0
    within: Counter[str] = Counter()
    for last, find in enumerate(finds):
        within[find.wish] += 1
        while first < last and find.end - finds[first].start > length:
            left_out = finds[first].wish
            within[left_out] -= 1
            if not within[left_out]:
                del within[left_out]
            first += 1
        answered = (len(within), last - first + 1)
        if answered > most:
            best, most = (finds[first].start, find.end), answered
    return best


def _stretch(text: str, best: Span, length: int) -> Span:
    """The best run with what is around it, from one blank to another."""
    spare = max(length - (best[1] - best[0]), 0)
    start = max(min(best[0] - int(spare * LEAD), len(text) - length), 0)
    start = _cut_after(text, start, best[0]) if start else 0
    end = start + length
    if end >= len(text):
        return start, len(text)
    return start, _cut_before(text, end, best[1])


def _cut_after(text: str, place: int, limit: int) -> int:
    """The first beginning of a word from a place on, not beyond the limit."""
    blank = BLANK.search(text, place - 1, min(place + REACH, limit))
    return _whole(text, blank.end() if blank else place)


def _cut_before(text: str, place: int, limit: int) -> int:
    """The last end of a word up to a place, not before the limit."""
    for end in range(place, max(place - REACH, limit) - 1, -1):
        if text[end].isspace() and not text[end - 1].isspace():
            return end
    return _whole(text, place)


def _whole(text: str, place: int) -> int:
    """The place, or the next one that parts no sign from what belongs to it."""
    while 0 < place < len(text) and _belong(text[place - 1], text[place]):
        place += 1
    return place


def _belong(before: str, after: str) -> bool:
    return (
        before == ZERO_WIDTH_JOINER
        or CONTINUES.match(after) is not None
        or unicodedata.category(after).startswith("M")
    )
