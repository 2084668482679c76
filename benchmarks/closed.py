"""Whether anything changes in a debate once it is closed, whatever people send.

    python -m benchmarks.closed [--database sqlite|postgresql|both] [--seconds 30]

Eight processes do everything at random in an open debate; it is ended and closed; then
they go on for as long: they vote, take votes back, argue, support, and withdraw what
they had written before. A referee outside reads every table before and after. Reports,
and the mails that acknowledge them, are all that may have come; `verify` must find
nothing. Exit status 0 only then. Prints Markdown.
"""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from benchmarks.databases import KINDS
from benchmarks.stage import WRITERS, Stage, on_stages
from benchmarks.storm import ACCOUNTS, ARGUMENTS, PROPOSALS, SHARED
from benchmarks.tables import row
from benchmarks.writers import ARGUE, CLOSED, REPORT, SEE_OTHER, WITHDRAW, Act, Task

Tables = Mapping[str, Counter[str]]
# What may come to a closed debate. A draft keeps what somebody typed too late.
MAY_COME = {"moderation_report", "accounts_mail", "register_draft"}
JOURNAL = "journal_journalentry"
# Too late; or one's own words, which one neither votes for nor supports.
REFUSALS = {CLOSED, 403, 404}


def main() -> int:
    options = parser().parse_args()
    return on_stages(
        options.database, lambda made: report(made, options.seconds, options.seed)
    )


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=[*KINDS, "both"], default="both")
    made.add_argument("--seconds", type=float, default=30)
    made.add_argument("--seed", type=int, default=1)
    return made


def report(made: Stage, seconds: float, seed: int) -> bool:
    """Print what came of one storm; whether anything is wrong."""
    print(
        f"\n## {made.eye.durability()}: {seconds:.0f} s of storm,"
        " before the closing and after it\n",
        flush=True,
    )
    there, task = begun(made, seconds, seed)
    earlier = made.write("storming", task)
    made.organiser.ask("close", debate=there["debate"])
    before = made.eye.tables()
    late = made.write("besieging", afterwards(task, earlier, seconds))
    after = made.eye.tables()
    problems = [*wrongs(late, before, after), *made.verify()]
    print("\n".join([*table(late, before, after), "", *told(problems)]), flush=True)
    return bool(problems)


def begun(made: Stage, seconds: float, seed: int) -> tuple[dict, Task]:
    accounts, shared = made.gather(ACCOUNTS), made.gather(SHARED)
    made.warm(accounts[:WRITERS])
    there = made.organiser.ask(
        "open", seconds=3600, proposals=PROPOSALS, arguments=ARGUMENTS
    )
    return there, Task(
        port=made.server.port,
        seed=seed * 1000,
        until=time.time() + seconds,
        accounts=accounts,
        proposals=there["proposals"],
        arguments=there["arguments"],
        shared=shared,
        ground=there["ground"],
    )


def afterwards(task: Task, earlier: list[Act], seconds: float) -> Task:
    """Everybody may act for everybody, as each withdraws what they wrote themselves."""
    taken_back = {act.target for act in earlier if act.verb == WITHDRAW}
    posted = [
        (act.account, act.number)
        for act in earlier
        if act.verb == ARGUE and act.is_accepted and act.number not in taken_back
    ]
    return replace(
        task,
        seed=task.seed + 500,
        until=time.time() + seconds,
        shared=[*task.accounts, *task.shared],
        posted=posted,
    )


def wrongs(late: list[Act], before: Tables, after: Tables) -> Iterator[str]:
    """Sentences on what should not be."""
    for act in late:
        allowed = {SEE_OTHER} if act.verb == REPORT else REFUSALS
        if act.status not in allowed:
            yield f"{act.verb} {act.target}: answered {act.status}"
    if not any(act.status == CLOSED for act in late):
        yield "nothing was refused: the storm proves nothing"
    yield from changes(before, after)
    reported = {(act.account, act.target) for act in late if act.verb == REPORT}
    came = came_to("moderation_report", before, after)
    if came != len(reported):
        yield f"{len(reported)} reports were sent, and {came} are there"


def changes(before: Tables, after: Tables) -> Iterator[str]:
    """What is gone or another in any table, and what came where nothing may."""
    for name in sorted(before.keys() | after.keys()):
        gone, come = before[name] - after[name], after[name] - before[name]
        if name == JOURNAL:
            come = Counter({each: 1 for each in come if "report_received" not in each})
        if gone or (come and name not in MAY_COME):
            yield f"{name}: {gone.total()} gone, {come.total()} came: {list(come)[:3]}"


def came_to(name: str, before: Tables, after: Tables) -> int:
    return (after[name] - before[name]).total()


def table(late: list[Act], before: Tables, after: Tables) -> Iterator[str]:
    yield row(["sent after the closing", "accepted", "refused", "other answers"])
    yield row(["---", *["--:"] * 3])
    for verb in sorted({act.verb for act in late}):
        seen = Counter(act.status for act in late if act.verb == verb)
        accepted = seen.pop(SEE_OTHER, 0)
        refused = sum(seen.pop(status, 0) for status in REFUSALS)
        yield row([verb, str(accepted), str(refused), str(dict(seen) or 0)])
    yield ""
    yield row(["table", "rows before", "rows after", "came", "gone or changed"])
    yield row(["---", *["--:"] * 4])
    for name in sorted(before):
        old, new = before[name], after[name]
        if old or new:
            figures = (old, new, new - old, old - new)
            yield row([name, *(f"{each.total():,}" for each in figures)])


def told(problems: list[str]) -> Iterator[str]:
    if not problems:
        yield (
            "Nothing has changed, nothing has come but reports, the mails that"
            " acknowledge them and drafts of what was too late, and `verify` finds no"
            " difference."
        )
    else:
        yield f"**{len(problems)} problem(s)**"
        yield from (f"- {each}" for each in problems[:50])


if __name__ == "__main__":
    sys.exit(main())
