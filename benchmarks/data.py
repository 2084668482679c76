"""Fill a database, and say which of its pages to measure.

    python -m benchmarks.data consultation FILE | list COUNT | crowd COUNT

Run by benchmarks.reading in a process of its own, with the site's settings. Prints the
pages as JSON.
"""

import json
import sys
from dataclasses import asdict

import django
from django.core.management import call_command
from django.db import connection

from benchmarks.measures import Page


def main(what: str, argument: str) -> None:
    django.setup()
    pages = {"consultation": consultation, "list": long_list, "crowd": crowd}
    print(json.dumps([asdict(page) for page in pages[what](argument)]))


def consultation(file: str) -> list[Page]:
    from benchmarks.pages import SLUG, pages_to_read

    import_consultation(file, SLUG)
    return list(pages_to_read())


def import_consultation(file: str, slug: str) -> None:
    """Lines that are refused are no reason not to measure with the others."""
    try:
        call_command("import_capcollectif", file, slug=slug)
    except SystemExit:
        print("Some lines were refused.", file=sys.stderr)
    gather_statistics()


def long_list(count: str) -> list[Page]:
    from benchmarks.invented import grow_list
    from benchmarks.pages import pages_of_list

    grow_list(int(count))
    gather_statistics()
    return list(pages_of_list())


def crowd(count: str) -> list[Page]:
    from benchmarks.invented import gather_crowd
    from benchmarks.pages import page_of_crowd

    gather_crowd(int(count))
    gather_statistics()
    return [page_of_crowd()]


def gather_statistics() -> None:
    """As PostgreSQL does by itself within a minute."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main(*sys.argv[1:])
