from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultation.open_data import dataset_of_consultation, dataset_of_debate
from exchange.opendata.files import write_package
from journal.clock import database_now


class Command(BaseCommand):
    help = "Write the open data of a debate, or of a consultation, into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="address of the debate")
        parser.add_argument("--output", metavar="DIR", type=Path, required=True)
        parser.add_argument(
            "--consultation",
            action="store_true",
            help="SLUG is that of a consultation: all of its debates",
        )

    def handle(self, *args: Any, slug: str, output: Path, **options: Any) -> None:
        of_all = options["consultation"]
        find = dataset_of_consultation if of_all else dataset_of_debate
        dataset = find(slug, database_now())
        if dataset is None:
            what = "consultation" if of_all else "debate"
            raise CommandError(f"No {what} that has begun has the address {slug!r}.")
        output.mkdir(parents=True, exist_ok=True)
        write_package(dataset, output)
        self.stderr.write(f"{dataset.title}: {output}", style_func=str)
