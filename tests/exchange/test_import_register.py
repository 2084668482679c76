"""Another site's record is read line by line; a line loses only itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from arguments.models import Argument, Source
from journal.models import JournalEntry
from proposals.models import Proposal
from register import canonical
from register.models import Contribution, Debate, ReceivedTotal
from tests.exchange.commands import Run, export, import_bytes
from tests.exchange.rich_record import fill
from tests.exchange.site import empty
from tests.exchange.values import LINES
from tests.factories import ProposalFactory

Importer = Callable[..., Run]
# The lines of values.py stand in one file; only the debate is not closed.
CLOSING = ("closed_at", "contributions")
DEBATE = {name: v for name, v in LINES["debate"].items() if name not in CLOSING}
OPEN_RECORD = [LINES["register"], DEBATE, *list(LINES.values())[2:]]


@pytest.fixture
def imports(db: None, tmp_path: Path) -> Importer:
    def imports(*values: dict[str, Any]) -> Run:
        data = b"".join(canonical.dumps(value) + b"\n" for value in values)
        return import_bytes(data, tmp_path)

    return imports


def changed(place: int, **fields: Any) -> list[dict[str, Any]]:
    record = [dict(value) for value in OPEN_RECORD]
    record[place] |= fields
    return record


def test_every_line_becomes_what_it_says(imports: Importer) -> None:
    result = imports(*OPEN_RECORD)

    assert (result.status, result.out) == (0, b""), result.err
    assert [json.loads(line) for line in export().splitlines()] == [
        value for value in OPEN_RECORD if value["kind"] != "ground"
    ]


def test_a_theme_that_is_here_keeps_its_spelling_and_is_no_difference(
    imports: Importer,
) -> None:
    ProposalFactory(number=70_000, themes=["ALIMENTATION", "ecole"])
    record = changed(4, themes=["Alimentation", "École", "Écoles", "école"])

    first, again = imports(*record), imports(*record)

    assert (first.status, again.status) == (0, 0), first.err + again.err
    themes = Contribution.objects.get(pk=1).themes.all()
    assert [theme.name for theme in themes] == ["ALIMENTATION", "ecole", "Écoles"]


def test_numbers_are_kept_and_the_next_one_is_greater(imports: Importer) -> None:
    proposal = LINES["proposal"] | {"number": 70_000}

    result = imports(*OPEN_RECORD[:4], proposal)

    assert result.status == 0, result.err
    assert Contribution.objects.get().number == 70_000
    assert ProposalFactory().number > 70_000


def test_a_smaller_number_does_not_send_the_sequence_back(imports: Importer) -> None:
    last = ProposalFactory().number + 1_000
    ProposalFactory(number=last)
    proposal = LINES["proposal"] | {"number": last - 500}

    assert imports(*OPEN_RECORD[:4], proposal).status == 0

    assert ProposalFactory().number > last - 500


def test_a_number_held_by_something_else_is_a_refused_line(imports: Importer) -> None:
    number = ProposalFactory(title="Déjà là").number
    proposal = LINES["proposal"] | {"number": number}

    result = imports(*OPEN_RECORD[:4], proposal)

    assert result.status == 1
    (refusal,) = result.refusals
    assert refusal.startswith(f"line 5: #{number} is held already and differs: ")
    assert Contribution.objects.get().proposal.title == "Déjà là"


@pytest.mark.parametrize(
    ("place", "fields", "reason"),
    [
        (4, {"debate": "ailleurs"}, "debate ailleurs is not known"),
        (4, {"section": "ailleurs"}, "section ailleurs is not known"),
        (
            4,
            {"submitted_at": "2026-10-01T00:00:00+00:00"}
            | {"status_at": "2026-10-01T00:00:00+00:00"},
            "outside the debate's period",
        ),
        (4, {"institution": {"slug": "ailleurs"}}, "ailleurs is not known"),
        (
            4,
            {
                "institution": {
                    "slug": "metropole",
                    "verification": "2026-01-01T00:00:00+00:00",
                }
            },
            "not in force then",
        ),
        (4, {"status_at": "2999-01-01T00:00:00+00:00"}, "in the future"),
        (5, {"hangs_on": 77}, "not there before it"),
        (5, {"number": 1}, "stands twice"),
        (6, {"hangs_on": 3}, "not there before it"),
    ],
)
def test_a_line_that_cannot_be_placed_is_refused_with_its_reason(
    imports: Importer, place: int, fields: dict[str, Any], reason: str
) -> None:
    result = imports(*changed(place, **fields)[: place + 1])

    assert result.status == 1
    assert reason in result.refusals[0]
    assert result.refusals[0].startswith(f"line {place + 1}: ")


def test_what_hangs_on_a_line_that_the_database_refuses_is_refused_with_it(
    imports: Importer,
) -> None:
    proposal = LINES["proposal"]
    twin = proposal | {"number": 2}  # one origin, twice in one debate
    under = LINES["argument"] | {"number": 3, "hangs_on": 2, "origin": "x/3"}
    other = LINES["argument"] | {"number": 4, "hangs_on": 1, "origin": "x/4"}

    result = imports(*OPEN_RECORD[:4], proposal, twin, under, other)

    assert result.status == 1
    assert [refusal.split(":")[0] for refusal in result.refusals] == [
        "line 6",
        "line 7",
    ]
    assert list(Contribution.objects.values_list("number", flat=True)) == [1, 4]
    connection.check_constraints()


def test_one_key_is_not_two_names(imports: Importer) -> None:
    argument = LINES["argument"]
    other = argument | {"number": 3, "origin": "x/3"}
    other["author"] = argument["author"] | {"name": "Un autre nom"}

    result = imports(*OPEN_RECORD[:5], argument, other)

    assert result.status == 1
    assert "under another name" in result.refusals[0]


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_withheld_lines_with_words_are_refused(imports: Importer, status: str) -> None:
    ground = {"ground": "insults"} if status == "hidden" else {}

    result = imports(*changed(4, status=status, **ground)[:5])

    assert result.status == 1
    assert "neither author nor words" in result.refusals[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x89PNG\r\n",
        b'{"opinion":{"votes":1.5}}\n',
        b'{"kind":"register","version":3}\n',
        b'{"kind":"register", "version":1}\n',
        b'\xef\xbb\xbf{"kind":"register","version":1}\n',
    ],
)
def test_what_is_no_register_file_is_said_in_one_sentence(
    db: None, tmp_path: Path, data: bytes
) -> None:
    result = import_bytes(data, tmp_path)

    assert result.status == 1
    assert result.err.startswith("This is not a register file")


def test_a_line_in_another_form_loses_only_itself(db: None, tmp_path: Path) -> None:
    good = [canonical.dumps(value) for value in OPEN_RECORD[:5]]
    bad = [b"", b"9" * 5000, good[0], good[1].replace(b":", b": ", 1), b"\xff"]
    lines = [*good[:4], *bad, good[4]]

    result = import_bytes(b"\n".join(lines), tmp_path)

    assert result.status == 1
    assert [refusal.split(":")[0] for refusal in result.refusals] == [
        f"line {number}" for number in range(5, 10)
    ]
    assert Contribution.objects.count() == 1


def test_a_dry_run_writes_nothing(db: None, tmp_path: Path) -> None:
    fill()
    record = export()
    empty()

    result = import_bytes(record, tmp_path, "--dry-run")

    assert result.status == 0
    assert "Dry run: nothing was written." in result.err
    assert not Contribution.objects.exists()
    assert not Debate.objects.exists()
    assert not JournalEntry.objects.exists()
    assert ProposalFactory().number == 1


@pytest.mark.postgresql
def test_the_database_knows_how_many_rows_an_import_wrote(imports: Importer) -> None:
    """After a dry run PostgreSQL holds them empty, and reads them whole once a row."""
    tables = {
        model._meta.db_table: model
        for model in (Contribution, Proposal, Argument, Source, ReceivedTotal)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 9 WHERE relname = ANY(%s)",
            [list(tables)],
        )

        imports(*OPEN_RECORD)

        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)",
            [list(tables)],
        )
        believed = dict(cursor.fetchall())
    assert believed == {table: model.objects.count() for table, model in tables.items()}
    assert believed["register_contribution"] > 0
