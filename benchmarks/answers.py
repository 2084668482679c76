"""Whether every engine answers the same to what the data's own words ask.

    CONSULTATION_FILE=FILE [SEARCH_URL=URL] python -m benchmarks.answers
        [--searches 200]

The consultation is imported into a database of each kind. Searches of one to four words
are drawn from its texts, some with what is not wanted, some with an exact phrase, in
each order; every page that follows is asked for too. Prints how many answers are the
same: numbers in their order, totals, the counts of each facet. With SEARCH_URL the same
is asked of that search server too, beside the SQL engine on the same SQLite database:
there, all that is found is compared, page after page to the last one.
"""

import json
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.compared import FIRST, overlap, overlap_table, same_table
from benchmarks.databases import KINDS, Unavailable
from benchmarks.own_index import address, own_index
from benchmarks.served import Failed, Site
from benchmarks.tables import verdict

# As many pages as anybody turns.
PAGES = 3
WHAT = ("numbers", "partly", "total", "counts", "correction", "similar")
# Of all that is found, at once; nobody has so many pages.
WHOLE_PAGE, WHOLE_PAGES = 100, 1_000
WHOLE = ("set", "order", "total", "counts", "missing", "correction")
# How many of the first ten are to be the same.
AIM = 7
Answers = list[dict[str, Any]]


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--answer", help="used by the script itself")
    parser.add_argument("--beside", action="store_true", help="so is this")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    file = os.environ.get("CONSULTATION_FILE")
    if not file:
        print("CONSULTATION_FILE: a file to draw searches from.", file=sys.stderr)
        return 2
    if options.beside:
        json.dump(beside(options.searches), sys.stdout)
        return 0
    if options.answer:
        json.dump(answers(options.answer, options.searches), sys.stdout)
        return 0
    try:
        return 0 if compared(str(Path(file).resolve()), options.searches) else 1
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


def compared(file: str, searches: int) -> bool:
    """Print what is the same on both databases, and on the server, if there is one."""
    count = f"--searches={searches}"
    said: dict[str, Answers] = {}
    with TemporaryDirectory(prefix="bench-answers-") as name, ExitStack() as stack:
        site, server = Site(Path(name)), address()
        is_same = True
        for kind in KINDS.values():
            try:
                database = kind(Path(name), stack).create("answers")
            except Unavailable as reason:
                print(f"{kind.title}: skipped: {reason}", file=sys.stderr)
                return is_same and bool(server)
            site.run(database, "manage.py", "migrate", "--verbosity=0")
            asked = ("-m", "benchmarks.answers", f"--answer={file}", count)
            said[kind.title] = _last(site.run(database, *asked))
            if server and len(said) == 1:
                own = {"SEARCH_URL": stack.enter_context(own_index(site, server))}
                asked = ("-m", "benchmarks.answers", "--beside", count)
                both = _last(site.run(database, *asked, environment=own))
                is_same = compare_server(both["version"], both["sql"], both["server"])
        return compare(said) and is_same


def _last(said: str) -> Any:
    return json.loads(said.splitlines()[-1])


def compare(said: dict[str, Answers]) -> bool:
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


def compare_server(version: str, ones: Answers, others: Answers) -> bool:
    """Print how alike the SQL engine and the server are; whether their sets are."""
    rows = sum(len(each["order"]) for each in ones)
    print(f"\n## SQL engine on SQLite, and {version}\n")
    print(f"{len(ones)} searches by relevance, to the last page: {rows:,} numbers.\n")
    print("\n".join(same_table(WHOLE, ones, others)))
    both = list(zip(ones, others, strict=True))
    lists = {
        name: [(one[key], other[key]) for one, other in both]
        for name, key in (
            ("what holds all the words", "order"),
            ("what holds some (`partly`)", "partly"),
            ("what is said alike (`similar`)", "similar"),
            ("newest first", "newest"),
        )
    }
    longer = [
        pair for pair in lists["what holds all the words"] if len(pair[0]) > FIRST
    ]
    overlaps = {name: overlap(pairs) for name, pairs in lists.items()}
    overlaps["where more than ten hold all the words"] = first = overlap(longer)
    print("", *overlap_table(overlaps), "", sep="\n")
    said = f"of the first ten by relevance, where there are more, at least {AIM} shared"
    print(verdict(first.worst >= AIM, f"{said}: {first.worst:.1f} at worst"))
    is_same = all(
        one[name] == other[name] for one, other in both for name in ("set", "counts")
    )
    print(verdict(is_same, "the same numbers and the same counts in every search"))
    is_whole = all(map(_adds_up, [*ones, *others]))
    print(verdict(is_whole, "all pages together hold each of the total once"))
    return is_same and is_whole


def _adds_up(answer: dict[str, Any]) -> bool:
    return len(answer["set"]) == len(set(answer["set"])) == answer["total"]


def answers(file: str, searches: int) -> Answers:
    """What the site's search says in this database to what is always drawn alike."""
    import django

    django.setup()
    from benchmarks.data import import_consultation
    from benchmarks.pages import SLUG

    import_consultation(file, SLUG)
    return [_answer(*drawn) for drawn in _drawn(searches)]


def beside(searches: int) -> dict[str, Any]:
    """What both engines say in this database, once the server has been told of it."""
    import django

    django.setup()
    from benchmarks.sides import version
    from search.engines.elastic import ElasticEngine
    from search.engines.server import site_server
    from search.engines.sql import SqlEngine
    from search.rebuilding import rebuild

    server = site_server()
    rebuild(server)
    drawn = [(number, typed) for number, typed, _order in _drawn(searches)]
    return {
        "version": version(server),
        "sql": [_whole(SqlEngine(), *each) for each in drawn],
        "server": [_whole(ElasticEngine(server), *each) for each in drawn],
    }


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
    near = engine().similar(_like(number), at=at, size=5)
    return {
        "numbers": numbers,
        "partly": list(found.partly),
        "total": found.total,
        "counts": _counts(found),
        "correction": found.correction,
        "similar": [[each.number, round(each.closeness, 6)] for each in near],
    }


def _whole(engine: Any, number: int, typed: str) -> dict[str, Any]:
    """All that is found by relevance, and the first page of the newest."""
    from journal.clock import database_now
    from search.query import SearchQuery, Sort
    from search.typed import parse

    at, pages, numbers = database_now(), [], []
    query = SearchQuery(parse(typed), size=WHOLE_PAGE)
    for _ in range(WHOLE_PAGES):
        pages.append(engine.search(query, at=at))
        numbers += pages[-1].numbers
        if not pages[-1].following:
            break
        query = replace(query, after=pages[-1].following)
    first, last = pages[0], pages[-1]
    newest = replace(query, after=None, sort=Sort.NEWEST)
    near = engine.similar(_like(number), at=at, size=5)
    return {
        "order": numbers,
        "set": sorted(numbers),
        "total": first.total,
        "counts": _counts(first),
        "partly": list(last.partly),
        "missing": list(first.missing),
        "correction": first.correction,
        "newest": list(engine.search(newest, at=at).numbers),
        "similar": [each.number for each in near],
    }


def _counts(found: Any) -> dict[str, Any]:
    return {facet.value: sorted(some.items()) for facet, some in found.counts.items()}


def _like(number: int) -> Any:
    from register.actions import of_its_kind
    from search.documents import words_of
    from search.query import Like

    row = of_its_kind(number)
    said = words_of(row)
    return Like(said.title, said.text, row.language, row.kind, apart_from=row.pk)


if __name__ == "__main__":
    sys.exit(main())
