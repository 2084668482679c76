"""Several proposals typed or pasted as one text: light Markdown, or a table.

In Markdown a line `# Title` begins a proposal; lines `Section: …` and `Themes: …` may
follow it, in French or in English, and then its text. A table has a first line that
names its columns, with commas, semicolons or tabs between its cells (RFC 4180).
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from django.utils.translation import gettext as _

from register.text import LINE_BREAK, folded

TITLE = re.compile(r"#[ \t\xa0]+(.*)")
DELIMITERS = ";,\t"
# By which folded words people name what a proposal has.
NAMES = {
    "titre": "title",
    "title": "title",
    "section": "section",
    "partie": "section",
    "texte": "text",
    "text": "text",
    "theme": "themes",
    "themes": "themes",
}
NEEDED = {"title", "text"}


@dataclass
class Typed:
    """A proposal as it was typed, and the line at which it begins."""

    line: int
    title: str = ""
    section: str = ""
    themes: str = ""
    text: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong, and at which line."""

    line: int
    sentence: str


@dataclass
class Reading:
    proposals: list[Typed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_typed(text: str) -> Reading:
    """Every proposal of a text, and every line that belongs to none."""
    text = LINE_BREAK.sub("\n", text)
    first = next(filter(str.strip, text.split("\n")), "")
    delimiter = max(DELIMITERS, key=first.count)
    if TITLE.match(first) or not _columns(first, delimiter) & NAMES.keys():
        return _read_markdown(text)
    return _read_table(text, delimiter)


def _read_markdown(text: str) -> Reading:
    reading = Reading()
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if title := TITLE.fullmatch(line):
            lines = []
            reading.proposals.append(Typed(line=number, title=title[1]))
        elif reading.proposals:
            _add(reading.proposals[-1], line, lines)
        elif line.strip() and not reading.problems:
            sentence = _(
                "Nothing says to which proposal this belongs. Begin each proposal with"
                " a line “# Title”, or a table with the names of its columns."
            )
            reading.problems.append(Problem(number, sentence))
    return reading


def _add(proposal: Typed, line: str, lines: list[str]) -> None:
    """What a proposal has stands before its text, which begins with anything else."""
    label, colon, value = line.partition(":")
    name = NAMES.get(folded(label)) if colon else None
    if not lines and name in {"section", "themes"}:
        setattr(proposal, name, value.strip())
    elif lines or line.strip():
        lines.append(line)
        proposal.text = "\n".join(lines)


def _read_table(text: str, delimiter: str) -> Reading:
    reading = Reading()
    rows = _rows(text, delimiter, reading)
    line, header = next(rows, (1, []))
    columns = [NAMES.get(folded(cell), "") for cell in header]
    if problem := _problem_of(header, columns):
        reading.problems.append(Problem(line, problem))
        return reading
    for line, cells in rows:
        if len(cells) != len(columns):
            sentence = _("This line has %(found)s cells; the first one has %(named)s.")
            counts = {"found": len(cells), "named": len(columns)}
            reading.problems.append(Problem(line, sentence % counts))
        else:
            said = dict(zip(columns, cells, strict=True))
            reading.proposals.append(Typed(line=line, **said))
    return reading


def _rows(
    text: str, delimiter: str, reading: Reading
) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line at which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        sentence = _(
            "From here on this cannot be read as a table: look for a quotation mark"
            " that has no pair."
        )
        reading.problems.append(Problem(line, sentence))


def _columns(first: str, delimiter: str) -> set[str]:
    return {folded(cell.strip('"')) for cell in first.split(delimiter)}


def _problem_of(header: list[str], columns: list[str]) -> str:
    if "" in columns:
        cell = header[columns.index("")].strip()
        return _("“%(name)s” is the name of no column.") % {"name": cell}
    if len(set(columns)) < len(columns):
        return _("Two columns have the same name.")
    if not NEEDED.issubset(columns):
        return _("A table has at least a column “title” and a column “text”.")
    return ""
