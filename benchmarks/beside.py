"""Fill a search server's index from a database, and ask it and the database the same.

    python -m benchmarks.beside ROUNDS [reindex]

Run by benchmarks.server in a process of its own, with the site's settings. With
`reindex`, what the SQL engine searches is made again first, and timed. Prints a line of
JSON.
"""

import json
import sys

import django


def main(rounds: str, *also: str) -> None:
    django.setup()

    from benchmarks.data import gather_statistics
    from benchmarks.sides import Asked, alone, held, merge, seconds, version
    from benchmarks.timings import sizes
    from search.actions import reindex
    from search.engines.server import site_server
    from search.rebuilding import rebuild

    server = site_server()
    said = {
        "version": version(server),
        "sql_seconds": seconds(reindex) if also else 0.0,
        "server_seconds": seconds(rebuild, server),
        **alone(),
        "filled": held(server),
    }
    gather_statistics()
    asked = Asked(server)
    # Caches are warm when measuring begins, as on a site that serves.
    asked.round()
    asked.forget()
    for _ in range(int(rounds)):
        asked.round()
    said |= asked.summary()
    said["merging"] = seconds(merge, server)
    said |= {"merged": held(server), "sizes": sizes()}
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
