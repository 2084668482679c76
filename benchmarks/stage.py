"""What the programs that write have in common: a site, its database, its writers."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.databases import KINDS, Unavailable
from benchmarks.referee import Eye
from benchmarks.served import Failed, Server, Site
from benchmarks.writers import Account, Act, Task, perform

WRITERS = 8


class Organiser:
    """A process beside the site: orders go in, what came of them comes out.

    It is given its next order before it has done the last one.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self, order: str, **arguments: Any) -> Any:
        self.order(order, **arguments)
        return self.answer()

    def order(self, order: str, **arguments: Any) -> None:
        print(json.dumps([order, arguments]), file=self.process.stdin, flush=True)

    def answer(self) -> Any:
        if line := self.process.stdout.readline():
            return json.loads(line)
        raise Failed("The organiser went away.")


@dataclass
class Stage:
    """A throw-away database, and the site that serves it."""

    site: Site
    database: str
    server: Server
    organiser: Organiser
    eye: Eye
    pool: ProcessPoolExecutor

    def gather(self, count: int) -> list[Account]:
        return [Account(*each) for each in self.organiser.ask("gather", count=count)]

    def set_to_work(self, plan: str, task: Task) -> list[Future[list[Act]]]:
        """Every writer at once, each with its part of the accounts."""
        return [
            self.pool.submit(
                perform,
                plan,
                replace(task, seed=task.seed + n, accounts=task.accounts[n::WRITERS]),
            )
            for n in range(WRITERS)
        ]

    def write(self, plan: str, task: Task) -> list[Act]:
        return acts_of(self.set_to_work(plan, task))

    def warm(self, accounts: Sequence[Account]) -> None:
        """Every process has done everything once."""
        there = self.organiser.ask("open", seconds=3600, proposals=4)
        task = Task(
            port=self.server.port,
            seed=0,
            until=time.time() + 2,
            accounts=accounts,
            proposals=there["proposals"],
        )
        acts = self.write("crossing", task)
        if odd := {act.status for act in acts} - {303}:
            raise Failed(f"The site answers {odd}.\n{self.site.said()}")

    def verify(self) -> list[str]:
        """The differences that `manage.py verify` names."""
        done = subprocess.run(
            [sys.executable, "manage.py", "verify"],
            cwd=self.site.code,
            env=self.site.environment | {"DATABASE_URL": self.database},
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout.splitlines()
        return said if said or not done.returncode else done.stderr.splitlines()


def acts_of(working: list[Future[list[Act]]]) -> list[Act]:
    return list(chain.from_iterable(each.result() for each in working))


@contextmanager
def stage(kind: str, environment: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """Raises Unavailable, Failed. `environment` is the servers' alone."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-")))
        databases = KINDS[kind](folder, stack)
        site = Site(folder)
        site.run("sqlite:///:memory:", "manage.py", "collectstatic", "--no-input")
        database = databases.create("written")
        site.run(database, "manage.py", "migrate", "--verbosity=0")
        organiser = stack.enter_context(person(site, database, "benchmarks.organiser"))
        eye = Eye(database)
        stack.callback(eye.close)
        pool = ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn"))
        stack.enter_context(pool)
        server = stack.enter_context(site.served(database, environment=environment))
        yield Stage(site, database, server, organiser, eye, pool)


@contextmanager
def person(
    site: Site,
    database: str,
    program: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Organiser]:
    """A process beside the site that takes orders, and ends with the stage."""
    process = subprocess.Popen(  # noqa: S603 - one of ours
        [sys.executable, "-m", program],
        cwd=site.code,
        env=site.environment | {"DATABASE_URL": database} | dict(environment or {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Organiser(process)
    finally:
        process.kill()
        process.wait()


def on_stages(database: str, report: Callable[[Stage], bool]) -> int:
    """Report on one kind of database or on both; the status to exit with.

    1 when anything was wrong on one of them, 2 when a stage could not be set.
    """
    failed = 0
    for kind in list(KINDS) if database == "both" else [database]:
        try:
            with stage(kind) as made:
                failed += report(made)
        except Unavailable as reason:
            print(f"\n## {KINDS[kind].title}: skipped: {reason}\n", flush=True)
        except Failed as failure:
            print(failure, file=sys.stderr)
            return 2
    return int(failed > 0)
