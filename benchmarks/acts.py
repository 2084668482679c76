"""What benchmarks.writing is ordered to do: real acts, real searches, how long each."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from itertools import cycle
from random import Random
from typing import Any
from uuid import uuid4

from accounts.models import User
from arguments.actions import submit_argument
from arguments.enums import Side
from arguments.models import Argument
from benchmarks.asked import QUESTIONS
from benchmarks.organiser import HOURLY_LIMIT, gather
from benchmarks.timings import Stopwatch
from journal.clock import database_now
from moderation.actions import Reasons, hide_contribution
from proposals.models import Proposal
from register.actions import Posting, of_its_kind
from register.models import Contribution, Debate, Ground
from search.analysis import tokens
from search.documents import words_of
from search.engines import engine
from search.engines.indexed import Search
from search.engines.server import Unavailable, site_server, speaking
from search.models import Change, Feed
from search.query import SearchQuery, SearchResults
from search.typed import parse

AUTHORS = 20
# Every so many acts, one hides what was said before.
HIDES = 10
# How often somebody looks whether something has come true, in seconds.
LOOK = 0.01
# A search that finds one contribution has so many of its words.
WORDS = 6
RANDOM = Random(7)  # noqa: S311
MODERATOR = "moderation@exemple.fr"


def prepare() -> int:
    """Open every debate for a day, for people who may write as much as they want."""
    now = database_now()
    day = timedelta(days=1)
    Debate.objects.filter(opens_at__gt=now).update(opens_at=now - day)
    Debate.objects.update(
        closes_at=now + day,
        hourly_limit=HOURLY_LIMIT,
        accepts_arguments=True,
        moderates_first=False,
        closed_at=None,
    )
    User.objects.create_superuser(MODERATOR, display_name="Mireille")
    gather(AUTHORS)
    return Contribution.objects.visible().count()


def hide(times: int, patience: float) -> list[dict[str, Any]]:
    """Hide some, one by one, and see until when they are found; in milliseconds."""
    return [_hidden(row, patience) for row in _to_hide(times)]


def _hidden(row: Contribution, patience: float) -> dict[str, Any]:
    asked = _words_of(row)
    before = _search(asked)
    begin = time.perf_counter()
    _hide(row)
    hidden = time.perf_counter()
    still = 0
    while (found := _search(asked)).total >= before.total and still < 100:
        still += 1
    read = time.perf_counter()
    is_gone = _wait(lambda: not _is_held(row.pk), patience)
    return {
        "act": 1000 * (hidden - begin),
        "found": before.total > 0 and not before.is_instead,
        "still": still,
        "reader": 1000 * (read - hidden),
        "instead": found.is_instead,
        "server": 1000 * (time.perf_counter() - hidden) if is_gone else None,
    }


def write(seconds: float, pace: float) -> dict[str, Any]:
    """Post arguments at a steady pace, and hide some."""
    watch, authors = Stopwatch(), cycle(_authors())
    proposals = list(Proposal.objects.visible().values_list("pk", flat=True))
    texts = list(Argument.objects.visible().values_list("text", flat=True)[:1_000])
    to_hide = _to_hide(int(seconds * pace / HIDES) + 1)
    begin = time.monotonic()
    for count in range(1, int(seconds * pace) + 1):
        time.sleep(max(0.0, begin + count / pace - time.monotonic()))
        if time.monotonic() > begin + seconds:
            break
        if count % HIDES == 0 and (row := next(to_hide, None)):
            watch.timed("hidden", _hide, row)
            continue
        chosen = Proposal.objects.visible().filter(pk=RANDOM.choice(proposals))
        # Some were hidden meanwhile.
        if (proposal := chosen.first()) is None:
            continue
        watch.timed(
            "posted",
            submit_argument,
            posting=Posting(author=next(authors), key=uuid4()),
            proposal=proposal,
            side=Side.FOR,
            text=RANDOM.choice(texts),
        )
    return {
        "spent": watch.spent,
        "waiting": Change.objects.waiting().count(),
        "failures": Feed.objects.values_list("failures", flat=True).first() or 0,
    }


def read(seconds: float, pause: float, until_served: bool = False) -> dict[str, Any]:
    """Ask one question after another, as one reader; in milliseconds.

    Of `until_served`, to the first answer of the server itself, or so many seconds.
    """
    watch, instead = Stopwatch(), 0
    begin = time.monotonic()
    for question in cycle(QUESTIONS):
        if time.monotonic() > begin + seconds:
            break
        found = watch.timed("read", _search, question)
        instead += found.is_instead
        if until_served and not found.is_instead:
            break
        time.sleep(pause)
    spent = watch.spent["read"]
    return {"spent": spent, "instead": instead, "after": time.monotonic() - begin}


def catch_up(patience: float) -> dict[str, Any]:
    """See how long it takes until nothing waits for the server any more, in seconds."""
    waiting = Change.objects.waiting()
    first = waiting.count()
    begin = time.monotonic()
    _wait(lambda: not first or waiting.count() < first, patience)
    began = time.monotonic() - begin
    is_done = _wait(lambda: not waiting.exists(), patience - began)
    after = time.monotonic() - begin
    return {"waited": first, "began": began, "done": after if is_done else None}


def _wait(is_so: Callable[[], bool], patience: float) -> bool:
    until = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(LOOK)
    return True


def _search(question: str) -> SearchResults:
    return engine().search(SearchQuery(parse(question)), at=database_now())


def _is_held(number: int) -> bool:
    """Whether the server's own index holds it, whatever the site says."""
    server = site_server()
    asked = Search(index=server.index).filter("term", number=number)
    try:
        with speaking():
            return bool(asked.using(server.patient).count())
    except Unavailable:
        return True


def _words_of(row: Contribution) -> str:
    """A search that finds it: its longest words."""
    said = words_of(of_its_kind(row.pk))
    text = f"{said.title} {said.text}"
    words = {text[t.start : t.end] for t in tokens(text, row.language) if t.stem}
    return " ".join(sorted(words, key=lambda word: (-len(word), word))[:WORDS])


def _to_hide(times: int) -> Iterator[Contribution]:
    """Arguments and proposals by turns, here and there."""
    kinds = [
        list(model.objects.visible().order_by("pk").values_list("pk", flat=True))
        for model in (Argument, Proposal)
    ]
    for place in range(times):
        number = RANDOM.choice(kinds[place % 2])
        if row := Contribution.objects.visible().filter(pk=number).first():
            yield row


def _hide(row: Contribution) -> None:
    reasons = Reasons(ground=Ground.objects.earliest("pk"), facts="Mesure.")
    hide_contribution(actor=_moderator(), contribution=row, reasons=reasons)


@cache
def _moderator() -> User:
    return User.objects.get(email=MODERATOR)


def _authors() -> list[User]:
    return list(User.objects.filter(email__startswith="p").order_by("-pk")[:AUTHORS])


ORDERS = {
    "prepare": prepare,
    "hide": hide,
    "write": write,
    "read": read,
    "catch_up": catch_up,
}
