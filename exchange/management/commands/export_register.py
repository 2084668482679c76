import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.lines import write_line
from exchange.record import record_lines
from journal.clock import database_now
from register.models import Debate


class Command(BaseCommand):
    help = "Write the public record to standard output, in docs/register-format.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--debate", metavar="SLUG", help="one debate only")

    def handle(self, *args: Any, debate: str | None, **options: Any) -> None:
        debates = Debate.objects.all()
        if debate:
            debates = debates.filter(slug=debate)
            if not debates.exists():
                raise CommandError(f"No debate has the address {debate!r}.")
        out = getattr(sys.stdout, "buffer", sys.stdout)
        try:
            for line in record_lines(debates, at=database_now()):
                out.write(write_line(line) + b"\n")
            out.flush()
        except BrokenPipeError:  # whoever reads has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
