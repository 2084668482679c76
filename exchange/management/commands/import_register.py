from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from exchange.actions import Entry, import_record
from exchange.files import UNREADABLE, reading
from exchange.lines import (
    HEADING,
    HEADINGS,
    BadLine,
    RegisterLine,
    read_line,
    write_line,
)
from exchange.report import Report


class Command(BaseCommand):
    help = "Read a record written by export_register, keeping its numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, do nothing"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        report = Report()
        try:
            with reading(path) as file:
                entries = self._entries(tqdm(file, disable=None), report)
                import_record(entries=entries, report=report, dry_run=dry_run)
        except UNREADABLE as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        if dry_run:
            report.note("Dry run: nothing was written.")
        self.stderr.write(str(report), style_func=str)
        if report.refused:
            raise SystemExit(1)

    def _entries(self, file: BinaryIO, report: Report) -> Iterator[Entry]:
        """Lines are cut at 0x0A alone: people do type other line separators."""
        lines = iter(file)
        self._check_heading(next(lines, b""))
        for number, data in enumerate(lines, 2):
            where = f"line {number}"
            try:
                line = read_line(data.removesuffix(b"\n"))
                self._check_place(line)
            except BadLine as error:
                report.refuse(where, str(error))
                continue
            yield Entry(where, line)

    def _check_heading(self, data: bytes) -> None:
        if data.removesuffix(b"\n") not in map(write_line, HEADINGS):
            raise CommandError(
                "This is not a register file of a version known here: its first line"
                f" is not {write_line(HEADING).decode()}"
            )

    def _check_place(self, line: Any) -> None:
        if isinstance(line, RegisterLine):
            raise BadLine("only the first line says what the file is")
        if getattr(line, "status", "published") != "published" and line.is_signed:
            raise BadLine("what is hidden or withdrawn has neither author nor words")
