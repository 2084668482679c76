"""What was probably meant, where nothing holds what was typed."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from register.actions.posting import of_its_kind
from search.analysis import folded_words, french_stem, stems, tokens
from search.documents import words_of
from search.engines.statements import Statement, among
from search.facets import sets_where
from search.typed import LONGEST_SEARCH, Typed
from search.typos import is_one_edit, one_edit_away

# With more words that nothing holds, no correction is worth what it costs.
MOST_MISSING = 2
# Of how many stems that exist the most used are chosen; SQLite unites 500 at most.
MOST_MEANT = 100
# Counting further does not change which of two words is the more usual.
USUAL = 1000
# Of how many stems it is read how they are written, and in how many texts of each.
MOST_READ = 10
TEXTS_READ = 10
# What an English word may have after its stem: « libraries » is of « librari ».
LONGEST_ENDING = 3


def corrected(typed: Typed, missing: Sequence[str], unopened: set[int]) -> str:
    """What was typed with one letter changed in the words that nothing public holds.

    Empty when nothing better is known: one such word that stays finds nothing again.
    """
    if not 0 < len(missing) <= MOST_MISSING:
        return ""
    public = _public(unopened)
    changed: dict[str, str] = {}
    for word in missing:
        plain = " ".join(folded_words(word))
        changed[plain] = _nearest(plain, public)
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


def _public(unopened: set[int]) -> Statement:
    """Of postings `p`, those of debates that have begun."""
    keys = sets_where(lambda facets: facets.debate in unopened) if unopened else []
    if not keys:
        return Statement("1 = 1")
    waiting = among("p.facets", keys)
    return Statement(f"NOT ({waiting.sql})", waiting.parameters)


@dataclass(frozen=True)
class Near:
    """The stems of what may be meant, and which folded words count as one of them."""

    stems: Collection[str]
    is_meant: Callable[[str, str], bool]


def _nearest(word: str, public: Statement) -> str:
    """A word that differs by one letter, as somebody wrote it; the most used first."""
    for near_in in (_french_near, _english_near):
        near = near_in(word)
        used = _most_used(_existing(near.stems, public), public)
        for stem, number, words in _texts(used, public):
            spelt = {each for each in words.split() if near.is_meant(each, stem)}
            if spelt and (written := _as_written(spelt, number)):
                return written
    return ""


def _french_near(word: str) -> Near:
    """The stems of what is one letter away, each with its spellings.

    Nearly all of these hundreds are no words, and are kept out of the memory that the
    analysis has of words.
    """
    spellings = {near: french_stem(near) for near in one_edit_away(word)}
    return Near(
        stems=set(spellings.values()),
        is_meant=lambda written, stem: spellings.get(written) == stem,
    )


def _english_near(word: str) -> Near:
    """English stems are dear to make: one letter is changed in the only one made.

    So « libary » is near « libraries » too, which is two letters and an ending away.
    """

    def is_meant(written: str, stem: str) -> bool:
        ends = written.startswith(stem) and len(written) - len(stem) <= LONGEST_ENDING
        return (ends or is_one_edit(word, written)) and stems(written, "en") == [stem]

    own = stems(word, "en")
    return Near({near for stem in own for near in one_edit_away(stem)}, is_meant)


def _existing(meant: Collection[str], public: Statement) -> list[str]:
    """Those that something public holds, without reading all that holds them."""
    if not meant:
        return []
    asked: tuple[str, object] = ("json_each(%s) AS asked", json.dumps(list(meant)))
    if connection.vendor == "postgresql":
        asked = ("unnest(CAST(%s AS text[])) AS asked(value)", list(meant))
    there = "SELECT 1 FROM search_posting AS p WHERE p.stem = asked.value"
    found = (
        f"SELECT asked.value FROM {asked[0]} WHERE EXISTS ({there} AND {public.sql})"
    )
    rows = Statement(found, (asked[1], *public.parameters)).rows()
    return sorted(stem for (stem,) in rows)[:MOST_MEANT]


def _most_used(there: list[str], public: Statement) -> list[str]:
    """Those that the most public contributions hold, the most used first."""
    if len(there) < 2:
        return there
    one = (
        "SELECT %s AS stem, count(*) AS used FROM (SELECT 1 FROM search_posting AS p"
        f" WHERE p.stem = %s AND {public.sql} LIMIT {USUAL}) AS postings"
    )
    rows = _united(one, [(stem, stem, *public.parameters) for stem in there])
    in_order = sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)
    return [stem for stem, _ in in_order[:MOST_READ]]


def _texts(used: list[str], public: Statement) -> list[tuple[str, int, str]]:
    """Each stem with the first contributions that hold it, and their words."""
    one = (
        "SELECT * FROM (SELECT p.stem, p.number, d.words FROM search_posting AS p"
        " JOIN search_document AS d ON d.contribution_id = p.number"
        f" WHERE p.stem = %s AND {public.sql}"
        f" ORDER BY p.number LIMIT {TEXTS_READ}) AS texts"
    )
    rows = _united(one, [(stem, *public.parameters) for stem in used])
    return sorted(rows, key=lambda row: (used.index(row[0]), row[1]))


def _united(one: str, parameters: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if not parameters:
        return []
    values = tuple(value for each in parameters for value in each)
    return Statement(" UNION ALL ".join([one] * len(parameters)), values).rows()


def _as_written(spelt: Collection[str], number: int) -> str:
    """As this contribution spells the first of these words, accents and all.

    A stop word is none: nothing is found by it.
    """
    row = of_its_kind(number)
    said = words_of(row)
    for text in (said.title, said.text):
        for token in tokens(text, row.language):
            if token.stem and token.folded in spelt:
                return text[token.start : token.end].lower()
    return ""
