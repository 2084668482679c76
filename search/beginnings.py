"""What somebody has typed so far, as beginnings of words."""

from collections.abc import Iterable
from functools import lru_cache

from search.analysis import folded_words
from search.typed import LONGEST_SEARCH

# Shorter beginnings are those of too many words.
SHORTEST = 2
MOST = 5
NAMES_KEPT = 2**13


def beginnings_of(typed: str) -> list[str]:
    """Folded, the longest first: it is that of the fewest words."""
    words = dict.fromkeys(folded_words(typed[:LONGEST_SEARCH]))
    long_enough = [word for word in words if len(word) >= SHORTEST]
    return sorted(long_enough, key=len, reverse=True)[:MOST]


def holds_words_that_begin_so(name: str, beginnings: Iterable[str]) -> bool:
    words = _words(name)
    return all(f" {each}" in words for each in beginnings)


# The same names are asked about with every letter that somebody types.
@lru_cache(NAMES_KEPT)
def _words(name: str) -> str:
    return " ".join(["", *folded_words(name)])
