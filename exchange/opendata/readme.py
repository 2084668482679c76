"""What the files of the open data are, for people: made from the same columns."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.opendata.columns import Column, written
from exchange.opendata.dataset import Dataset
from exchange.opendata.description import LICENCE, LICENCE_ADDRESS, File, reason
from exchange.opendata.table import Table


def readme(files: Iterable[File], dataset: Dataset, language: str) -> str:
    """In Markdown, in one language."""
    with override(language):
        blocks = [*_heading(dataset), *_how_to_read(), *_list_of(files)]
        return "\n\n".join(blocks) + "\n"


def _heading(dataset: Dataset) -> Iterator[str]:
    change = dataset.last_change
    yield f"# {dataset.title}"
    facts = {
        _("Producer"): f"{settings.SITE_NAME}, {settings.SITE_URL}",
        _("Page"): settings.SITE_URL + dataset.address,
        _("Licence"): f"[{LICENCE}]({LICENCE_ADDRESS})",
        _("Published since"): written(dataset.published_at),
        _("Last change"): (
            f"{written(change.at)} ({reason(dataset)})"
            if change
            else _("no change yet")
        ),
        _("Written on"): written(dataset.at),
    }
    yield "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _how_to_read() -> Iterator[str]:
    heading = _("How to read these files")
    yield f"## {heading}"
    said = [
        _(
            "The .csv files are for programs: UTF-8 without a mark, commas, double"
            " quotes, the same number of cells on each line, instants in UTC as ISO"
            " 8601 writes them. An empty cell holds nothing."
        ),
        _(
            "The -tableur.csv files are for spreadsheets: semicolons, UTF-8 with a mark"
            " at the beginning, and an apostrophe before each text that a spreadsheet"
            " would take for a formula. That apostrophe cannot be told from one that"
            " somebody typed: to compute, read the others. A cell of Excel holds 32,767"
            " characters."
        ),
        _(
            "What moderators hid or an author withdrew keeps its row: number, kind,"
            " place, instants, status and ground. Its words, author and figures are"
            " withheld, as the column words says; so are those of what stands under"
            " something hidden. Figures of a row are missing there, and not zero."
        ),
        _(
            "Contributions are signed in public: these files hold the names under which"
            " people signed, so they hold personal data. The author’s key tells"
            " homonyms apart within this consultation, and links nobody to another one."
        ),
        _("Who voted, and for what, is in no file: only totals are."),
    ]
    yield "\n".join(f"- {each}" for each in said)


def _list_of(files: Iterable[File]) -> Iterator[str]:
    heading = _("Files")
    yield f"## {heading}"
    for file in files:
        if file.table and file.delimiter == ",":
            yield f"### {file.name}"
            yield str(file.description)
            yield _columns(file.table)
        elif not file.table:
            yield f"### {file.name}"
            yield str(file.description)


def _columns(table: Table) -> str:
    heads = (_("Column"), _("Title"), _("Type"), _("Constraints"), _("Description"))
    rows = [heads, ["---"] * len(heads), *map(_row, table.columns)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(column: Column) -> tuple[str, ...]:
    constraints = "; ".join(
        f"{name}: {', '.join(value) if isinstance(value, list) else written(value)}"
        for name, value in column.constraints.items()
    )
    return (
        f"`{column.name}`",
        str(column.title),
        column.type,
        constraints,
        str(column.description),
    )
