"""The lists of words in `search/data/`, each read once, when it is first needed.

A line is an entry; empty lines and lines that begin with `#` say nothing.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


class MalformedList(ValueError):
    """A line of a list is not of its form; says which, by file and number."""


def stop_words(language: str) -> tuple[str, ...]:
    return tuple(entry for _, entry in _entries(_file("stop_words", language, "txt")))


def overrides(language: str, folder: Path = FOLDER) -> dict[str, str]:
    """The stem of each folded word that the stemmer gets wrong: `word TAB stem`."""
    path = _file("overrides", language, "tsv", folder)
    stems: dict[str, str] = {}
    for place, entry in _entries(path):
        word, tab, stem = entry.partition("\t")
        if not tab or not word.isalnum() or not stem.isalnum():
            raise MalformedList(f"{place}: a word, a tab and a stem were expected")
        if word in stems:
            raise MalformedList(f"{place}: {word} has two stems")
        stems[word] = stem
    return stems


def synonyms(language: str, folder: Path = FOLDER) -> tuple[tuple[str, ...], ...]:
    """Groups of words that a citizen takes for each other: `vélo, bicyclette`."""
    groups = []
    seen: set[str] = set()
    for place, entry in _entries(_file("synonyms", language, "txt", folder)):
        group = tuple(word.strip() for word in entry.split(","))
        if len(group) < 2 or not all(word.isalnum() for word in group):
            raise MalformedList(f"{place}: two single words or more were expected")
        if len(set(group)) < len(group) or not seen.isdisjoint(group):
            raise MalformedList(f"{place}: a word is there already")
        seen.update(group)
        groups.append(group)
    return tuple(groups)


def _file(name: str, language: str, suffix: str, folder: Path = FOLDER) -> Path:
    return folder / f"{name}_{language}.{suffix}"


@cache
def _entries(path: Path) -> tuple[tuple[str, str], ...]:
    return tuple(_read(path))


def _read(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield f"{path.name}, line {number}", line.strip()
