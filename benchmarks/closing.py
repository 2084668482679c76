"""Whether anything crosses the end of a debate, and what becomes of the rest.

    python -m benchmarks.closing --database sqlite|postgresql --runs N
        [--scenario end|early|moved] [--without-lock] [--pause SECONDS]

Eight processes post arguments and votes, as browsers do, to the site as production
serves it, across the end of a debate of their own: its end as planned; an end that is
moved, to at once, while they write; an end that is moved to later just before it comes.
A referee outside compares the answers that they received, the rows, and its own reading
of the database's clock. Exit status 0 only when nothing was accepted after an end,
everything accepted is there, and `verify` agrees.

--without-lock takes the gate's lock out of the servers, to see that it is seen.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.databases import KINDS, Unavailable
from benchmarks.gate import PAUSE, WITHOUT_LOCK
from benchmarks.referee import Closing, Identity, Verdict, judge
from benchmarks.served import Failed
from benchmarks.stage import WRITERS, Stage, acts_of, stage
from benchmarks.tables import row
from benchmarks.writers import ARGUE, CLOSED, SEE_OTHER, VOTE, Account, Act, Task

# In seconds: for how long they write before the end, and after it.
BEFORE, AFTER = 4.0, 1.0
# How far away an end is that is moved to at once; how long before it comes one is moved
# to later, and to how much later.
FAR, BARELY, LATER = 60.0, 0.3, 1.5
# Between making the debate and the first form.
START = 0.5
ACCOUNTS, PROPOSALS = 64, 40
HEADS = {
    "accepted_before": "accepted before",
    "refused": "refused",
    "accepted_after": "**accepted after**",
    "not_found": "**accepted, not found**",
    "not_accepted": "found, not accepted",
    "refused_before": "refused before",
    "not_counted": "came after the count",
    "other": "other answers",
}


@dataclass(frozen=True)
class Plan:
    """When a debate is to end, and when and to what that is changed."""

    ends_in: float = BEFORE
    moved_in: float | None = None
    moved_to: float | None = None


SCENARIOS = {
    "end": Plan(),
    "early": Plan(ends_in=FAR, moved_in=BEFORE),
    "moved": Plan(
        ends_in=BEFORE - LATER, moved_in=BEFORE - LATER - BARELY, moved_to=BEFORE
    ),
}


def main() -> int:
    options = parser().parse_args()
    if options.without_lock and options.database == "sqlite":
        print("On SQLite the lock is the database's own: it cannot be taken out.")
        return 2
    altered = {}
    if options.without_lock:
        altered[WITHOUT_LOCK] = "1"
    if options.pause:
        altered[PAUSE] = str(options.pause)
    try:
        with stage(options.database, altered) as made:
            return report(made, options.scenario, options.runs, seed=options.seed)
    except (Unavailable, Failed) as reason:
        print(reason, file=sys.stderr)
        return 2


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=KINDS, required=True)
    made.add_argument("--runs", type=int, default=5)
    made.add_argument("--scenario", choices=SCENARIOS, default="end")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--without-lock", action="store_true")
    made.add_argument(
        "--pause",
        type=float,
        default=0,
        help="seconds that the gate waits before it reads the clock: a slow writer",
    )
    return made


def report(made: Stage, scenario: str, runs: int, *, seed: int) -> int:
    """A line for every run, then the sum; the exit status."""
    print(f"\n## {made.eye.durability()}: {scenario}\n")
    print(row(["run", *HEADS.values(), "p50", "p95", "p99, ms", "verify"]))
    print(row(["--:"] * (len(HEADS) + 5)))
    accounts = made.gather(ACCOUNTS)
    made.warm(accounts[:WRITERS])
    failed = 0
    for run in range(1, runs + 1):
        verdict = cross(
            made, SCENARIOS[scenario], accounts, seed * 1000 + run * WRITERS
        )
        differences = made.verify()
        failed += bool(differences) or not verdict.is_clean
        print(row([str(run), *cells(verdict, differences)]), flush=True)
        for each in differences:
            print(each, file=sys.stderr)
    print(f"\n{failed} of {runs} runs failed.")
    return int(failed > 0)


def cells(verdict: Verdict, differences: list[str]) -> Iterator[str]:
    yield from (f"{getattr(verdict, name):,}" for name in HEADS)
    yield from (f"{verdict.percentile(percent):.0f}" for percent in (50, 95, 99))
    yield f"{len(differences)} lines" if differences else "agrees"


def cross(made: Stage, plan: Plan, accounts: list[Account], seed: int) -> Verdict:
    """One debate, written in until after its end."""
    clock = made.eye.clock()
    there = made.organiser.ask(
        "open", seconds=START + plan.ends_in, proposals=PROPOSALS
    )
    begin = datetime.fromisoformat(there["end"]) - timedelta(seconds=plan.ends_in)
    order_end(made, plan, there, begin)
    task = Task(
        port=made.server.port,
        seed=seed,
        until=begin.timestamp() - clock.ahead + BEFORE + AFTER,
        accounts=accounts,
        proposals=there["proposals"],
    )
    working = made.set_to_work("crossing", task)
    if plan.moved_in is not None and "problem" in (moved := made.organiser.answer()):
        # The move waited for those inside until the end had come: that end is judged.
        print(f"The end was not moved: {moved['problem']}.", file=sys.stderr)
    counted = made.organiser.answer()
    acts = acts_of(working)
    say_what_is_odd(made, acts)
    found = made.eye.arguments(there["debate"]) | made.eye.votes(there["debate"])
    end = datetime.fromisoformat(counted["end"])
    return judge(acts, Closing(end, clock, found, set(identities(counted))))


def say_what_is_odd(made: Stage, acts: list[Act]) -> None:
    odd = Counter(act.status for act in acts if act.status not in {SEE_OTHER, CLOSED})
    if odd:
        print(f"Other answers: {dict(odd)}. {made.site.said()}", file=sys.stderr)


def order_end(made: Stage, plan: Plan, there: dict, begin: datetime) -> None:
    """Tell the organiser beforehand what to do at which instant."""
    if plan.moved_in is not None:
        end = plan.moved_to and begin + timedelta(seconds=plan.moved_to)
        made.organiser.order(
            "move",
            debate=there["debate"],
            author=there["author"],
            when=(begin + timedelta(seconds=plan.moved_in)).isoformat(),
            end=end.isoformat() if end else "",
        )
    made.organiser.order("count", debate=there["debate"])


def identities(counted: dict) -> Iterator[Identity]:
    for author, key in counted["keys"]:
        yield (ARGUE, author, key)
    for voter, proposal in counted["votes"]:
        yield (VOTE, voter, proposal)


if __name__ == "__main__":
    sys.exit(main())
