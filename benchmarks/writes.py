"""How many contributions and votes a second one node takes, and how long each waits.

    python -m benchmarks.writes [--database sqlite|postgresql|both] [--seconds 20]

Eight processes post forms, as browsers do, to the site as production serves it: each
sends the next as soon as the last is answered, so the rate is the most that the node
takes. What PostgreSQL does to keep what it has (`fsync`) is printed with the figures:
the server of `make services` does nothing. Prints Markdown.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.databases import KINDS, Unavailable
from benchmarks.measures import percentile
from benchmarks.served import Failed
from benchmarks.stage import WRITERS, Stage, stage
from benchmarks.tables import row, verdict
from benchmarks.writers import Act, Task

ACCOUNTS, PROPOSALS = 400, 100
HOUR = 3600.0
LIMIT = 300
HEADS = (
    *("what", "a second", "p50, ms", "p95, ms", "p99, ms"),
    *("processor, ms", "processors", "other answers"),
)


@dataclass(frozen=True)
class Load:
    """What is written, and on how many proposals."""

    name: str
    plan: str
    proposals: int = PROPOSALS
    # A second, to reach; of arguments or of votes alone.
    target: int = 0


LOADS = (
    Load(f"arguments under {PROPOSALS} proposals", "arguing", target=50),
    Load(f"votes on {PROPOSALS} proposals", "voting", target=200),
    Load("arguments under one proposal", "arguing", proposals=1),
    Load("votes on one proposal", "voting", proposals=1),
    Load("four votes for an argument", "mixing"),
)


@dataclass
class Measured:
    """What came of a load in so many seconds."""

    load: Load
    acts: list[Act]
    seconds: float
    processor: float

    @property
    def accepted(self) -> list[Act]:
        return [act for act in self.acts if act.is_accepted]

    @property
    def rate(self) -> float:
        return len(self.accepted) / self.seconds

    def milliseconds(self, percent: float) -> float:
        return 1000 * percentile([act.seconds for act in self.accepted], percent)

    def cells(self) -> Iterator[str]:
        yield self.load.name
        yield f"{self.rate:.1f}"
        for percent in (50, 95, 99):
            yield f"{self.milliseconds(percent):.0f}"
        # Of the web server alone, for one act.
        yield f"{1000 * self.processor / len(self.acts):.1f}"
        # As many as it had: fewer than there are when others work on the machine.
        yield f"{self.processor / self.seconds:.2f}"
        yield str(len(self.acts) - len(self.accepted))

    def verdict(self) -> str:
        load, p95 = self.load, self.milliseconds(95)
        said = f"{load.name}: {load.target} a second, p95 under {LIMIT} ms"
        is_met = self.rate >= load.target and p95 < LIMIT
        return verdict(is_met, f"{said}: {self.rate:.1f}, {p95:.0f} ms")


def main() -> int:
    options = parser().parse_args()
    kinds = list(KINDS) if options.database == "both" else [options.database]
    for kind in kinds:
        try:
            with stage(kind) as made:
                report(made, options.seconds)
        except Unavailable as reason:
            print(f"\n## {KINDS[kind].title}: skipped: {reason}\n", flush=True)
        except Failed as failure:
            print(failure, file=sys.stderr)
            return 1
    return 0


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=[*KINDS, "both"], default="both")
    made.add_argument("--seconds", type=float, default=20, help="for each load")
    return made


def report(made: Stage, seconds: float) -> None:
    print(f"\n## {made.eye.durability()}: writing, {WRITERS} clients\n")
    print(row(HEADS))
    print(row(["---", *["--:"] * (len(HEADS) - 1)]))
    accounts = made.gather(ACCOUNTS)
    made.warm(accounts)
    verdicts = []
    for seed, load in enumerate(LOADS, start=1):
        there = made.organiser.ask("open", seconds=HOUR, proposals=load.proposals)
        spent, begin = made.server.processor_seconds(), time.time()
        task = Task(
            port=made.server.port,
            seed=seed * WRITERS,
            until=begin + seconds,
            accounts=accounts,
            proposals=there["proposals"],
        )
        acts = made.write(load.plan, task)
        measured = Measured(
            load=load,
            acts=acts,
            seconds=time.time() - begin,
            processor=made.server.processor_seconds() - spent,
        )
        print(row(measured.cells()), flush=True)
        if load.target:
            verdicts.append(measured.verdict())
    differences = made.verify()
    agrees = verdict(not differences, "`verify` agrees")
    print("\n".join(["", *verdicts, agrees, *differences]), flush=True)


if __name__ == "__main__":
    sys.exit(main())
