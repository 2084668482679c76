"""A debate closed elsewhere is closed here, once it is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.actions import Entry, import_record
from exchange.counters import misplaced
from exchange.lines import read_line
from exchange.report import Report
from journal.enums import Act
from journal.models import JournalEntry
from register import canonical
from register.models import Contribution, Debate
from tests.exchange.commands import export, import_bytes
from tests.exchange.rich_record import fill
from tests.exchange.site import empty
from tests.exchange.values import LINES


def test_a_debate_is_closed_once_its_contributions_are_there_and_journalled(
    db: None, tmp_path: Path
) -> None:
    fill()
    record = export()
    closed_at = Debate.objects.get(slug="cantines").closed_at
    empty()

    import_bytes(record, tmp_path)

    assert Debate.objects.get(slug="cantines").closed_at == closed_at
    entry = JournalEntry.objects.get(act=Act.DEBATE_CLOSED)
    assert entry.facts == {"debate": "cantines", "imported": True}


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9])
def test_a_file_cut_short_closes_nothing_and_the_whole_one_then_does(
    db: None, tmp_path: Path, share: float
) -> None:
    fill()
    record = export("--debate", "cantines")
    lines = record.splitlines(keepends=True)
    empty()

    cut = import_bytes(b"".join(lines[: int(len(lines) * share)]), tmp_path)
    assert cut.status == 1
    assert "the file is not whole" in cut.err
    assert Debate.objects.get().closed_at is None
    whole = import_bytes(record, tmp_path)

    assert whole.status == 0, whole.err
    assert export() == record


def test_an_interrupted_import_is_finished_by_running_it_again(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.actions.BATCH_SIZE", 3)
    fill()
    record = export()
    empty()

    def entries() -> Iterator[Entry]:
        for number, data in enumerate(record.splitlines(), 1):
            if number == 15:
                raise KeyboardInterrupt
            yield Entry(f"line {number}", read_line(data))

    with pytest.raises(KeyboardInterrupt):
        import_record(entries=entries(), report=Report())
    assert Contribution.objects.exists()
    result = import_bytes(record, tmp_path)

    assert result.status == 0, result.err
    assert export() == record


def test_refused_lines_leave_a_debate_unclosed(db: None, tmp_path: Path) -> None:
    fill()
    record = export()
    empty()

    result = import_bytes(record + b"broken\n", tmp_path)

    assert result.status == 1
    assert "were not closed: cantines" in result.err
    assert Debate.objects.get(slug="cantines").closed_at is None


def test_a_closed_debate_takes_no_line_that_it_does_not_hold(
    db: None, tmp_path: Path
) -> None:
    closed = [LINES["register"], LINES["debate"] | {"contributions": 1}]
    later = list(LINES.values())[2:6]
    lines = [canonical.dumps(value) + b"\n" for value in [*closed, *later]]
    assert import_bytes(b"".join(lines[:-1]), tmp_path).status == 0

    result = import_bytes(b"".join(lines), tmp_path)

    assert result.status == 1
    assert result.counts("proposal") == [1, 0, 1]
    assert "debate cantines was closed" in result.refusals[0]


def test_responses_that_came_after_the_closing_are_taken_and_not_counted_in_it(
    db: None, tmp_path: Path
) -> None:
    closed = [LINES["register"], LINES["debate"] | {"contributions": 3}]
    lines = [canonical.dumps(each) for each in [*closed, *list(LINES.values())[2:]]]
    before, response = b"\n".join(lines[:-1]) + b"\n", lines[-1] + b"\n"
    assert import_bytes(before, tmp_path).status == 0
    assert Debate.objects.get().closed_at is not None

    result = import_bytes(before + response, tmp_path)

    assert result.status == 0, result.err
    assert result.counts("response") == [1, 1, 0]
    assert list(misplaced()) == []
    record = export()
    assert record.endswith(response)
    empty()
    assert import_bytes(record, tmp_path).status == 0
    assert export() == record


def test_a_response_that_comes_before_the_debate_is_refused(
    db: None, tmp_path: Path
) -> None:
    early = {"submitted_at": "2026-08-02T08:00:00+00:00"}
    lines = [*list(LINES.values())[:-1], LINES["response"] | early]

    result = import_bytes(
        b"".join(canonical.dumps(each) + b"\n" for each in lines), tmp_path
    )

    assert result.status == 1
    assert "comes before the debate" in result.refusals[0]


def test_a_response_hangs_on_a_proposal_alone(db: None, tmp_path: Path) -> None:
    lines = [*list(LINES.values())[:-1], LINES["response"] | {"hangs_on": 2}]

    result = import_bytes(
        b"".join(canonical.dumps(each) + b"\n" for each in lines), tmp_path
    )

    assert result.status == 1
    assert "no response can hang on #2, a argument" in result.refusals[0]


def test_a_file_of_the_first_version_is_read(db: None, tmp_path: Path) -> None:
    first = [LINES["register"] | {"version": 1}, *list(LINES.values())[1:-1]]
    first[1] = {n: each for n, each in first[1].items() if n != "closed_at"}

    result = import_bytes(
        b"".join(canonical.dumps(each) + b"\n" for each in first), tmp_path
    )

    assert result.status == 0, result.err
    assert export().startswith(b'{"kind":"register","version":2}\n')
