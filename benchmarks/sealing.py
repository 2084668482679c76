"""How long it takes to close, export and check a debate of N contributions.

    .venv/bin/python -m benchmarks.sealing [--sizes 10000 100000]

Invented arguments, each with its receipt, in an empty SQLite database: the debate is
closed (its record written, checked by the verifier, compared with every receipt, kept),
its seal exported, and checked once more. Prints a table.
"""

import json
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.imports import run_alone


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--measure", type=int, help="used by the script itself")
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
        return
    print("| contributions | close and seal | export | verify | files | peak |")
    print("|--:|--:|--:|--:|--:|--:|")
    for size in options.sizes:
        with TemporaryDirectory() as name:
            database = Path(name) / "seal.sqlite3"
            run_alone(database, "manage.py", "migrate", "--verbosity=0")
            found = json.loads(
                run_alone(database, "-m", "benchmarks.sealing", f"--measure={size}")
            )
        print(
            f"| {size:,} | {found['close']:.1f} s | {found['export']:.1f} s"
            f" | {found['verify']:.1f} s | {found['files']:.0f} MiB"
            f" | {found['peak']:.0f} MiB |",
            flush=True,
        )


def measure(size: int) -> None:
    """Do it all in this process; print the figures as JSON."""
    import django

    django.setup()
    from moderation.actions import close_debate
    from moderation.models import Closing
    from moderation.seal.folder import export_seal
    from moderation.seal.verify_seal import verify
    from register.models import Debate

    prepare(size)
    debate = Debate.objects.get()
    figures = {"close": seconds(lambda: close_debate(debate=debate, actor=None))}
    with TemporaryDirectory() as name:
        folder = Path(name)
        closing = Closing.objects.get()
        figures["export"] = seconds(lambda: export_seal(closing, folder))
        figures["verify"] = seconds(lambda: expect_intact(verify(folder).problems))
        files = sum(path.stat().st_size for path in folder.iterdir())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(figures | {"files": files / 2**20, "peak": peak / 2**10}))


def prepare(size: int) -> None:
    from arguments.models import Argument
    from benchmarks.invented import gather_crowd
    from journal.clock import database_now
    from register.models import Debate, Receipt
    from register.models.submissions import digest_of, new_salt

    gather_crowd(size - 1)
    salt = new_salt()
    Receipt.objects.bulk_create(
        (
            Receipt(
                contribution_id=row.pk,
                salt=salt,
                digest=digest_of(salt, row.receipt_words.encode()),
            )
            for row in Argument.objects.iterator(chunk_size=1_000)
        ),
        batch_size=1_000,
    )
    ended = database_now() - timedelta(days=2)
    Debate.objects.update(closes_at=ended)


def expect_intact(problems: list[str]) -> None:
    if problems:
        raise SystemExit("\n".join(problems))


def seconds(act: Callable[[], object]) -> float:
    begin = time.monotonic()
    act()
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
