"""A search server beside the SQL engine: how fast, how large, how soon, and when gone.

    SEARCH_URL=URL python -m benchmarks.server --database URL [--reindex]
    SEARCH_URL=URL CONSULTATION_FILE=FILE python -m benchmarks.server
        [--database sqlite|postgresql] [--counts 100000]
    [--rounds 3] [--hide 20] [--outage MINUTES] [--hangs]

The consultation is resampled as benchmarks.search does, or a database that is there
already is copied, which takes SQLite: nothing is written in the one that was given. The
server's index is this run's own. In one process and by turns, the same forty questions
are asked of both engines. Then, with a worker at work, contributions are hidden, until
the server no longer holds them; and the way to the server is cut for so many minutes
while people write and read, and `verify --search` says what is lost. Prints Markdown.
"""

import json
import os
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.databases import KINDS, Unavailable, copied
from benchmarks.own_index import address, own_index
from benchmarks.served import Failed, Site
from benchmarks.troubles import Troubles
from benchmarks.versus import beside

MOST_MINUTES = 60


def main() -> int:
    options = parser().parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    file = os.environ.get("CONSULTATION_FILE", "")
    is_given = "://" in options.database
    is_asked = bool(os.environ.get("SEARCH_URL")) and bool(is_given or file)
    if not is_asked or options.outage > MOST_MINUTES:
        print(
            "SEARCH_URL: a search server of this machine. CONSULTATION_FILE: a file to"
            " resample; or --database: a SQLite database to copy. An outage lasts"
            f" {MOST_MINUTES} minutes at most.",
            file=sys.stderr,
        )
        return 2
    try:
        return 0 if measured(options, "" if is_given else file) else 1
    except (Failed, Unavailable) as failure:
        print(failure, file=sys.stderr)
        return 1


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", default="sqlite")
    made.add_argument("--counts", type=int, nargs="+", default=[100_000])
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--reindex", action="store_true", help="time the SQL index too")
    made.add_argument("--hide", type=int, default=20, help="so many, one by one")
    made.add_argument("--outage", type=float, default=10, metavar="MINUTES")
    made.add_argument("--hangs", action="store_true", help="it is there, and silent")
    return made


def measured(options: Namespace, file: str) -> bool:
    """Print what is measured; whether nothing was lost."""
    with TemporaryDirectory(prefix="bench-server-") as name, ExitStack() as stack:
        site = Site(Path(name))
        own = stack.enter_context(own_index(site, address()))
        environment = {"SEARCH_URL": own}
        also = ["reindex"] if options.reindex or file else []
        database = ""
        for database in _databases(options, file, site=site, stack=stack):
            asked = ("-m", "benchmarks.beside", str(options.rounds), *also)
            said = site.run(database, *asked, environment=environment)
            print("\n".join(beside(_last(said))), flush=True)
        troubles = Troubles(site, database, own)
        return troubles.all(
            hide=options.hide, minutes=options.outage, hangs=options.hangs
        )


def _databases(
    options: Namespace, file: str, *, site: Site, stack: ExitStack
) -> Iterator[str]:
    """The same one, with more and more in it; or the copy of one that is there."""
    folder = site.code.parent
    if not file:
        database = copied(options.database, folder)
        site.run(database, "manage.py", "migrate", "--verbosity=0")
        yield database
        return
    database = KINDS[options.database](folder, stack).create("server")
    site.run(database, "manage.py", "migrate", "--verbosity=0")
    for count in options.counts:
        resolved = str(Path(file).resolve())
        site.run(database, "-m", "benchmarks.filling", resolved, str(count))
        yield database


def _last(said: str) -> dict[str, Any]:
    return json.loads(said.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
