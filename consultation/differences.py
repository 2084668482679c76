"""What a text changes in another, such as a text of law in the law in force.

Paragraphs are aligned first, then the words of those that have a counterpart. The cost
is bounded: what would take too long to compare word by word is shown whole, as removed
and then as added.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby, repeat
from operator import itemgetter
from typing import NamedTuple

from consultation.paragraphs import Line, Run, read_paragraphs

# A number with its groups of digits, a word with the apostrophe of its elision, a sign.
WORD = re.compile(r"\d{1,3}(?:[ \xa0\u202f]\d{3})+(?!\w)|\w+(?:[-‑.,/]\w+)*['’]?|\S")
SPACED_WORD = re.compile(rf"\s*(?:{WORD.pattern})")
# Words of three letters and fewer (and, of) say little of what a paragraph is about.
SHORT = 3
LONG_WORD = re.compile(r"\w{4,}")
# From how much in common, of 1, two paragraphs are one paragraph that was changed.
ALIKE = 0.4
# Beyond so many paragraphs to choose a counterpart from, times so many, none is chosen.
MOST_CHOICES = 3000
# Beyond so many places on average where each word is found again, none is looked for.
MOST_PLACES = 6
# Beyond so many words times so many, two paragraphs are not compared word by word:
# their small matches would be looked for again and again.
MOST_PAIRS = 400_000


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Words that met the same fate."""

    change: Change
    runs: tuple[Run, ...]


class Paragraph(NamedTuple):
    """A paragraph, kind and marker as in `Line`, cut where its words change."""

    kind: str
    marker: str
    pieces: tuple[Piece, ...]


# Each with the blanks before it and its styles: a `Run` of one word, made faster.
_Words = list[tuple[str, tuple[str, ...]]]


# A place in one sequence and one in another, from where so many are the same.
_Match = tuple[int, int, int]


class _Span(NamedTuple):
    """Where two sequences are the same, or are not."""

    same: bool
    before: slice
    after: slice


class _Read:
    """A paragraph of one of the texts, cut into words if need be."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.key = " ".join("".join(run.text for run in line.runs).split())

    @cached_property
    def words(self) -> _Words:
        words: _Words = []
        blanks = ""
        for text, styles in self.line.runs:
            words += zip(SPACED_WORD.findall(blanks + text), repeat(styles))
            blanks = text[len(text.rstrip()) :]
        return words

    @cached_property
    def keys(self) -> list[str]:
        """What the words are compared by: any apostrophe, any blank in a number."""
        return [
            key
            for text, _styles in self.line.runs
            for key in WORD.findall(
                text.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")
            )
        ]

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words that tell it from another paragraph."""
        return frozenset(LONG_WORD.findall(self.key) or self.key.split())

    def whole(self, change: Change) -> Paragraph:
        return self.cut([Piece(change, self.line.runs)])

    def cut(self, pieces: Sequence[Piece]) -> Paragraph:
        return Paragraph(self.line.kind, self.line.marker, tuple(pieces))


@lru_cache(maxsize=64)
def differences(before: str, after: str) -> list[Paragraph]:
    """The paragraphs of two HTML texts, in the order of the second, with what changed.

    What is kept and what is added make `after`; what is kept and what is removed make
    `before`, but for its blanks and the form of its apostrophes. Only words count: to
    show the same ones in another style is no difference.
    """
    old = [_Read(line) for line in read_paragraphs(before)]
    new = [_Read(line) for line in read_paragraphs(after)]
    paragraphs = []
    for same, i, j in _spans([each.key for each in old], [each.key for each in new]):
        if same:
            paragraphs += [each.whole(Change.KEPT) for each in new[j]]
        else:
            paragraphs += [_compared(*pair) for pair in _aligned(old[i], new[j])]
    return paragraphs


def is_changed(paragraphs: Sequence[Paragraph]) -> bool:
    return any(
        piece.change != Change.KEPT for each in paragraphs for piece in each.pieces
    )


def _aligned(
    old: Sequence[_Read], new: Sequence[_Read]
) -> Iterator[tuple[_Read | None, _Read | None]]:
    """Paragraphs with their counterpart, in order; what was removed comes first."""
    i = j = 0
    for k, m in [*_counterparts(old, new), (len(old), len(new))]:
        yield from ((each, None) for each in old[i:k])
        yield from ((None, each) for each in new[j:m])
        if k < len(old):
            yield old[k], new[m]
        i, j = k + 1, m + 1


