"""Measuring many pages in rounds, so that each meets the same machine.

The machine's speed drifts by more than what is looked for. So every page is asked a
little in every round, in an order that changes, and the samples of all rounds are put
together: a ratio compares pages that met the same hours.
"""

import math
import random
import time
from dataclasses import dataclass, field
from statistics import median

from benchmarks.client import Burst, fetch, load, request_for
from benchmarks.served import Server

# Enough connections to reach every worker; each is answered twice at least.
WARM_CLIENTS = 4


@dataclass(frozen=True)
class Page:
    """An address to measure, and who asks for it: `cookie` is that of a session.

    A page that is `revalidated` is asked for by who already holds it.
    """

    key: str
    name: str
    address: str
    queries: int
    cookie: str = ""
    revalidated: bool = False


@dataclass
class Subject:
    """A page on a server, and what was seen of it so far, by the number of clients."""

    page: Page
    server: Server
    request: bytes = b""
    # Why it is not measured.
    problem: str = ""
    seen: dict[int, Burst] = field(default_factory=dict)
    # What the server's processes spent on all its requests.
    requests: int = 0
    processor_seconds: float = 0

    @property
    def answer(self) -> str:
        """The statuses seen; one that should be alone may not be."""
        statuses = sorted(set().union(*(each.statuses for each in self.seen.values())))
        return self.problem or ", ".join(map(str, statuses))

    @property
    def length(self) -> int:
        return next((each.length for each in self.seen.values()), 0)

    def is_measured(self) -> bool:
        return bool(self.seen) and not self.problem

    def median(self, clients: int) -> float:
        """In milliseconds."""
        return 1000 * median(self.seen[clients].seconds)

    def p95(self, clients: int) -> float:
        """In milliseconds."""
        return 1000 * percentile(self.seen[clients].seconds, 95)

    @property
    def processor(self) -> float:
        """Milliseconds of processor a request, of the web server alone.

        Waiting does not count, so others at work on the machine disturb it little.
        """
        return 1000 * self.processor_seconds / self.requests

    def rate(self, clients: int) -> float:
        """Requests a second: as many as clients who wait for nothing else get."""
        seconds = self.seen[clients].seconds
        return clients * len(seconds) / sum(seconds)


def percentile(values: list[float], percent: float) -> float:
    """The smallest value that so many percent do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


@dataclass(frozen=True)
class Effort:
    """How long to measure: `seconds` for a page and a number of clients in a round.

    On a machine that is busy a round takes longer than it should: none is begun after
    `patience`, in seconds, but the first two.
    """

    rounds: int
    seconds: float
    patience: float


def measure(
    subjects: list[Subject], *, clients: tuple[int, ...], effort: Effort
) -> int:
    """Ask for every page with so many clients; returns how many rounds were made."""
    for subject in subjects:
        prepare(subject)
    order = [(each, count) for each in subjects for count in clients]
    begin = time.monotonic()
    for done in range(effort.rounds):
        if done >= 2 and time.monotonic() - begin > effort.patience:
            return done
        random.shuffle(order)
        for subject, count in order:
            if not subject.problem:
                ask(subject, count, effort.seconds)
    return effort.rounds


def prepare(subject: Subject) -> None:
    """Learn the version of the page when it must be named, and warm every worker."""
    page, port = subject.page, subject.server.port
    headers = {"Cookie": page.cookie} if page.cookie else {}
    try:
        answer = fetch(port, request_for(page.address, **headers))
        if page.revalidated and answer.status == 200:
            if "etag" not in answer.headers:
                subject.problem = "no ETag"
                return
            headers["If-None-Match"] = answer.headers["etag"]
        if answer.status >= 400:
            subject.problem = str(answer.status)
            return
        subject.request = request_for(page.address, **headers)
        load(port, subject.request, clients=WARM_CLIENTS, seconds=0)
    except OSError as error:
        subject.problem = str(error)


def ask(subject: Subject, clients: int, seconds: float) -> None:
    server = subject.server
    spent = server.processor_seconds()
    try:
        burst = load(server.port, subject.request, clients=clients, seconds=seconds)
    except OSError as error:
        subject.problem = str(error)
        return
    subject.processor_seconds += server.processor_seconds() - spent
    # One more on each connection, which is not counted.
    subject.requests += len(burst.seconds) + clients
    subject.seen.setdefault(clients, Burst()).join(burst)
