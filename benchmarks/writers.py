"""Writer processes: each posts forms on one connection, and keeps what was answered.

What is sent is what a browser sends from the pages of the acts: the fields, the key
that makes a form count once, the session and its token.
"""

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import urlencode
from uuid import UUID

from benchmarks.client import HOST, Answer, Connection

ARGUE, VOTE, SUPPORT, WITHDRAW = "argumenter", "voter", "soutenir", "retirer"
REPORT = "signaler"
CHOICES = ("agree", "mixed", "disagree")
NO_VOTE = "none"
SEE_OTHER, CLOSED = 303, 409
LED_TO = re.compile(r"/contributions/([0-9]+)")
SENTENCE = "Le dimanche, les familles ont enfin le temps de venir à la bibliothèque. "
# How long to wait before a server that went away is called again, in seconds.
RETRY = 0.05


@dataclass(frozen=True)
class Account:
    """Somebody who is logged in: the cookies of their browser, the forms' token."""

    pk: int
    cookies: str
    token: str


@dataclass
class Act:
    """One form, and what came back: instants are the writer's, in seconds since 1970.

    `said` is an argument's text, a vote's choice, whether an argument is supported, or
    on what ground it is reported.
    No status means that no answer came.
    """

    verb: str
    account: int
    target: int
    said: str = ""
    key: str = ""
    sent: float = 0
    done: float = 0
    seconds: float = 0
    status: int = 0
    # To which the answer leads back.
    number: int = 0

    @property
    def is_accepted(self) -> bool:
        return self.status == SEE_OTHER

    @property
    def is_unknown(self) -> bool:
        """The server went away: the act is done, or not."""
        return self.status == 0

    def request(self, account: Account) -> bytes:
        said = {
            ARGUE: {
                "side": "for" if self.target % 2 else "against",
                "text": self.said,
                "told": "1",
            },
            VOTE: {"choice": self.said},
            SUPPORT: {"support": self.said},
            WITHDRAW: {},
            REPORT: {"ground": self.said},
        }[self.verb]
        body = urlencode(
            said | {"key": self.key, "csrfmiddlewaretoken": account.token}
        ).encode()
        lines = [
            f"POST /contributions/{self.target}/{self.verb}/ HTTP/1.1",
            f"Host: {HOST}",
            "X-Forwarded-Proto: https",
            f"Origin: https://{HOST}",
            f"Cookie: {account.cookies}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Task:
    """What one writer has to do, until an instant. Each has accounts of its own."""

    port: int
    seed: int
    until: float
    accounts: Sequence[Account]
    proposals: Sequence[int]
    # Those that are there already, to be supported.
    arguments: Sequence[int] = ()
    # Accounts that every writer uses at once.
    shared: Sequence[Account] = ()
    # Who posted what before, of whom the account is among those above.
    posted: Sequence[tuple[int, int]] = ()
    # On what ground things are reported.
    ground: int = 0


@dataclass
class Writer:
    task: Task
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.task.seed)  # noqa: S311

    def argue(self, account: Account, proposal: int) -> Act:
        key = self._key()
        text = f"{key}\n{SENTENCE * self.chance.randint(1, 9)}".strip()
        return Act(ARGUE, account.pk, proposal, said=text, key=key)

    def vote(self, account: Account, proposal: int, choices: Sequence[str]) -> Act:
        said = self.chance.choice(choices)
        return Act(VOTE, account.pk, proposal, said=said, key=self._key())

    def _key(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def crossing(self) -> Iterator[Act]:
        """Arguments and votes by turns at random; nobody votes twice on a proposal."""
        pairs = list(product(self.task.accounts, self.task.proposals))
        self.chance.shuffle(pairs)
        for account, proposal in pairs:
            yield self.vote(account, proposal, CHOICES)
            while self.chance.random() < 0.5:
                yield self.argue(account, self.chance.choice(self.task.proposals))

    def arguing(self) -> Iterator[Act]:
        while True:
            yield self.argue(*self._anywhere())

    def voting(self) -> Iterator[Act]:
        """First votes and changed ones."""
        while True:
            yield self.vote(*self._anywhere(), CHOICES)

    def mixing(self) -> Iterator[Act]:
        """Four votes for an argument."""
        while True:
            is_vote = self.chance.random() < 0.8
            where = self._anywhere()
            yield self.vote(*where, CHOICES) if is_vote else self.argue(*where)

    def storming(self) -> Iterator[Act]:
        """Everything, at random, on few targets; a fifth from shared accounts."""
        mine: list[Act] = []
        while True:
            account, proposal = self._anywhere()
            if self.chance.random() < 0.2:
                account = self.chance.choice(self.task.shared)
            verb = self.chance.choice((ARGUE, VOTE, VOTE, SUPPORT, SUPPORT, WITHDRAW))
            if verb == ARGUE:
                yield (act := self.argue(account, proposal))
                mine += [act] if act.is_accepted else []
            elif verb == VOTE:
                yield self.vote(account, proposal, (*CHOICES, NO_VOTE))
            elif verb == SUPPORT:
                theirs = [*self.task.arguments, *(act.number for act in mine[-9:])]
                said, target = (
                    self.chance.choice(("yes", "no")),
                    self.chance.choice(theirs),
                )
                yield Act(SUPPORT, account.pk, target, said=said, key=self._key())
            elif mine:
                taken_back = mine.pop(self.chance.randrange(len(mine)))
                yield Act(WITHDRAW, taken_back.account, taken_back.number)

    def besieging(self) -> Iterator[Act]:
        """Everything again where nothing may be done any more, and reports."""
        while True:
            account, proposal = self._anywhere()
            verb = self.chance.choice((ARGUE, VOTE, SUPPORT, WITHDRAW, REPORT))
            if verb == ARGUE:
                yield self.argue(account, proposal)
            elif verb == VOTE:
                yield self.vote(account, proposal, (*CHOICES, NO_VOTE))
            elif verb == SUPPORT:
                said = self.chance.choice(("yes", "no"))
                argument = self.chance.choice(self.task.arguments)
                yield Act(SUPPORT, account.pk, argument, said=said, key=self._key())
            elif verb == REPORT:
                said = str(self.task.ground)
                yield Act(REPORT, account.pk, proposal, said=said, key=self._key())
            elif self.task.posted:
                yield Act(WITHDRAW, *self.chance.choice(self.task.posted))

    def _anywhere(self) -> tuple[Account, int]:
        choose = self.chance.choice
        return choose(self.task.accounts), choose(self.task.proposals)


PLANS: dict[str, Callable[[Writer], Iterator[Act]]] = {
    "crossing": Writer.crossing,
    "arguing": Writer.arguing,
    "voting": Writer.voting,
    "mixing": Writer.mixing,
    "storming": Writer.storming,
    "besieging": Writer.besieging,
}


def perform(plan: str, task: Task) -> list[Act]:
    """Send one form after the other until the task's instant; what became of each."""
    accounts = {each.pk: each for each in [*task.accounts, *task.shared]}
    line = Line(task.port)
    sent = []
    for act in PLANS[plan](Writer(task)):
        if time.time() >= task.until:
            break
        line.ask(act, act.request(accounts[act.account]))
        sent.append(act)
    line.close()
    return sent


class Line:
    """A connection that is opened again when the server went away."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: Connection | None = None

    def ask(self, act: Act, request: bytes) -> None:
        begin, act.sent = time.perf_counter(), time.time()
        try:
            answer = self._exchange(request)
        except OSError:
            self.close()
            time.sleep(RETRY)
        else:
            act.seconds, act.done = time.perf_counter() - begin, time.time()
            act.status = answer.status
            if act.is_accepted and (led := LED_TO.search(answer.headers["location"])):
                act.number = int(led[1])

    def _exchange(self, request: bytes) -> Answer:
        self.connection = self.connection or Connection(self.port)
        self.connection.send(request)
        while (answer := self.connection.receive()) is None:
            pass
        return answer

    def close(self) -> None:
        if self.connection:
            with suppress(OSError):
                self.connection.close()
        self.connection = None
