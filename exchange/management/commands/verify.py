from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.counters import counter_differences, misplaced
from exchange.recounts import (
    found_elsewhere,
    mend,
    miscounted,
    wrong_citations,
    wrong_receipts,
    wrong_tallies,
)


class Command(BaseCommand):
    help = (
        "Recount everything, read every text again for what it cites, and look for"
        " misplaced rows; name each difference."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mend",
            action="store_true",
            help="first write again every counter, citation, tally and document",
        )
        parser.add_argument(
            "--search",
            action="store_true",
            help="look only at what searching finds",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["mend"]:
            mend()
        found = 0
        looks = _found() if options["search"] else _differences()
        for sentence in looks:
            found += 1
            self.stdout.write(sentence)
        self.stderr.write(f"{found} difference(s)", style_func=str)
        if found:
            raise SystemExit(1)


def _differences() -> Iterator[str]:
    for difference in counter_differences():
        yield (
            f"#{difference.number} {difference.counter}:"
            f" held {difference.held}, counted {difference.counted}"
        )
    for look in (
        misplaced,
        wrong_citations,
        miscounted,
        wrong_receipts,
    ):
        yield from _said(look())
    yield from wrong_tallies()
    # Last: a server that does not answer ends it.
    yield from _found()


def _found() -> Iterator[str]:
    yield from _said(found_elsewhere())


def _said(found: Iterator[tuple[int, str]]) -> Iterator[str]:
    return (f"#{number} {sentence}" for number, sentence in found)
