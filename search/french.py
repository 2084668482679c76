"""The light stemmer for French of Jacques Savoy (University of Neuchâtel, "UniNE").

It takes off plurals, feminines and the commonest endings, and leaves the rest: it
merges fewer words that mean different things than Porter's does. Source: J. Savoy,
"Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages",
SAC 2006, with the endings as later published with CLEF; here over words without
accents: -ième and -ière are as plain without them, and -ère and -ète, which are not
to be told from -éré and -été, have no place.
"""

import re
from typing import NamedTuple


class Ending(NamedTuple):
    """An ending is replaced in words that have `shortest` letters or more."""

    ending: str
    replacement: str
    shortest: int


# The first that fits is the only one used, so the longer come before the shorter.
ENDINGS = (
    Ending("issement", "ir", 10),
    Ending("issant", "ir", 9),
    Ending("ivement", "if", 8),
    Ending("ement", "e", 7),
    Ending("ficatrice", "fier", 12),
    Ending("ficateur", "fier", 11),
    Ending("catrice", "quer", 10),
    Ending("cateur", "quer", 9),
    Ending("atrice", "er", 9),
    Ending("ateur", "er", 8),
    Ending("trice", "ter", 8),
    Ending("trice", "teur", 7),
    Ending("ieme", "", 6),
    Ending("teuse", "ter", 8),
    Ending("teur", "ter", 7),
    Ending("euse", "eu", 6),
    Ending("iere", "ier", 9),
    Ending("ive", "if", 8),
    Ending("folle", "fou", 5),
    Ending("molle", "mou", 5),
    Ending("nnelle", "n", 10),
    Ending("nnel", "n", 10),
    Ending("ique", "", 9),
    Ending("esse", "e", 9),
    Ending("inage", "in", 8),
    Ending("ualisation", "uel", 13),
    Ending("isation", "", 10),
    Ending("isateur", "", 10),
    Ending("ation", "", 9),
    Ending("ition", "", 9),
)
REPEATED_LETTER = re.compile(r"([^\W\d_])\1+")


def light_stem(word: str) -> str:
    """What the forms of one French word have in common. `word` is folded."""
    word = _singular(word)
    for ending, replacement, shortest in ENDINGS:
        if len(word) >= shortest and word.endswith(ending):
            word = word[: -len(ending)] + replacement
            break
    return _bare(word)


def _singular(word: str) -> str:
    if len(word) > 5 and word.endswith("x"):
        word = word[:-1]
        if word.endswith("au") and not word.endswith("eau"):
            word = word[:-1] + "l"  # chevaux, cheval; but bateaux, bateau
    if len(word) > 3 and word.endswith("x"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return word


def _bare(word: str) -> str:
    """Without double letters, nor the endings -ie, -r, -er, -e, -ee."""
    if len(word) > 4:
        word = REPEATED_LETTER.sub(r"\1", word)
    if len(word) > 4:
        word = word.removesuffix("ie")
    if len(word) > 4:
        word = word.removesuffix("r").removesuffix("e").removesuffix("e")
        if word[-1:] == word[-2:-1] and word[-1:].isalpha():
            word = word[:-1]
    return word
