"""Bring a record in: the operator's act by which contributions come from elsewhere.

An import has its own rule instead of the gate: each instant must lie inside the
debate's period, nothing is added to a debate that was formally closed, and the journal
says what was imported.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.db import DataError, IntegrityError, reset_queries, transaction

from exchange.counters import recount
from exchange.frame import create_frame, held_frame
from exchange.lines import ContributionLine, DebateLine, FrameLine, RegisterLine
from exchange.record import contribution_lines, recorded_count
from exchange.references import References
from exchange.report import Report
from exchange.rows import insert, insert_authors, tell_planner
from journal.actions import record
from journal.enums import Act
from register.derived import lock_pages
from register.models import Contribution, Debate
from register.numbers import continue_numbers_above, hold_numbers
from register.text import folded

BATCH_SIZE = 500
# How a database says that it does not take a row.
REFUSALS = (IntegrityError, DataError)


@dataclass(frozen=True)
class Entry:
    """A line, and where it stood in what was read."""

    where: str
    line: Any


# How a batch gets its numbers; entries it cannot number it refuses.
Numbering = Callable[[Sequence[Entry], Report], Sequence[Entry]]
# What must be equal for a line to be held already.
Comparable = Callable[[ContributionLine], dict[str, Any]]


def by_their_own_numbers(entries: Sequence[Entry], report: Report) -> Sequence[Entry]:
    return entries


def whole(line: ContributionLine) -> dict[str, Any]:
    """A theme is the same however it is spelt: the first spelling here stays."""
    value = line.as_value()
    if themes := value.get("themes"):
        value["themes"] = sorted(set(map(folded, themes)))
    return value


@dataclass(frozen=True)
class Rules:
    """In what two imports differ."""

    numbering: Numbering = by_their_own_numbers
    comparable: Comparable = whole
    # Whether lines bring their numbers, instead of getting the next ones.
    keeps_numbers: bool = True
    # Whether what is held is compared as readers see it, or as this site holds it.
    as_readers_see_it: bool = True


@dataclass
class _Import:
    report: Report
    rules: Rules
    dry_run: bool
    closings: dict[str, DebateLine] = field(default_factory=dict)
    # How many rows were written when the planner was last told.
    told: int = 0


def import_record(
    *,
    entries: Iterable[Entry],
    report: Report,
    rules: Rules = Rules(),
    dry_run: bool = False,
) -> Report:
    """Write every line that can be, batch by batch, and say what became of each.

    A line loses only itself. What is held already and unchanged is left alone, so an
    interrupted import is finished by running it again. A dry run does everything in
    one transaction and takes it back.
    """
    run = _Import(report=report, rules=rules, dry_run=dry_run)
    if dry_run:
        with transaction.atomic():
            _import_all(run, entries)
            transaction.set_rollback(True)
    else:
        _import_all(run, entries)
    return report


def _import_all(run: _Import, entries: Iterable[Entry]) -> None:
    for framing, group in groupby(entries, key=lambda e: isinstance(e.line, FrameLine)):
        if framing:
            for entry in group:
                _import_frame(run, entry)
        else:
            while batch := list(islice(group, BATCH_SIZE)):
                _import_batch(run, batch)
                reset_queries()  # which Django keeps, all of them, in development
    _close_debates(run)


def _import_frame(run: _Import, entry: Entry) -> None:
    line: FrameLine = entry.line
    if isinstance(line, RegisterLine):
        return
    run.report.read[line.kind] += 1
    held = held_frame(line)
    if held is None:
        _create_frame(run, entry)
    elif held == line or _differs_only_by_closing(run, held, line):
        run.report.unchanged[line.kind] += 1
    else:
        difference = _difference(held.as_value(), line.as_value())
        name = f"{line.kind} {line.slug}"
        run.report.refuse(entry.where, _held_otherwise(name, difference))


def _create_frame(run: _Import, entry: Entry) -> None:
    line = entry.line
    try:
        with transaction.atomic():
            create_frame(line)
    except REFUSALS as error:
        run.report.refuse(entry.where, f"the database refuses it: {error}")
        return
    run.report.created[line.kind] += 1
    if isinstance(line, DebateLine) and line.closed_at:
        run.closings[line.slug] = line


def _differs_only_by_closing(run: _Import, held: Any, line: Any) -> bool:
    """An interrupted import left the debate without its closing, which comes last."""
    if not isinstance(line, DebateLine) or held.closed_at or not line.closed_at:
        return False
    if held != line.model_copy(update={"closed_at": None, "contributions": 0}):
        return False
    run.closings[line.slug] = line
    return True


def _close_debates(run: _Import) -> None:
    if run.closings and run.report.refused:
        run.report.note(
            "Lines were refused, so these debates were not closed: "
            + ", ".join(sorted(run.closings))
        )
        return
    for line in run.closings.values():
        with transaction.atomic():
            _close_debate(run, line)


def _close_debate(run: _Import, line: DebateLine) -> None:
    debate = Debate.objects.get(slug=line.slug)
    if (count := recorded_count(debate, line.closed_at)) != line.contributions:
        run.report.refuse(
            f"debate {line.slug}",
            f"it was closed with {line.contributions:,} contributions and {count:,} are"
            " here, so it was not closed: the file is not whole",
        )
        return
    Debate.objects.filter(pk=debate.pk).update(closed_at=line.closed_at)
    record(act=Act.DEBATE_CLOSED, facts={"debate": line.slug, "imported": True})


def _import_batch(run: _Import, batch: Sequence[Entry]) -> None:
    for entry in batch:
        run.report.read[entry.line.kind] += 1
    with transaction.atomic():
        if run.rules.keeps_numbers:
            hold_numbers()
        entries = run.rules.numbering(batch, run.report)
        new = _without_held(run, entries)
        references = References(new_lines=[entry.line for entry in new])
        accepted = []
        for entry in new:
            if problem := references.problem(entry.line):
                run.report.refuse(entry.where, problem)
            else:
                references.accept(entry.line)
                accepted.append(entry)
        _write(run, accepted, references)


def _without_held(run: _Import, entries: Sequence[Entry]) -> list[Entry]:
    """The entries whose number is free; the others are unchanged, or refused."""
    numbers = [entry.line.number for entry in entries]
    rows = list(Contribution.objects.filter(pk__in=numbers))
    comparable, withhold = run.rules.comparable, run.rules.as_readers_see_it
    held = {line.number: line for line in contribution_lines(rows, withhold=withhold)}
    new: dict[int, Entry] = {}
    for entry in entries:
        line = entry.line
        if line.number in new:
            run.report.refuse(entry.where, f"#{line.number} stands twice in the file")
        elif line.number not in held:
            new[line.number] = entry
        elif difference := _difference(*map(comparable, (held[line.number], line))):
            name = f"#{line.number}"
            run.report.refuse(entry.where, _held_otherwise(name, difference))
        else:
            run.report.unchanged[line.kind] += 1
    return list(new.values())


def _difference(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """The fields in which a line differs from what the site holds."""
    return sorted(
        name
        for name in ours.keys() | theirs.keys()
        if ours.get(name) != theirs.get(name)
    )


def _held_otherwise(name: str, fields: list[str]) -> str:
    return f"{name} is held already and differs: {', '.join(fields)}"


def _write(run: _Import, entries: list[Entry], references: References) -> None:
    if not entries:
        return
    insert_authors([entry.line for entry in entries], references)
    try:
        with transaction.atomic():
            insert([entry.line for entry in entries], references)
    except REFUSALS:
        entries = [entry for entry in entries if _written_alone(run, entry, references)]
    for entry in entries:
        run.report.created[entry.line.kind] += 1
    for title in references.new_categories:
        run.report.note(f"New category of sources: {title}")
    _record(run, entries)


def _written_alone(run: _Import, entry: Entry, references: References) -> bool:
    """After a batch was refused: find the line that the database does not take.

    What hangs on it goes with it: a missing parent is only noticed at the commit.
    """
    if problem := references.problem(entry.line):
        run.report.refuse(entry.where, problem)
        return False
    try:
        with transaction.atomic():
            insert([entry.line], references)
    except REFUSALS as error:
        references.forget(entry.line)
        run.report.refuse(entry.where, f"the database refuses it: {error}")
        return False
    return True


def _record(run: _Import, entries: list[Entry]) -> None:
    """Count what was written, keep the sequence above it, and journal it."""
    lines = [entry.line for entry in entries]
    if not lines:
        return
    _tell_planner(run)
    parents = {line.hangs_on for line in lines if hasattr(line, "hangs_on")}
    # People may be posting under the same proposals.
    lock_pages(parents)
    recount({line.number for line in lines} | parents)
    # A sequence, once moved, is not taken back.
    if run.rules.keeps_numbers and not run.dry_run:
        continue_numbers_above(max(line.number for line in lines))
    by_debate: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        by_debate[line.debate].append(line.number)
    for debate, numbers in by_debate.items():
        record(
            act=Act.CONTRIBUTIONS_IMPORTED, numbers=numbers, facts={"debate": debate}
        )


def _tell_planner(run: _Import) -> None:
    """Each time the rows have doubled, and before a page is locked: writers go on."""
    written = sum(run.report.created.values())
    if written >= 2 * run.told:
        tell_planner()
        run.told = written
