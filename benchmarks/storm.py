"""Whether everything adds up after everybody did everything at once.

    python -m benchmarks.storm [--database sqlite|postgresql|both] [--seconds 30]
        [--kill worker|server]

Eight processes vote, take votes back, argue, support and withdraw at random on a few
proposals, some from accounts that all of them use. Then `verify` must find nothing,
every answer that said yes must have left what it said, and every contribution of those
its entry in the journal. With --kill a worker, or the whole server, is killed (-9)
halfway. Exit status 0 only when nothing is missing. Prints Markdown.
"""

import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.databases import KINDS
from benchmarks.referee import Identity, Row, identity_of, possible_ends
from benchmarks.stage import WRITERS, Stage, acts_of, on_stages
from benchmarks.tables import row
from benchmarks.writers import ARGUE, NO_VOTE, SUPPORT, VOTE, WITHDRAW, Act, Task

ACCOUNTS, SHARED, PROPOSALS, ARGUMENTS = 64, 4, 6, 4
VERBS = {ARGUE: "arguments", VOTE: "votes", SUPPORT: "supports", WITHDRAW: "withdrawn"}
PUBLISHED, WITHDRAWN = "published", "withdrawn"
# What a vote or a support that is taken back leaves.
NOTHING = {NO_VOTE: "", "no": ""}
# How a worker or the server dies, and which answers a storm may meet: what somebody
# withdrew, or wrote themselves, cannot be supported.
KILLS = ("worker", "server")
EXPECTED = {303, 403, 404}


@dataclass(frozen=True)
class Held:
    """What the database holds once the storm is over."""

    arguments: Mapping[Identity, Row]
    opinions: Mapping[Identity, Row]
    journalled: Mapping[tuple[str, int], int]


def main() -> int:
    options = parser().parse_args()
    return on_stages(
        options.database,
        lambda made: report(made, options.seconds, options.kill, options.seed),
    )


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=[*KINDS, "both"], default="both")
    made.add_argument("--seconds", type=float, default=30)
    made.add_argument("--kill", choices=KILLS, help="kill -9, halfway")
    made.add_argument("--seed", type=int, default=1)
    return made


def report(made: Stage, seconds: float, kill: str | None, seed: int) -> bool:
    """Print what came of one storm; whether anything is wrong."""
    what = f", a {kill} killed halfway" if kill else ""
    print(f"\n## {made.eye.durability()}: {seconds:.0f} s of storm{what}\n", flush=True)
    accounts = made.gather(ACCOUNTS)
    shared = made.gather(SHARED)
    made.warm(accounts[:WRITERS])
    there = made.organiser.ask(
        "open", seconds=3600, proposals=PROPOSALS, arguments=ARGUMENTS
    )
    with ExitStack() as again:
        task = Task(
            port=made.server.port,
            seed=seed * 1000,
            until=time.time() + seconds,
            accounts=accounts,
            proposals=there["proposals"],
            arguments=there["arguments"],
            shared=shared,
        )
        working = made.set_to_work("storming", task)
        if kill:
            time.sleep(seconds / 2)
            strike(made, kill, again)
        acts = acts_of(working)
        differences = made.verify()
    debate = there["debate"]
    held = Held(
        arguments=made.eye.arguments(debate),
        opinions=made.eye.votes(debate) | made.eye.supports(debate),
        journalled=made.eye.journalled(),
    )
    problems = [*wrongs(acts, held, was_killed=bool(kill)), *differences]
    print("\n".join([*table(acts), "", *told(problems)]), flush=True)
    return bool(problems)


def strike(made: Stage, kill: str, again: ExitStack) -> None:
    """The server starts a worker again by itself; a dead server is started here."""
    if kill == "worker":
        os.kill(made.server.workers()[0], signal.SIGKILL)
        return
    os.killpg(made.server.group, signal.SIGKILL)
    again.enter_context(made.site.served(made.database, port=made.server.port))


def wrongs(acts: list[Act], held: Held, *, was_killed: bool) -> Iterator[str]:
    """Sentences on what should not be."""
    for act in acts:
        if act.status not in EXPECTED and not (act.is_unknown and was_killed):
            yield f"{act.verb} {act.target}: answered {act.status}"
    yield from wrong_arguments(acts, held)
    by_place = defaultdict(list)
    for act in acts:
        if act.verb in {VOTE, SUPPORT}:
            by_place[identity_of(act)].append(act)
    for place, theirs in by_place.items():
        row = held.opinions.get(place)
        may_be = {NOTHING.get(said, said) for said in possible_ends(theirs)}
        if (row.said if row else "") not in may_be:
            yield f"{place}: {row}, where {sorted(may_be)} was answered"


def wrong_arguments(acts: list[Act], held: Held) -> Iterator[str]:
    """Each that was accepted is there as it was sent, journalled once for each act."""
    taken_back = defaultdict(list)
    for act in acts:
        if act.verb == WITHDRAW:
            taken_back[act.target].append(act)
    for act in acts:
        if act.verb != ARGUE or not act.is_accepted:
            continue
        row = held.arguments.get(identity_of(act))
        if row is None or (row.said, row.number) != (act.said, act.number):
            yield f"#{act.number} was accepted and is not there as it was sent"
            continue
        withdrawals = taken_back[act.number]
        is_withdrawn = any(each.is_accepted for each in withdrawals)
        may_be = {WITHDRAWN if is_withdrawn else PUBLISHED}
        if any(each.is_unknown for each in withdrawals):
            may_be.add(WITHDRAWN)
        if row.status not in may_be:
            yield f"#{act.number} is {row.status}"
        for entry, count in (
            ("contribution_submitted", 1),
            ("contribution_withdrawn", int(row.status == WITHDRAWN)),
        ):
            if held.journalled.get((entry, act.number), 0) != count:
                yield f"#{act.number}: {entry} is not journalled {count} time(s)"


def table(acts: list[Act]) -> Iterator[str]:
    yield row(["", "accepted", "refused", "other answers", "no answer"])
    yield row(["---", *["--:"] * 4])
    for verb, name in VERBS.items():
        seen = Counter(act.status for act in acts if act.verb == verb)
        accepted, unknown = seen.pop(303, 0), seen.pop(0, 0)
        refused = sum(seen.pop(status, 0) for status in EXPECTED)
        other = ", ".join(f"{count} × {each}" for each, count in seen.items())
        yield row([name, str(accepted), str(refused), other or "0", str(unknown)])


def told(problems: list[str]) -> Iterator[str]:
    if not problems:
        yield "Nothing is missing, and `verify` finds no difference."
    else:
        yield f"**{len(problems)} problem(s)**"
        yield from (f"- {each}" for each in problems[:50])


if __name__ == "__main__":
    sys.exit(main())
