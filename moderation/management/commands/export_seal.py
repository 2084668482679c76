from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.models import Closing
from moderation.seal.folder import export_seal


class Command(BaseCommand):
    help = "Write the sealed record of a debate, and the program that checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="address of the debate")
        parser.add_argument(
            "--output", type=Path, required=True, metavar="DIR", help="made if need be"
        )

    def handle(self, *args: Any, slug: str, output: Path, **options: Any) -> None:
        closing = Closing.objects.filter(debate__slug=slug).first()
        if closing is None:
            raise CommandError(f"No debate was closed here at the address {slug!r}.")
        try:
            output.mkdir(parents=True, exist_ok=True)
            export_seal(closing, output)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error}") from error
        self.stderr.write(
            f"{closing.size} leaves. To check them: python3 {output}/verify_seal.py",
            style_func=str,
        )
