"""Run a command as an operator does, and keep what it says and where."""

import io
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command


@dataclass(frozen=True)
class Run:
    status: int
    out: bytes
    err: str

    def counts(self, kind: str) -> list[int]:
        """Read, created, unchanged: the report's row for a kind."""
        rows = [line.split() for line in self.err.splitlines()]
        return next(
            (
                [int(n.replace(",", "")) for n in row[1:]]
                for row in rows
                if kind in row[:1]
            ),
            [0, 0, 0],
        )

    @property
    def refusals(self) -> list[str]:
        return [
            line.strip()
            for line in self.err.splitlines()
            if line.startswith("  ") and ": " in line
        ]


def run(command: str, *arguments: Any, **options: Any) -> Run:
    raw, err, status = io.BytesIO(), io.StringIO(), 0
    with redirect_stdout(io.TextIOWrapper(raw, write_through=True)) as out:
        try:
            call_command(command, *arguments, stderr=err, **options)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        out.flush()
        return Run(status, raw.getvalue(), err.getvalue())


def export(*arguments: str) -> bytes:
    exported = run("export_register", *arguments)
    assert (exported.status, exported.err) == (0, "")
    return exported.out


def import_bytes(data: bytes, folder: Path, *arguments: str) -> Run:
    file = folder / "register.jsonl"
    file.write_bytes(data)
    return run("import_register", file, *arguments)
