"""What can be found, compared with what readers can read."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from register.models import Contribution
from search.documents import Entry, entries
from search.models import Document, Posting, TitleWord


def wrong_documents() -> Iterator[tuple[int, str]]:
    """Numbers that can be found and not read, or otherwise than they read."""
    for numbers in Contribution.objects.in_batches():
        yield from _wrong_among(numbers)


def _wrong_among(numbers: list[int]) -> Iterator[tuple[int, str]]:
    wanted = {each.number: _as_kept(each) for each in entries(numbers)}
    held = _kept(numbers)
    for number in sorted(wanted.keys() | held.keys()):
        if number not in wanted:
            yield number, "is found by searching and nobody can read it"
        elif number not in held:
            yield number, "can be read and no search finds it"
        elif wanted[number] != held[number]:
            yield number, "is searched by other words than it says"


Kept = tuple[int, str, frozenset[tuple[str, int, int]], frozenset[str]]


def _as_kept(entry: Entry) -> Kept:
    key = entry.facets.key
    postings = ((stem, weight, key) for stem, weight in entry.weights.items())
    return key, entry.words, frozenset(postings), entry.title_words


def _kept(numbers: list[int]) -> dict[int, Kept]:
    """A posting without its document is found too."""
    documents = Document.objects.filter(pk__in=numbers).values_list(
        "pk", "facets", "words"
    )
    said = {number: (facets, words) for number, facets, words in documents}
    postings = _grouped(Posting, numbers, "stem", "weight", "facets")
    title_words = _grouped(TitleWord, numbers, "word")
    return {
        number: (
            *said.get(number, (0, "")),
            frozenset(postings.get(number, ())),
            frozenset(word for (word,) in title_words.get(number, ())),
        )
        for number in said.keys() | postings.keys() | title_words.keys()
    }


def _grouped(
    model: type[Posting] | type[TitleWord], numbers: list[int], *fields: str
) -> dict[int, list[tuple]]:
    rows = model.objects.filter(number__in=numbers).order_by("number")
    values = rows.values_list("number", *fields)
    return {
        number: [tuple(each[1:]) for each in some]
        for number, some in groupby(values, key=itemgetter(0))
    }
