from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from tqdm import tqdm

from exchange.capcollectif.actions import (
    NothingToImport,
    Options,
    import_capcollectif,
)
from exchange.files import UNREADABLE
from exchange.lines import BadLine
from exchange.report import Report
from register.period import BadInstant, instant_from_text


def instant(text: str) -> datetime:
    try:
        return instant_from_text(text)
    except BadInstant as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = (
        "Import a Cap Collectif consultation (JSON lines, or a folder of JSON files)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument(
            "--slug", help="address of the debate; by default from the name of FILE"
        )
        parser.add_argument("--title", default="", help="title of the debate")
        period = "ISO 8601; local time when it has no offset"
        parser.add_argument("--opens-at", type=instant, help=period)
        parser.add_argument("--closes-at", type=instant, help=period)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, do nothing"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        report = Report()
        name = path.resolve().name.partition(".")[0]
        try:
            import_capcollectif(
                path=path,
                options=Options(
                    slug=slugify(options["slug"] or name)[:80] or "import",
                    title=options["title"],
                    opens_at=options["opens_at"],
                    closes_at=options["closes_at"],
                    dry_run=options["dry_run"],
                ),
                report=report,
                progress=partial(tqdm, disable=None),
            )
        except NothingToImport as error:
            self.stderr.write(str(report), style_func=str)
            raise CommandError(f"{path} holds no opinion that can be read.") from error
        except BadLine as error:
            raise CommandError(f"The debate cannot be made so: {error}.") from error
        except UNREADABLE as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        if options["dry_run"]:
            report.note("Dry run: nothing was written.")
        self.stderr.write(str(report), style_func=str)
        if report.refused:
            raise SystemExit(1)
