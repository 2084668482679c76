"""The referee: compares the answers with the rows, outside of the site's code.

It reads the database by a connection of its own, its clock included, and knows nothing
of what the site thinks that it did.
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg

from benchmarks.measures import percentile
from benchmarks.writers import ARGUE, CLOSED, SUPPORT, VOTE, Act

READINGS = 50
# With what the names of their tables begin.
ROOMS = ("accounts_", "arguments_", "consultation_", "journal_", "moderation_")
ROOMS += ("proposals_", "register_")
# What tells an act from every other: an argument's key, or who acted on what.
Identity = tuple[str, int, str | int]


def identity_of(act: Act) -> Identity:
    return (act.verb, act.account, act.key if act.verb == ARGUE else act.target)


@dataclass(frozen=True)
class Row:
    """What an act left: at which instant it was received, and what it says."""

    at: datetime
    said: str
    number: int = 0
    status: str = ""


@dataclass(frozen=True)
class Clock:
    """The database's clock, seen from the writers': ahead by so much, give or take."""

    ahead: float
    error: float

    def surely_after(self, instant: float, end: datetime) -> bool:
        return instant + self.ahead - self.error >= end.timestamp()

    def surely_before(self, instant: float, end: datetime) -> bool:
        return instant + self.ahead + self.error < end.timestamp()


class Eye:
    """Reads a database: `sqlite:///file` or `postgresql://…`."""

    def __init__(self, address: str) -> None:
        self.is_sqlite = address.startswith("sqlite")
        self.connection = (
            sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
            if self.is_sqlite
            else psycopg.connect(address, autocommit=True)
        )

    def close(self) -> None:
        self.connection.close()

    def clock(self) -> Clock:
        """The reading that took least time is the one that errs least."""
        best = Clock(0, float("inf"))
        for _ in range(READINGS):
            before = time.time()
            now = self._now()
            after = time.time()
            # SQLite's clock shows milliseconds.
            error = (after - before) / 2 + (0.001 if self.is_sqlite else 0)
            if error < best.error:
                best = Clock(now.timestamp() - (before + after) / 2, error)
        return best

    def arguments(self, debate: int) -> dict[Identity, Row]:
        found = self._rows(
            "SELECT s.author_id, s.key, c.number, c.submitted_at, c.status, a.text"
            " FROM register_contribution c"
            " JOIN arguments_argument a ON a.contribution_id = c.number"
            " JOIN register_submission s ON s.contribution_id = c.number"
            " WHERE c.debate_id = %s",
            debate,
        )
        return {
            (ARGUE, author, str(UUID(str(key)))): Row(
                _instant(at), text, number, status
            )
            for author, key, number, at, status, text in found
        }

    def votes(self, debate: int) -> dict[Identity, Row]:
        found = self._rows(
            "SELECT v.voter_id, v.proposal_id, v.cast_at, v.choice"
            " FROM proposals_vote v"
            " JOIN register_contribution c ON c.number = v.proposal_id"
            " WHERE c.debate_id = %s",
            debate,
        )
        return {
            (VOTE, voter, number): Row(_instant(at), choice, number)
            for voter, number, at, choice in found
        }

    def supports(self, debate: int) -> dict[Identity, Row]:
        found = self._rows(
            "SELECT s.supporter_id, s.argument_id, s.given_at"
            " FROM arguments_argumentsupport s"
            " JOIN register_contribution c ON c.number = s.argument_id"
            " WHERE c.debate_id = %s",
            debate,
        )
        return {
            (SUPPORT, person, number): Row(_instant(at), "yes", number)
            for person, number, at in found
        }

    def journalled(self) -> dict[tuple[str, int], int]:
        """How many entries there are of each act on each number."""
        found = self._rows(
            "SELECT act, number, count(*) FROM journal_journalentry"
            " WHERE number IS NOT NULL GROUP BY act, number"
        )
        return {(act, number): count for act, number, count in found}

    def tables(self) -> dict[str, Counter[str]]:
        """Every row of the rooms' tables, as it is written, how many times."""
        everywhere = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if self.is_sqlite
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        return {
            name: Counter(map(repr, self._rows(f"SELECT * FROM {name}")))  # noqa: S608
            for (name,) in self._rows(everywhere)
            if name.startswith(ROOMS)
        }

    def durability(self) -> str:
        """What of PostgreSQL's settings a measure of writing depends on."""
        if self.is_sqlite:
            return "SQLite, WAL, synchronous=NORMAL"
        shown = [
            f"{name} {value}"
            for name in ("fsync", "synchronous_commit")
            for (value,) in self._rows(f"SHOW {name}")
        ]
        return f"PostgreSQL, {', '.join(shown)}"

    def _now(self) -> datetime:
        if self.is_sqlite:
            [(now,)] = self._rows("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
        else:
            [(now,)] = self._rows("SELECT clock_timestamp()")
        return _instant(now)

    def _rows(self, query: str, *values: int) -> list[tuple]:
        if self.is_sqlite:
            query = query.replace("%s", "?")
        return self.connection.execute(query, values).fetchall()


def _instant(held: str | datetime) -> datetime:
    """SQLite keeps text, in UTC."""
    if isinstance(held, datetime):
        return held
    return datetime.fromisoformat(held).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Closing:
    """What the referee knows of one end."""

    end: datetime
    clock: Clock
    found: Mapping[Identity, Row]
    # Who had acted when the debate was held alone, just after its end.
    counted: Collection[Identity]


@dataclass(frozen=True)
class Verdict:
    """How many acts; all but the first two must be none."""

    accepted_before: int
    refused: int
    accepted_after: int
    not_found: int
    not_accepted: int
    refused_before: int
    not_counted: int
    other: int
    # Of the writes accepted in the last second.
    milliseconds: list[float]

    @property
    def is_clean(self) -> bool:
        """And the end was crossed: some were accepted before it, some refused after."""
        wrong = (
            self.accepted_after,
            self.not_found,
            self.not_accepted,
            self.refused_before,
            self.not_counted,
            self.other,
        )
        return not any(wrong) and self.accepted_before > 0 and self.refused > 0

    def percentile(self, percent: float) -> float:
        return percentile(self.milliseconds, percent) if self.milliseconds else 0


def judge(acts: list[Act], closing: Closing) -> Verdict:
    end, clock, found = closing.end, closing.clock, closing.found
    accepted = [act for act in acts if act.is_accepted]
    refused = [act for act in acts if act.status == CLOSED]
    rows = {id(act): row for act in accepted if (row := _row_of(act, found))}
    after = [
        act
        for act in accepted
        if clock.surely_after(act.sent, end)
        or (id(act) in rows and rows[id(act)].at >= end)
    ]
    ours = {identity_of(act) for act in accepted}
    last_second = end - timedelta(seconds=1)
    return Verdict(
        accepted_before=len(accepted) - len(after),
        refused=len(refused),
        accepted_after=len(after),
        not_found=sum(id(act) not in rows for act in accepted),
        not_accepted=len(found.keys() - ours),
        refused_before=sum(clock.surely_before(act.done, end) for act in refused),
        not_counted=len(ours - set(closing.counted)),
        other=len(acts) - len(accepted) - len(refused),
        milliseconds=[
            1000 * act.seconds
            for act in accepted
            if clock.surely_after(act.sent, last_second)
        ],
    )


def _row_of(act: Act, found: Mapping[Identity, Row]) -> Row | None:
    """The row of an act, when it says what was sent and stands where it led."""
    row = found.get(identity_of(act))
    return row if row and (row.said, row.number) == (act.said, act.number) else None


def possible_ends(acts: list[Act]) -> set[str]:
    """What acts of one person on one thing may have left, whatever their order.

    Acts that were under way together came in any order; one whose answer never came
    may have been done. `""` is that nothing was ever done.
    """
    accepted = [act for act in acts if act.is_accepted]
    candidates = accepted + [act for act in acts if act.is_unknown]
    last = {
        act.said
        for act in candidates
        if act.is_unknown or not any(other.sent > act.done for other in accepted)
    }
    return last if accepted else last | {""}
