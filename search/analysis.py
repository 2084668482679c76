"""What a text is found by: its words, folded, and the stems they have in common.

Every engine indexes these stems and every search is made of them, so all of them
answer the same ([decision 21](../docs/decisions/0021-one-analysis-of-words.md)).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from register.text import folded
from search.french import light_stem
from search.wordlists import overrides, stop_words

# What goes on after so many characters is no word, and would be as heavy to keep.
LONGEST_WORD = 80
WORDS_KEPT = 2**15

LETTER = "[^\\W_ªºʼ]"
# Signs that belong to the letter before them: marks of every script, and what is not
# seen (soft hyphens, joiners), which pasted texts are full of.
SIGNS = "".join(
    character
    for character in map(chr, range(0x300, 0x10000))
    if unicodedata.category(character).startswith("M")
)
APOSTROPHE = "['’‘ʼ´`′＇]"
RUN = f"{LETTER}++(?:[{SIGNS}\u00ad\u200b-\u200d\u2060\ufeff]++{LETTER}*+)*+"
SPELLING = f"{RUN}(?:{APOSTROPHE}{RUN})*+"
# Nothing of a word follows.
WHOLE = f"(?![\\w{SIGNS}])"
# What inclusive writing adds to a word. A point or a hyphen is one only before these.
ADDED = "(?:[ln]?e|te|se|ve|fe|[tr]?rice|ice|euse|(?:è|e\u0300?)re|esse)"
INCLUSIVE = (
    f"(?:(?:[·•‧∙⋅]{RUN})++|(?i:[.]{ADDED}(?:[.]?s)?{WHOLE}"
    f"|\\({ADDED}?s?\\)(?:\\(?s\\)?)?+{WHOLE}|-{ADDED}-s{WHOLE}))"
)
# O.N.U.: after one letter, points and letters.
INITIALS = f"(?:[.](?<=[A-Za-z][.])(?<![\\w{SIGNS}]\\w[.])[A-Za-z]{WHOLE})++"
WORD = re.compile(f"{SPELLING}(?:{INITIALS}|{INCLUSIVE})?+")
# « quelqu’un » and « presqu’île » are words of their own.
ELIDED = f"(?:(?i:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu){APOSTROPHE}(?={LETTER}))*+"
PARTS = re.compile(f"{ELIDED}(?P<word>{SPELLING}(?:{INITIALS})?+)")
POSSESSIVE = re.compile(f"{APOSTROPHE}s$", re.IGNORECASE)
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
ORDINAL = re.compile(r"(\d+)(?:ere?|re|eme|ieme|nde?|st|rd|th|e)s?")


class Token(NamedTuple):
    """A word of a text, and its place in the text as it was given.

    `folded` and `stem` hold letters and digits only; a stop word has no stem.
    """

    start: int
    end: int
    folded: str
    stem: str


class Word(NamedTuple):
    """What is known of a spelling: where its word begins after « l’ », and the rest."""

    begins: int
    folded: str
    stem: str


def tokens(text: str, language: str) -> list[Token]:
    """The words of a text in order, stop words too; what is elided is left out."""
    analyse = _analysis(language)
    found = []
    for match in WORD.finditer(text):
        begins, plain, stem = analyse(match[0][:LONGEST_WORD])
        if plain:
            start, end = match.span()
            found.append(Token(start + begins, end, plain, stem))
    return found


def stems(text: str, language: str) -> list[str]:
    """The stems of a text in order, as often as they come, without the stop words."""
    analyse = _analysis(language)
    words = WORD.findall(text)
    return [stem for word in words if (stem := analyse(word[:LONGEST_WORD]).stem)]


def folded_words(text: str) -> list[str]:
    """Every word folded, whatever the language: what exact phrases are compared by."""
    words = WORD.findall(text)
    return [plain for word in words if (plain := _plain(word[:LONGEST_WORD]).folded)]


def _analysis(language: str) -> Callable[[str], Word]:
    return {"fr": _french, "en": _english}.get(language[:2].lower(), _plain)


@lru_cache(WORDS_KEPT)
def _french(raw: str) -> Word:
    begins, spelt, plain = _read(raw)
    if spelt in _stop_words("fr"):
        return Word(begins, plain, "")
    if ordinal := ORDINAL.fullmatch(plain):
        return Word(begins, plain, ordinal[1])
    return Word(begins, plain, french_stem(plain))


def french_stem(plain: str) -> str:
    """Of a folded word, whether or not it is one; nothing of it is remembered."""
    return _overrides_fr().get(plain) or light_stem(plain)


@lru_cache(WORDS_KEPT)
def _english(raw: str) -> Word:
    begins, spelt, plain = _read(raw)
    if spelt in _stop_words("en"):
        return Word(begins, plain, "")
    if ordinal := ORDINAL.fullmatch(plain):
        return Word(begins, plain, ordinal[1])
    # It loads the stemmers of thirty languages, so only a text in English asks for it;
    # and a stemmer keeps the word it is at work on, so threads do not share one.
    import snowballstemmer

    return Word(begins, plain, snowballstemmer.stemmer("english").stemWord(plain))


@lru_cache(WORDS_KEPT)
def _plain(raw: str) -> Word:
    begins, _, plain = _read(raw)
    return Word(begins, plain, plain)


def _read(raw: str) -> tuple[int, str, str]:
    """Where the word begins, how it is spelt (with accents) and how it folds."""
    match = PARTS.match(raw)
    if not match:
        return 0, "", ""
    word = POSSESSIVE.sub("", match["word"])
    return match.start("word"), _spelt(word), _fold(word)


def _spelt(word: str) -> str:
    regular = unicodedata.normalize("NFKC", word).casefold()
    return NEITHER_LETTER_NOR_DIGIT.sub("", unicodedata.normalize("NFC", regular))


def _fold(word: str) -> str:
    plain = folded(unicodedata.normalize("NFKC", word))
    return NEITHER_LETTER_NOR_DIGIT.sub("", plain)[:LONGEST_WORD]


@cache
def _stop_words(language: str) -> frozenset[str]:
    """Spelt with their accents, and without any, as many people type."""
    words = stop_words(language)
    return frozenset(map(_spelt, words)) | frozenset(map(_fold, words))


@cache
def _overrides_fr() -> dict[str, str]:
    return overrides("fr")
