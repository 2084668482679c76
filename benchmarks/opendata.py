"""How long the open data of N contributions takes, and whether memory stays flat.

    python -m benchmarks.opendata [--arguments 100000]

An invented debate on an empty SQLite database is written, at a quarter, a half and the
whole of the size: a table, the record, and everything as one zip, each in a process of
its own. Prints a table.
"""

import json
import resource
import time
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.imports import run_alone

FILES = ("arguments.csv", "arguments-tableur.csv", "register.jsonl", "")


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--arguments", type=int, default=100_000)
    parser.add_argument("--fill", type=int, help="used by the script itself")
    parser.add_argument("--measure", help="used by the script itself")
    options = parser.parse_args()
    if options.fill:
        fill(options.fill)
    elif options.measure is not None:
        measure(options.measure)
    else:
        report(options.arguments)


def report(arguments: int) -> None:
    with TemporaryDirectory() as name:
        database = Path(name) / "written.sqlite3"
        run_alone(database, "manage.py", "migrate", "--verbosity=0")
        print(
            "| arguments | file | size | seconds | first byte | rows a second | peak |"
        )
        print("|--:|---|--:|--:|--:|--:|--:|")
        held = 0
        for share in (4, 2, 1):
            missing, held = arguments // share - held, arguments // share
            run_alone(database, "-m", "benchmarks.opendata", f"--fill={missing}")
            for file in FILES:
                order = f"--measure={file}"
                said = run_alone(database, "-m", "benchmarks.opendata", order)
                print(row_of(held, file, json.loads(said)), flush=True)


def row_of(arguments: int, file: str, result: dict[str, float]) -> str:
    return (
        f"| {arguments:,} | {file or 'everything (zip)'}"
        f" | {result['mebibytes']:.1f} MiB | {result['seconds']:.1f}"
        f" | {result['first']:.2f} | {arguments / result['seconds']:,.0f}"
        f" | {result['peak']:.0f} MiB |"
    )


def fill(arguments: int) -> None:
    import django

    django.setup()
    from benchmarks.invented import gather_crowd

    gather_crowd(arguments)


def measure(name: str) -> None:
    """Write one file, or everything, in this process; print the figures as JSON."""
    import django

    django.setup()
    from benchmarks.pages import SLUG
    from consultation.open_data import dataset_of_debate
    from exchange.opendata.files import file_named, package
    from journal.clock import database_now

    begin = time.monotonic()
    dataset = dataset_of_debate(SLUG, database_now())
    assert dataset  # noqa: S101 - it has begun
    file = file_named(name)
    first, size = None, 0
    for chunk in file.chunks(dataset) if file else package(dataset):
        first = first or time.monotonic() - begin
        size += len(chunk)
    figures = {
        "seconds": time.monotonic() - begin,
        "first": first,
        "mebibytes": size / 2**20,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
