"""What was probably meant, where nothing holds what was typed."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import connection

from register.actions.posting import of_its_kind
from register.models import Contribution
from search.analysis import folded_words, french_stem, stems, tokens
from search.documents import words_of
from search.engines.statements import Statement, Weighed, held
from search.facets import known_facets
from search.models import Posting
from search.typed import LONGEST_SEARCH, Typed
from search.typos import one_edit_away

# With more words that nothing holds, no correction is worth what it costs.
MOST_MISSING = 2
# Of how many words that exist the most used is chosen; SQLite unites 500 at most.
MOST_MEANT = 100
# Counting further does not change which of two words is the more usual.
USUAL = 1000


def corrected(typed: Typed, terms: Sequence[Weighed], unopened: set[int]) -> str:
    """What was typed with one letter changed in words that nothing holds.

    Empty when nothing better is known: one such word that stays finds nothing again.
    """
    missing = [term.word for term in terms if not term.held]
    if len(missing) > MOST_MISSING:
        return ""
    changed: dict[str, str] = {}
    for word in missing:
        plain = " ".join(folded_words(word))
        changed[plain] = _nearest(plain, unopened)
        if not changed[plain]:
            return ""
    meant = replace(
        typed,
        words=tuple(_mended(word, changed) for word in typed.words),
        phrases=tuple(_mended(phrase, changed) for phrase in typed.phrases),
    )
    said = _said(meant)
    return said if meant != typed and len(said) <= LONGEST_SEARCH else ""


def _mended(words: str, changed: dict[str, str]) -> str:
    return " ".join(
        changed.get(" ".join(folded_words(word)), word) for word in words.split()
    )


def _said(typed: Typed) -> str:
    """As somebody would type it."""
    phrases = [f'"{phrase}"' for phrase in typed.phrases]
    excluded = [f"-{word}" for word in typed.excluded]
    excluded += [f'-"{phrase}"' for phrase in typed.excluded_phrases]
    return " ".join([*typed.words, *phrases, *excluded])


def _nearest(word: str, unopened: set[int]) -> str:
    """The most used of the words that differ by one letter, as somebody wrote it."""
    for near_in in (_french_near, _english_near):
        meant = near_in(word)
        if opened := _opened(_existing(meant), unopened):
            counts = held(sorted(opened)[:MOST_MEANT], at_most=USUAL)
            best = max(counts.rows(), key=lambda row: (row[1], row[0]))[0]
            return _as_written(best, meant[best], unopened)
    return ""


def _french_near(word: str) -> dict[str, str]:
    """The stems of what is one letter away, each with one spelling.

    Nearly all of these hundreds are no words, and are kept out of the memory that the
    analysis has of words.
    """
    meant: dict[str, str] = {}
    for near in sorted(one_edit_away(word)):
        meant.setdefault(french_stem(near), near)
    return meant


def _english_near(word: str) -> dict[str, str]:
    """English stems are dear to make: one letter is changed in the only one made."""
    return {near: near for stem in stems(word, "en") for near in one_edit_away(stem)}


def _existing(meant: Iterable[str]) -> list[str]:
    """Those that something holds, each looked up without reading all that holds it."""
    asked: tuple[str, object] = ("json_each(%s) AS asked", json.dumps(list(meant)))
    if connection.vendor == "postgresql":
        asked = ("unnest(CAST(%s AS text[])) AS asked(value)", list(meant))
    there = "SELECT 1 FROM search_posting AS p WHERE p.stem = asked.value"
    found = f"SELECT asked.value FROM {asked[0]} WHERE EXISTS ({there})"
    return [stem for (stem,) in Statement(found, (asked[1],)).rows()]


def _opened(there: list[str], unopened: set[int]) -> list[str]:
    """Those that something public holds."""
    if not there or not unopened:
        return there
    pairs = Posting.objects.filter(stem__in=there).values_list("stem", "facets")
    held_by = set(pairs.distinct())
    known = known_facets(key for _, key in held_by)
    public = {stem for stem, key in held_by if known[key].debate not in unopened}
    return sorted(public)


def _as_written(stem: str, near: str, unopened: set[int]) -> str:
    """As the first contribution that holds it spells it, accents and all."""
    numbers = Posting.objects.filter(stem=stem).order_by("number")
    first = list(numbers.values_list("number", flat=True)[:5])
    opened = Contribution.objects.filter(pk__in=first).exclude(debate__in=unopened)
    for number in opened.order_by("pk").values_list("pk", flat=True):
        row = of_its_kind(number)
        said = words_of(row)
        for text in (said.title, said.text):
            for token in tokens(text, row.language):
                if token.stem == stem:
                    return text[token.start : token.end].lower()
    return near
