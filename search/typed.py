"""What somebody typed into the search box, and what it asks for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from search.analysis import Token, stems, tokens
from search.french import light_stem
from search.wordlists import synonyms

LONGEST_SEARCH = 300
MOST_WORDS = 20
# Looked for, and excluded: each is read in all that holds its words.
MOST_PHRASES = 3

NUMBER = re.compile(r"\s*(?:#|n\s*[°ºo]\.?|numéro|number)?\s*([0-9]{1,18})\s*", re.I)
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″", '"'))
# A hyphen excludes only what it is stuck to, and only at the beginning of a word. A
# quote that nothing closes is passed over, and what follows it is words.
PART = re.compile(r'((?<!\S)[-−–](?=[\w"]))?(?:"([^"]*)"|([^\s"]+))')


@dataclass(frozen=True)
class Typed:
    """What was typed, part by part; words are spelt as they were typed.

    `number` is given when nothing else was typed; the number is then a word too, for
    where no contribution has it. What is beyond 300 characters or 20 words is left
    out, and `is_cut` says so.
    """

    number: int | None = None
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True)
class Term:
    """A word typed, the stems that count as it, and those of its synonyms.

    It has the stems of French and of English, because nobody says in which language
    they search, and texts are in both.
    """

    word: str
    stems: frozenset[str]
    also: frozenset[str] = frozenset()


def parse(typed: str) -> Typed:
    """What was typed, taken apart. Anything can be typed: it may mean nothing."""
    text = typed.strip().translate(QUOTES)
    number = NUMBER.fullmatch(text)
    is_cut = len(text) > LONGEST_SEARCH
    if is_cut:
        text = text[: LONGEST_SEARCH + 1].rsplit(None, 1)[0][:LONGEST_SEARCH]
    parts: dict[tuple[bool, bool], list[str]] = defaultdict(list)
    room = MOST_WORDS
    for minus, phrase, word in PART.findall(text):
        spelt = _words(phrase or word)
        is_phrase = bool(phrase or (minus and _is_whole(spelt)))
        is_full = is_phrase and len(parts[bool(minus), True]) == MOST_PHRASES
        is_cut = is_cut or is_full or len(spelt) > room
        kept = [] if is_full else spelt[:room]
        room -= len(kept)
        if kept:
            parts[bool(minus), is_phrase] += [" ".join(kept)] if is_phrase else kept
    return Typed(
        number=int(number[1]) if number else None,
        words=tuple(parts[False, False]),
        phrases=tuple(parts[False, True]),
        excluded=tuple(parts[True, False]),
        excluded_phrases=tuple(parts[True, True]),
        is_cut=is_cut,
    )


def _is_whole(spelt: list[str]) -> bool:
    """An excluded « sous-préfet » is one thing, not every « sous » and « préfet ».

    And a stop word, by which nothing is found, is excluded as it stands.
    """
    return len(spelt) > 1 or (bool(spelt) and not terms_of(spelt, alone=False))


def terms_of(words: Iterable[str], *, alone: bool = True) -> tuple[Term, ...]:
    """What each word asks for, once each; stop words of either language ask nothing.

    Where there are only stop words (« pour », « et si »), each asks for itself: it
    finds what is written in a language of which it is a word (« but » finds the French
    texts that have one), and plainly nothing where there is none. Where they are not
    all that is looked for, they are not `alone`, and ask nothing.
    """
    read = list(_read(words))
    asked = [each for each in read if each[1].stem and each[2].stem]
    if alone:
        asked = asked or read
    once: dict[frozenset[str], Term] = {}
    for spelt, french, english in asked:
        own = _own_stems(french, english)
        also = _synonyms("fr", french.stem) | _synonyms("en", english.stem)
        once.setdefault(own, Term(spelt, own, also - own))
    return tuple(once.values())


def too_common(typed: Typed) -> tuple[str, ...]:
    """The words typed, if all of them are stop words, which no text is found by."""
    if typed.phrases or terms_of(typed.words, alone=False):
        return ()
    return typed.words


def _read(words: Iterable[str]) -> Iterator[tuple[str, Token, Token]]:
    """Each word as it is spelt, as French and as English."""
    for word in words:
        readings = zip(tokens(word, "fr"), tokens(word, "en"), strict=True)
        for french, english in readings:
            yield word[french.start : french.end], french, english


def _own_stems(french: Token, english: Token) -> frozenset[str]:
    own = {french.stem, english.stem} - {""}
    # English would undo what an override says: « pays » is not « payer ».
    if french.stem and french.stem != (overridden := light_stem(french.folded)):
        own -= {overridden}
    return frozenset(own or {french.folded})


def _words(text: str) -> list[str]:
    """The words of a text, whatever its language, as they are spelt in it."""
    return [text[token.start : token.end] for token in tokens(text, "")]


def _synonyms(language: str, stem: str) -> frozenset[str]:
    return _groups(language).get(stem, frozenset())


@cache
def _groups(language: str) -> dict[str, frozenset[str]]:
    """The stems of a group's words, by each of these stems."""
    groups = (frozenset(stems(" ".join(g), language)) for g in synonyms(language))
    return {stem: group for group in groups for stem in group}
