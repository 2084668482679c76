"""How fast the pages that people come for are, as production serves them.

    python -m benchmarks.reading [--database sqlite|postgresql|both] [--quick]

The site is served by granian with production's settings, from databases that are made
for the measure and dropped after it: one with a consultation (the Cap Collectif file
that CONSULTATION_FILE names, an invented one otherwise), some with longer and longer
lists, one with a proposal under a crowd of arguments. No answer and no fragment of one
is cached. Absolute times are the machine's; ratios to the two reference views, served
by the same processes in the same minutes, are the site's. Prints Markdown.
"""

import json
import os
import signal
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from benchmarks.databases import (
    KINDS,
    PostgresqlDatabases,
    SqliteDatabases,
    Unavailable,
)
from benchmarks.imports import opinions
from benchmarks.measures import Effort, Page, Subject, measure
from benchmarks.served import Failed, Site
from benchmarks.tables import (
    CLIENTS,
    Reading,
    crowd_table,
    growth_table,
    growth_targets,
)


@dataclass(frozen=True)
class Extent:
    """How much is measured, and how long."""

    sizes: tuple[int, ...]
    reading: Effort
    growth: Effort
    crowd: int = 1_000
    invented_arguments: int = 10_000


WHOLE = Extent(
    sizes=(100, 10_000, 100_000),
    reading=Effort(rounds=6, seconds=0.3, patience=90),
    growth=Effort(rounds=6, seconds=0.3, patience=45),
)
QUICK = Extent(
    sizes=(100, 2_000),
    reading=Effort(rounds=3, seconds=0.15, patience=20),
    growth=Effort(rounds=3, seconds=0.15, patience=10),
    invented_arguments=4_000,
)


def main() -> int:
    options = parser().parse_args()
    extent = QUICK if options.quick else WHOLE
    if options.rounds:
        extent = replace(
            extent,
            reading=replace(extent.reading, rounds=options.rounds),
            growth=replace(extent.growth, rounds=options.rounds),
        )
    kinds = list(KINDS) if options.database == "both" else [options.database]
    signal.signal(signal.SIGTERM, _interrupt)
    failures = 0
    try:
        with TemporaryDirectory(prefix="bench-reading-") as name:
            folder = Path(name)
            site = Site(folder)
            file = options.file or invented_file(folder, extent.invented_arguments)
            site.run("sqlite:///:memory:", "manage.py", "collectstatic", "--no-input")
            for kind in kinds:
                failures += not report(kind, Bench(site, folder, extent), file)
    except KeyboardInterrupt:
        say("Interrupted: what was started is stopped.")
        return 130
    return int(failures > 0)


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=[*KINDS, "both"], default="both")
    made.add_argument("--rounds", type=int, help="6 by default")
    made.add_argument("--quick", action="store_true", help="less of everything")
    made.add_argument(
        "--file",
        type=Path,
        default=os.environ.get("CONSULTATION_FILE") or None,
        help="a Cap Collectif consultation; CONSULTATION_FILE by default",
    )
    return made


def invented_file(folder: Path, arguments: int) -> Path:
    file = folder / "invented.jsonl"
    with file.open("w") as out:
        out.writelines(json.dumps(each) + "\n" for each in opinions(arguments))
    return file


@dataclass
class Bench:
    """One run on one kind of database."""

    site: Site
    folder: Path
    extent: Extent

    def read(self, databases: "Databases", file: Path) -> Reading:
        """Every page of the consultation, beside the references."""
        say(f"{databases.title}: importing the consultation, then measuring…")
        database = databases.copy("empty", "consultation")
        pages = self._fill(database, "consultation", str(file))
        with self.site.served(database) as server:
            subjects = [Subject(page, server) for page in pages]
            rounds = self._measure(subjects, CLIENTS, self.extent.reading)
        return Reading(subjects, rounds)

    def grow(self, databases: "Databases") -> tuple[dict[int, list[Subject]], Subject]:
        """Lists of every size, each the copy of a shorter one; and the crowd."""
        say(f"{databases.title}: making the lists and the crowd, then measuring…")
        with ExitStack() as servers:
            lists = {}
            source = "empty"
            for size in self.extent.sizes:
                database = databases.copy(source, f"list{size}")
                pages = self._fill(database, "list", str(size))
                source = f"list{size}"
                lists[size] = (database, pages)
            crowd = databases.copy("empty", "crowd")
            [page] = self._fill(crowd, "crowd", str(self.extent.crowd))
            crowded = Subject(page, servers.enter_context(self.site.served(crowd)))
            subjects = {
                size: [Subject(page, server) for page in pages]
                for size, (database, pages) in lists.items()
                for server in [servers.enter_context(self.site.served(database))]
            }
            every = [crowded, *chain.from_iterable(subjects.values())]
            self._measure(every, (1,), self.extent.growth)
        return subjects, crowded

    def _fill(self, database: str, *arguments: str) -> list[Page]:
        said = self.site.run(database, "-m", "benchmarks.data", *arguments)
        return [Page(**each) for each in json.loads(said)]

    def _measure(
        self, subjects: list[Subject], clients: tuple[int, ...], effort: Effort
    ) -> int:
        rounds = measure(subjects, clients=clients, effort=effort)
        if any(subject.problem.startswith("5") for subject in subjects):
            say(f"A page failed. The server said:\n{self.site.said()}")
        return rounds


Databases = SqliteDatabases | PostgresqlDatabases


def report(kind: str, bench: Bench, file: Path) -> bool:
    """Print the tables of one kind of database; whether they could be made."""
    with ExitStack() as stack:
        try:
            databases = KINDS[kind](bench.folder, stack)
        except Unavailable as reason:
            print(f"\n## {KINDS[kind].title}: skipped: {reason}\n", flush=True)
            return True
        try:
            say(f"{databases.title}: migrating…")
            empty = databases.create("empty")
            bench.site.run(empty, "manage.py", "migrate", "--verbosity=0")
            print_reading(databases.title, bench.read(databases, file))
            print_growth(databases.title, *bench.grow(databases))
        except Failed as failure:
            say(f"{databases.title}: {failure}")
            return False
    return True


def print_reading(title: str, reading: Reading) -> None:
    lines = [f"\n## {title}: reading\n", *reading.table(), "", *reading.targets()]
    print("\n".join(lines), flush=True)


def print_growth(title: str, lists: dict[int, list[Subject]], crowded: Subject) -> None:
    lines = [f"\n## {title}: longer and longer lists\n", *growth_table(lists)]
    lines += ["", *growth_targets(lists), f"\n## {title}: a crowd of arguments\n"]
    print("\n".join([*lines, *crowd_table(crowded)]), flush=True)


def say(what: str) -> None:
    """To whoever waits; the tables alone go to standard output."""
    print(what, file=sys.stderr, flush=True)


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
