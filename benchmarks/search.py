"""How fast the site's own search is, and what it costs to keep, at 100,000 texts.

    CONSULTATION_FILE=FILE python -m benchmarks.search
        [--database sqlite|postgresql|both] [--counts 10000 100000] [--rounds 5]

The consultation is imported into a database that is made for the measure and dropped
after it, and resampled until it has so many contributions: see benchmarks.resampled.
Then always the same forty questions are asked, some acts followed, and, in the same
minutes, the database's own ranking is asked over the same stems. Prints Markdown.
"""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, Unavailable
from benchmarks.measures import percentile
from benchmarks.served import Failed, Site
from benchmarks.tables import row, verdict

PAGE = "page, highlighted, three facets"
# Milliseconds that 95 % may take, on two processors that do nothing else.
TARGETS = {
    PAGE: 30,
    "suggestions": 10,
    "an argument is posted": 2,
}
LASTING = ("adding them", "reindexing", "filling the reference")
OURS, THEIRS = "first page", "own ranking of the database"


@dataclass(frozen=True)
class Measured:
    """Of one database with so many contributions: sizes, and times of each thing."""

    count: int
    sizes: dict[str, int]
    spent: dict[str, list[float]]

    def median(self, what: str) -> float:
        return percentile(self.spent[what], 50)

    def p95(self, what: str) -> float:
        return percentile(self.spent[what], 95)

    @property
    def things(self) -> Iterator[str]:
        return (each for each in self.spent if each not in LASTING)


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    file = os.environ.get("CONSULTATION_FILE")
    if not file:
        print("CONSULTATION_FILE: a file to resample.", file=sys.stderr)
        return 2
    asked = [str(Path(file).resolve()), *map(str, [options.rounds, *options.counts])]
    for kind in KINDS if options.database == "both" else [options.database]:
        try:
            print("\n".join(report(KINDS[kind].title, measured(kind, asked))))
        except Unavailable as reason:
            print(f"\n## {KINDS[kind].title}: skipped: {reason}\n")
        except Failed as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


def measured(kind: str, asked: Sequence[str]) -> list[Measured]:
    with TemporaryDirectory(prefix="bench-search-") as name, ExitStack() as stack:
        site = Site(Path(name))
        database = KINDS[kind](Path(name), stack).create("search")
        site.run(database, "manage.py", "migrate", "--verbosity=0")
        said = site.run(database, "-m", "benchmarks.searching", *asked)
        lines = [line for line in said.splitlines() if line.startswith("{")]
        return [Measured(**json.loads(line)) for line in lines]


def report(title: str, sizes: list[Measured]) -> Iterator[str]:
    largest = sizes[-1]
    yield f"\n## {title}: {largest.count:,} contributions\n"
    yield from times(sizes)
    yield ""
    yield from tables(sizes)
    yield ""
    for what, limit in TARGETS.items():
        spent = largest.p95(what)
        said = f"{what}: p95 under {limit} ms: {spent:.1f} ms"
        yield verdict(spent < limit, said)
    ratio = largest.median(THEIRS) / largest.median(OURS)
    worst = largest.p95(THEIRS) / largest.p95(OURS)
    yield (
        f"- {OURS}, with counts and facets, beside {THEIRS} without:"
        f" {ratio:.1f} times faster at the median, {worst:.1f} times at p95"
    )


def times(sizes: list[Measured]) -> Iterator[str]:
    """Growth is of the median, beside the smallest."""
    smallest, largest = sizes[0], sizes[-1]
    heads = [f"{what}, {each.count:,}" for each in sizes for what in ("p50", "p95")]
    yield row(["milliseconds", *heads, "growth"])
    yield row(["---", *["--:"] * (len(heads) + 1)])
    for what in largest.things:
        cells = [f(what) for each in sizes for f in (each.median, each.p95)]
        growth = largest.median(what) / smallest.median(what)
        yield row([what, *(f"{cell:.2f}" for cell in cells), f"{growth:.1f}x"])


def tables(sizes: list[Measured]) -> Iterator[str]:
    yield row(["", *(f"{each.count:,}" for each in sizes)])
    yield row(["---", *["--:"] * len(sizes)])
    for what in LASTING:
        seconds = (sum(each.spent[what]) / 1000 for each in sizes)
        yield row([f"{what}, seconds", *(f"{each:.1f}" for each in seconds)])
    for name in sizes[-1].sizes:
        held = [each.sizes.get(name, 0) for each in sizes]
        if name.startswith("search_"):
            yield row([f"{name}, MB", *(f"{each / 1e6:.1f}" for each in held)])
        else:
            yield row([name, *(f"{each:,}" for each in held)])


if __name__ == "__main__":
    sys.exit(main())
