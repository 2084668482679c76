"""What hides and what is cut off: how soon a search server follows the site."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from benchmarks.forwarder import HOST, Forwarder
from benchmarks.served import Site
from benchmarks.stage import Organiser, person
from benchmarks.tables import verdict
from benchmarks.versus import spread

# Acts a second, and how long a reader rests between two questions.
PACE = 5
PAUSE = 0.2
# How long it is looked what reading and writing take while all is well, in seconds.
CALM = 20
# How long one hidden contribution, and all that waited, may take to be gone.
PATIENCE = 60
CATCHING_UP = 1_800
# For how long a reader goes on asking once the server is there again.
RETURNING = 120


class Troubles:
    """A site whose worker and people reach the server on a way that can be cut."""

    def __init__(self, site: Site, database: str, own: str) -> None:
        address = urlsplit(own)
        self.site = site
        self.database = database
        self.way = Forwarder(address.hostname or HOST, address.port or 9200)
        self.way.open()
        user = address.netloc.rpartition("@")[0]
        host = f"{user}@{HOST}" if user else HOST
        there = address._replace(netloc=f"{host}:{self.way.port}")
        self.environment = {
            "SEARCH_URL": there.geturl(),
            # Nobody is to get the mail of a measure.
            "EMAIL_URL": f"smtp://{HOST}:9",
            "LOG_LEVEL": "CRITICAL",
        }

    def all(self, *, hide: int, minutes: float, hangs: bool) -> bool:
        """Print what is measured; whether nothing was lost, of what was cut off.

        A server that `hangs` says nothing; any other is not there.
        """
        if not hide and not minutes:
            return True
        with ExitStack() as stack:
            stack.callback(self.way.close)
            ours = {"environment": self.environment}
            stack.enter_context(self.site.worker(self.database, **ours))
            writing = (self.site, self.database, "benchmarks.writing")
            writer, reader = (
                stack.enter_context(person(*writing, **ours)) for _ in range(2)
            )
            writer.ask("prepare")
            if hide:
                said = writer.ask("hide", times=hide, patience=PATIENCE)
                print("\n".join(hidden(said)), flush=True)
            if not minutes:
                return True
            what = "says nothing" if hangs else "is away"
            print(f"\n### The server {what} for {minutes:g} minute(s)\n", flush=True)
            calm = at_work(writer, reader, CALM)
            print("\n".join(worked("before", *calm)), flush=True)
            with self._cut(hangs=hangs):
                away = at_work(writer, reader, 60 * minutes)
            print("\n".join(worked("meanwhile", *away)), flush=True)
            is_done = self._follow(writer, reader)
            return self._verify() and is_done

    @contextmanager
    def _cut(self, *, hangs: bool) -> Iterator[None]:
        if hangs:
            self.way.hang()
        else:
            self.way.close()
        try:
            yield
        finally:
            self.way.close()
            self.way.open()

    def _follow(self, writer: Organiser, reader: Organiser) -> bool:
        """Once the server is there again; whether it was told everything."""
        reader.order("read", seconds=RETURNING, pause=PAUSE, until_served=True)
        caught = writer.ask("catch_up", patience=CATCHING_UP)
        print("\n".join(caught_up(caught, reader.answer())), flush=True)
        return caught["done"] is not None

    def _verify(self) -> bool:
        begin = time.monotonic()
        done = self.site.done(
            self.database,
            *("manage.py", "verify", "--search"),
            environment=self.environment,
        )
        last = (done.stderr.splitlines() or [""])[-1]
        said = f"`verify --search` ends with {done.returncode}: “{last}”"
        took = f", in {time.monotonic() - begin:.0f} s"
        print(verdict(done.returncode == 0, said + took), flush=True)
        return done.returncode == 0


def at_work(
    writer: Organiser, reader: Organiser, seconds: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both at the same time."""
    writer.order("write", seconds=seconds, pace=PACE)
    reader.order("read", seconds=seconds, pause=PAUSE)
    return writer.answer(), reader.answer()


def hidden(said: list[dict[str, Any]]) -> Iterator[str]:
    found = [each for each in said if each["found"]]
    gone = [each["server"] for each in said if each["server"] is not None]
    still = sum(each["still"] for each in found)
    instead = sum(each["instead"] for each in found)
    yield "\n### From hiding to gone\n"
    yield f"- {len(said)} hidden, {len(found)} of them found by the server before"
    yield f"- hiding itself: {spread([each['act'] for each in said])}"
    yield (
        "- to the end of the first answer without it:"
        f" {spread([each['reader'] for each in found])};"
        f" {instead} of them given by the database instead"
    )
    yield verdict(not still, f"a reader found it after it was hidden: {still} time(s)")
    yield f"- until the server's index no longer holds it: {spread(gone)}"
    yield verdict(len(gone) == len(said), f"{len(gone)} of {len(said)} are gone")


def worked(when: str, wrote: dict[str, Any], read: dict[str, Any]) -> Iterator[str]:
    for what, spent in wrote["spent"].items():
        yield f"- {when}, {len(spent):,} {what}: {spread(spent)}"
    asked, instead = len(read["spent"]), read["instead"]
    yield f"- {when}, {asked:,} searches: {spread(read['spent'])}"
    yield f"- {when}, {instead:,} of them answered by the database instead"
    yield (
        f"- {when}, at the end: {wrote['waiting']:,} changes wait for the server,"
        f" after {wrote['failures']} tries that failed"
    )


def caught_up(caught: dict[str, Any], returned: dict[str, Any]) -> Iterator[str]:
    done = caught["done"]
    said = f"{done:,.1f} s" if done is not None else f"not in {CATCHING_UP} s"
    yield (
        f"- once it is back, {caught['waited']:,} changes wait; the first are taken"
        f" after {caught['began']:,.1f} s"
    )
    yield verdict(done is not None, f"nothing waits any more after {said}")
    is_back = returned["instead"] < len(returned["spent"])
    when = f"after {returned['after']:,.1f} s" if is_back else f"not in {RETURNING} s"
    yield f"- a reader is answered by the server again {when}"
