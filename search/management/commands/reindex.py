import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from register.models import Contribution
from search.actions import reindex, to_index
from search.served import rebuild_if_any


class Command(BaseCommand):
    help = "Write again what searching finds, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--missing",
            action="store_true",
            help="only what can be read and is not found yet",
        )
        which.add_argument(
            "--server",
            action="store_true",
            help="only the index of the search server, which SEARCH_URL names",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        missing, server = options["missing"], options["server"]
        if server and settings.SEARCH_SERVER is None:
            raise CommandError("SEARCH_URL names no search server.")
        if not server:
            count = to_index(missing=missing).count()
            with _bar(count, "the database") as bar:
                reindex(progress=bar.update, missing=missing)
        # What was missing is told to the server as any change is.
        if settings.SEARCH_SERVER and not missing:
            with _bar(Contribution.objects.count(), "the server") as bar:
                rebuild_if_any(bar.update)


def _bar(count: int, where: str) -> tqdm:
    return tqdm(
        desc=where,
        total=count,
        unit=" contributions",
        file=sys.stderr,
        disable=not count,
    )
