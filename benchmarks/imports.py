"""How long an import of N arguments takes, and whether its memory stays flat.

    .venv/bin/python -m benchmarks.imports [--arguments 100000]

An invented Cap Collectif file is imported into an empty SQLite database, at a quarter,
a half and the whole of the size, each in a process of its own. Prints a table.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS_PER_OPINION = 100
AUTHORS = 5_000
BEGIN = datetime(2016, 3, 1, 8, tzinfo=UTC)
TEXT = "Une cantine ouverte à tous rapproche les générations, et coûte peu. " * 6


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--arguments", type=int, default=100_000)
    parser.add_argument("--measure", type=Path, help="used by the script itself")
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        migrated = folder / "migrated.sqlite3"
        run_alone(migrated, "manage.py", "migrate", "--verbosity=0")
        print("| arguments | file | seconds | processor | rows a second | peak |")
        print("|--:|--:|--:|--:|--:|--:|")
        for share in (4, 2, 1):
            print(row_of(folder, migrated, options.arguments // share), flush=True)


def row_of(folder: Path, migrated: Path, arguments: int) -> str:
    file = folder / f"cantines-{arguments}.jsonl"
    with file.open("w") as out:
        out.writelines(json.dumps(each) + "\n" for each in opinions(arguments))
    database = folder / "import.sqlite3"
    shutil.copyfile(migrated, database)
    result = json.loads(
        run_alone(database, "-m", "benchmarks.imports", f"--measure={file}")
    )
    for path in folder.glob("import.sqlite3*"):
        path.unlink()
    rate = result["rows"] / result["seconds"]
    return (
        f"| {arguments:,} | {file.stat().st_size / 2**20:.0f} MiB"
        f" | {result['seconds']:.1f} | {result['processor']:.1f} | {rate:,.0f}"
        f" | {result['mebibytes']:.0f} MiB |"
    )


def run_alone(database: Path, *arguments: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def measure(file: Path) -> None:
    """Import the file in this process; print the figures as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from register.models import Contribution

    begin, processor = time.monotonic(), time.process_time()
    call_command("import_capcollectif", file)
    seconds, processor = time.monotonic() - begin, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "seconds": seconds,
        "processor": processor,
        "rows": Contribution.objects.count(),
        "mebibytes": peak,
    }
    print(json.dumps(figures))


def opinions(arguments: int) -> Iterator[dict[str, Any]]:
    for number in range(arguments // ARGUMENTS_PER_OPINION):
        hanging = [argument(number, place) for place in range(ARGUMENTS_PER_OPINION)]
        opinion = signed(number, timedelta(minutes=number)) | {
            "title": f"Ouvrir la cantine n° {number}",
            "body": f"<p>{TEXT}</p>" * 3,
            "type": {"id": number % 9, "title": "", "subtitle": f"Titre {number % 9}"},
            "arguments": hanging,
            "votes_ok": 3,
            "votes_mitige": 2,
            "votes_nok": 1,
        }
        yield {"opinion": opinion}


def argument(opinion: int, place: int) -> dict[str, Any]:
    number = opinion * ARGUMENTS_PER_OPINION + place
    return signed(number, timedelta(minutes=opinion, days=1, seconds=place)) | {
        "type": number % 2,
        "body": f"{number}. {TEXT}",
        "votes_count": number % 7,
    }


def signed(number: int, after: timedelta) -> dict[str, Any]:
    author = number % AUTHORS
    return {
        "id": number + 1,
        "created_at": (BEGIN + after).isoformat(),
        "author": {"displayName": f"Personne {author}", "uniqueId": f"p{author}"},
    }


if __name__ == "__main__":
    main()