def _counterparts(old: Sequence[_Read], new: Sequence[_Read]) -> list[tuple[int, int]]:
    """Which paragraphs are one that was changed: the most alike first, in order."""
    if len(old) * len(new) > MOST_CHOICES:
        return []
    likely = [
        (likeness, i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (likeness := _likeness(one.telling, other.telling)) >= ALIKE
    ]
    pairs: list[tuple[int, int]] = []
    for _likeness_of_both, i, j in sorted(likely, key=lambda each: -each[0]):
        if all((i - k) * (j - m) > 0 for k, m in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two paragraphs have in common, from 0 to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other))


def _compared(old: _Read | None, new: _Read | None) -> Paragraph:
    if not new:
        return old.whole(Change.REMOVED)
    if not old:
        return new.whole(Change.ADDED)
    return new.cut([_piece(*fate) for fate in _fates(old, new)])


def _fates(old: _Read, new: _Read) -> Iterator[tuple[Change, _Words]]:
    """What becomes of the words, in order, what was removed before what was added.

    A comma or a few short words that stay between two changes are said to change too:
    one mark is read more easily than two.
    """
    spans = list(_spans(old.keys, new.keys))
    removed: _Words = []
    added: _Words = []
    for place, (same, i, j) in enumerate(spans):
        if same and not (0 < place < len(spans) - 1 and _says_little(new.keys[j])):
            yield from _replacement(removed, added)
            glued = removed and not added and _were_apart(old.words[i], new.words[j])
            yield Change.KEPT, _spaced(new.words[j]) if glued else new.words[j]
            removed, added = [], []
        else:
            removed += old.words[i]
            added += new.words[j]
    yield from _replacement(removed, added)


def _replacement(removed: _Words, added: _Words) -> Iterator[tuple[Change, _Words]]:
    if removed:
        yield Change.REMOVED, removed
    if added:
        glued = removed and (removed[-1][0][-1] + added[0][0][0]).isalnum()
        yield Change.ADDED, _spaced(added) if glued else added


def _spaced(words: _Words) -> _Words:
    """The same, not run into the words of the other text that stand before them."""
    (text, styles), *others = words
    return [(f" {text}", styles), *others]


def _were_apart(old: _Words, new: _Words) -> bool:
    """Whether what is kept begins the new text, and stood after a blank in the old."""
    return old[0][0][0].isspace() and not new[0][0][0].isspace()


def _says_little(keys: Sequence[str]) -> bool:
    return len(keys) <= SHORT and all(len(key) <= SHORT for key in keys)


def _piece(change: Change, words: _Words) -> Piece:
    runs = (
        Run("".join([text for text, _styles in same]), styles)
        for styles, same in groupby(words, key=itemgetter(1))
    )
    return Piece(change, tuple(runs))


def _spans(before: Sequence[str], after: Sequence[str]) -> Iterator[_Span]:
    """Where they are the same and where they are not, in order."""
    i = j = 0
    for k, m, size in _slid(_matches(before, after), before, after):
        if k > i or m > j:
            yield _Span(False, slice(i, k), slice(j, m))
        if size:
            yield _Span(True, slice(k, k + size), slice(m, m + size))
        i, j = k + size, m + size


def _slid(
    matches: list[_Match], before: Sequence[str], after: Sequence[str]
) -> list[_Match]:
    """The same, where a sentence put after another takes its own full stop with it.

    Between "one." and "one. Two.", what is added is "Two." and not ". Two".
    """
    for n in range(len(matches) - 1):
        (i, j, size), (k, m, other) = matches[n : n + 2]
        only_added, only_removed = i + size == k, j + size == m
        if not (size and other) or only_added == only_removed:
            continue
        first = after[j + size] if only_added else before[i + size]
        if first == after[m] and not first[0].isalnum():
            matches[n] = (i, j, size + 1)
            matches[n + 1] = (k + 1, m + 1, other - 1)
    return matches


def _matches(before: Sequence[str], after: Sequence[str]) -> list[_Match]:
    """Where they are the same: the places in both, and the lengths, in order.

    What both begin and end with is found at no cost; what stands between is compared
    if that is quick.
    """
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tails = range(shorter - head)
    tail = next((n for n in tails if before[-1 - n] != after[-1 - n]), len(tails))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    counts = Counter(new)
    inner: list = []
    places = sum(counts.get(each, 0) for each in old)
    is_quick = len(old) * len(new) <= MOST_PAIRS
    if is_quick and places <= MOST_PLACES * (len(old) + len(new)):
        inner = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [
        (0, 0, head),
        *((k + head, m + head, size) for k, m, size in inner if size),
        (len(before) - tail, len(after) - tail, tail),
    ]
