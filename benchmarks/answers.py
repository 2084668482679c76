"""Whether both kinds of database answer the same to what the data's own words ask.

    CONSULTATION_FILE=FILE python -m benchmarks.answers [--searches 200]

The consultation is imported into a database of each kind. Searches of one to four words
are drawn from its texts, some with what is not wanted, some with an exact phrase, in
each order; every page that follows is asked for too. Prints how many answers are the
same: numbers in their order, totals, the counts of each facet.
"""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.databases import KINDS, Unavailable
from benchmarks.served import Failed, Site

# As many pages as anybody turns.
PAGES = 3
WHAT = ("numbers", "partly", "total", "counts", "correction", "similar")


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--answer", help="used by the script itself")
    options = parser.parse_args()
    file = os.environ.get("CONSULTATION_FILE")
    if not file:
        print("CONSULTATION_FILE: a file to draw searches from.", file=sys.stderr)
        return 2
    if options.answer:
        json.dump(answers(options.answer, options.searches), sys.stdout)
        return 0
    try:
        said = dict(answered(str(Path(file).resolve()), options.searches))
    except (Failed, Unavailable) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0 if compare(said) else 1


def answered(file: str, searches: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    arguments = ("-m", "benchmarks.answers", f"--answer={file}")
    with TemporaryDirectory(prefix="bench-answers-") as name, ExitStack() as stack:
        site = Site(Path(name))
        for kind in KINDS.values():
            database = kind(Path(name), stack).create("answers")
            site.run(database, "manage.py", "migrate", "--verbosity=0")
            said = site.run(database, *arguments, f"--searches={searches}")
            yield kind.title, json.loads(said.splitlines()[-1])


def compare(said: dict[str, list[dict[str, Any]]]) -> bool:
    """Print what is the same, and the places of the searches that are not."""
    (first, ones), (second, others) = said.items()
    pairs = list(zip(ones, others, strict=True))
    found = sum(each["total"] > 0 for each in ones)
    rows = sum(len(each["numbers"]) for each in ones)
    print(f"{len(pairs)} searches, {found} with results, {rows:,} numbers compared.")
    for what in WHAT:
        different = [n for n, (a, b) in enumerate(pairs) if a[what] != b[what]]
        same = len(pairs) - len(different)
        print(f"- {what}: {same} the same on {first} and {second}", *different)
    return ones == others


def answers(file: str, searches: int) -> list[dict[str, Any]]:
    """What the site's search says in this database to what is always drawn alike."""
    import django

    django.setup()
    from benchmarks.data import import_consultation
    from benchmarks.pages import SLUG

    import_consultation(file, SLUG)
    return [_answer(*drawn) for drawn in _drawn(searches)]


def _drawn(searches: int) -> Iterator[tuple[int, str, int]]:
    """The number of a text, words of it, and which order they are asked in."""
    from register.models import Contribution
    from search.analysis import stems, tokens
    from search.documents import words_of

    random = Random(11)  # noqa: S311
    texts = []
    for model in Contribution.__subclasses__():
        for row in model.objects.visible().order_by("pk"):
            said = words_of(row)
            text = f"{said.title} {said.text}"
            words = [text[t.start : t.end] for t in tokens(text, "fr") if t.stem]
            if len(stems(text, "fr")) > 3:
                texts.append((row.pk, words))
    for place in range(searches):
        number, words = random.choice(texts)
        start = random.randrange(len(words) - 3)
        asked = random.sample(words, 1 + place % 4)
        if place % 7 == 0:
            asked.append(f"-{random.choice(words)}")
        if place % 5 == 0:
            asked.append(f'"{" ".join(words[start : start + 2])}"')
        yield number, " ".join(asked), place % 3


def _answer(number: int, typed: str, order: int) -> dict[str, Any]:
    from journal.clock import database_now
    from search.engines import engine
    from search.query import SearchQuery, Sort
    from search.typed import parse

    at, after, numbers = database_now(), None, []
    for _ in range(PAGES):
        query = SearchQuery(parse(typed), sort=list(Sort)[order], after=after)
        found = engine().search(query, at=at)
        numbers += found.numbers
        if not (after := found.following):
            break
    counts = {facet.value: sorted(some.items()) for facet, some in found.counts.items()}
    near = engine().similar(_like(number), at=at, size=5)
    return {
        "numbers": numbers,
        "partly": list(found.partly),
        "total": found.total,
        "counts": counts,
        "correction": found.correction,
        "similar": [[each.number, round(each.closeness, 6)] for each in near],
    }


def _like(number: int) -> Any:
    from register.actions import of_its_kind
    from search.documents import words_of
    from search.query import Like

    row = of_its_kind(number)
    said = words_of(row)
    return Like(said.title, said.text, row.language, row.kind, apart_from=row.pk)


if __name__ == "__main__":
    sys.exit(main())
