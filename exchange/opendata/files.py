"""The files of the open data, each written batch by batch, and all of them in one."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from exchange.lines import write_line
from exchange.opendata.dataset import Dataset
from exchange.opendata.description import File, Sum, data_package
from exchange.opendata.readme import readme
from exchange.opendata.table import Table
from exchange.opendata.tables import tables
from exchange.record import BATCH_SIZE, record_lines
from register.models import Debate

CSV, MARKDOWN = "text/csv; charset=utf-8", "text/markdown; charset=utf-8"
JSON, JSON_LINES = "application/json", "application/jsonl; charset=utf-8"
ZIP = "application/zip"
PACKAGE = "datapackage.json"
# What makes a spreadsheet take a text for a formula, and what keeps it from doing so.
FORMULA = tuple("=+-@\t\r＝＋－＠")
GUARD = "'"
BYTE_ORDER_MARK = "\ufeff"

Chunks = Iterator[bytes]
_Each = TypeVar("_Each")


def files() -> list[File]:
    """Every file; the description for programs comes last."""
    return [
        *(file for table in tables() for file in _both(table)),
        File(
            "register.jsonl",
            JSON_LINES,
            _("The record, for programs"),
            _("Everything that can be read, in the format of the register."),
            record,
        ),
        _readme("LISEZMOI.md", "fr", _("Read me, in French")),
        _readme("README.md", "en", _("Read me, in English")),
        File(
            PACKAGE,
            JSON,
            _("Description for programs"),
            _("A Data Package: every file, and the schema of each table."),
            _description,
        ),
    ]


def file_named(name: str) -> File | None:
    return next((file for file in files() if file.name == name), None)


def _both(table: Table) -> tuple[File, File]:
    """The faithful one, and the one for spreadsheets."""
    said = (CSV, table.title, table.description)
    exact, guarded = partial(faithful, table), partial(for_spreadsheets, table)
    return (
        File(f"{table.name}.csv", *said, exact, table, ","),
        File(f"{table.name}-tableur.csv", *said, guarded, table, ";"),
    )


def _readme(name: str, language: str, title: Any) -> File:
    def chunks(dataset: Dataset) -> Chunks:
        yield readme(files(), dataset, language).encode()

    return File(name, MARKDOWN, title, _("What each column of each table is."), chunks)


def _description(dataset: Dataset) -> Chunks:
    yield data_package(files(), dataset).encode()


def faithful(table: Table, dataset: Dataset) -> Chunks:
    """For programs: comma, UTF-8 without mark, every text as it is."""
    return _csv(table, dataset, is_guarded=False)


def for_spreadsheets(table: Table, dataset: Dataset) -> Chunks:
    """As a French Excel opens it: semicolon, UTF-8 said by a mark, no formula."""
    return _csv(table, dataset, is_guarded=True)


def _csv(table: Table, dataset: Dataset, *, is_guarded: bool) -> Chunks:
    lines = io.StringIO(newline="")
    lines.write(BYTE_ORDER_MARK if is_guarded else "")
    writer = csv.writer(lines, delimiter=";" if is_guarded else ",")
    writer.writerow(column.name for column in table.columns)
    for batch in _batches(table.rows(dataset)):
        for made_from in batch:
            cells = [column.cell(made_from, dataset) for column in table.columns]
            writer.writerow(map(guarded, cells) if is_guarded else cells)
        yield _taken(lines)
    yield _taken(lines)


def guarded(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return GUARD + cell if cell.startswith(FORMULA) else cell


def record(dataset: Dataset) -> Chunks:
    """The register format: docs/register-format.md."""
    debates = Debate.objects.filter(pk__in=[debate.pk for debate in dataset.debates])
    for batch in _batches(record_lines(debates, dataset.at)):
        yield b"".join(write_line(line) + b"\n" for line in batch)


def _batches(rows: Iterable[_Each]) -> Iterator[list[_Each]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH_SIZE)):
        yield batch


def _taken(lines: io.StringIO) -> bytes:
    data = lines.getvalue().encode()
    lines.seek(0)
    lines.truncate()
    return data


class _Pipe(io.RawIOBase):
    """What a zip file is written into, and taken out of as it grows."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        data = b"".join(self.held)
        self.held.clear()
        return data


def package(dataset: Dataset) -> Chunks:
    """Every file in one zip, and their sums in its description, which comes last."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, chunks in contents(dataset):
            with archive.open(_entry(name, dataset), "w") as entry:
                for chunk in chunks:
                    entry.write(chunk)
                    yield pipe.take()
    yield pipe.take()


def write_package(dataset: Dataset, folder: Path) -> None:
    """The same files in a folder."""
    for name, chunks in contents(dataset):
        with (folder / name).open("wb") as file:
            file.writelines(chunks)


def contents(dataset: Dataset) -> Iterator[tuple[str, Chunks]]:
    """Name and chunks of each file, to be read before the next one is asked for."""
    sums: dict[str, Sum] = {}
    for file in files():
        if file.name == PACKAGE:
            yield file.name, iter([data_package(files(), dataset, sums).encode()])
        else:
            yield file.name, _summed(file, dataset, sums)


def _summed(file: File, dataset: Dataset, sums: dict[str, Sum]) -> Chunks:
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks(dataset):
        digest.update(chunk)
        size += len(chunk)
        yield chunk
    sums[file.name] = Sum(size, digest.hexdigest())


def _entry(name: str, dataset: Dataset) -> ZipInfo:
    entry = ZipInfo(f"{dataset.name}/{name}", dataset.at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry
