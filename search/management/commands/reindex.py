import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search.actions import reindex, to_index


class Command(BaseCommand):
    help = "Write again what searching finds, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only what can be read and is not found yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        missing = options["missing"]
        count = to_index(missing=missing).count()
        with tqdm(
            total=count, unit=" contributions", file=sys.stderr, disable=not count
        ) as bar:
            reindex(progress=bar.update, missing=missing)
