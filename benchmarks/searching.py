"""Fill a database with so many contributions, search it, and say how long each took.

    python -m benchmarks.searching FILE ROUNDS COUNT...

Run by benchmarks.search in a process of its own, with the site's settings. Prints a
line of JSON for each count.
"""

import json
import sys

import django


def main(file: str, rounds: str, *counts: str) -> None:
    django.setup()

    from benchmarks.data import gather_statistics, import_consultation
    from benchmarks.pages import SLUG
    from benchmarks.ranked import fill
    from benchmarks.resampled import grow, sampled
    from benchmarks.timings import Stopwatch, changes, searches, sizes
    from search.actions import reindex

    import_consultation(file, SLUG)
    sample = sampled()
    for count in map(int, counts):
        watch = Stopwatch()
        watch.timed("adding them", grow, sample, count)
        watch.timed("reindexing", reindex)
        watch.timed("filling the reference", fill)
        gather_statistics()
        # Caches are warm when measuring begins, as on a site that serves.
        searches(Stopwatch())
        for _ in range(int(rounds)):
            searches(watch)
        changes(watch)
        said = {"count": count, "sizes": sizes(), "spent": watch.spent}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
