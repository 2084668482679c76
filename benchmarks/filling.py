"""Bring a database to so many contributions, of which search knows nothing yet.

    python -m benchmarks.filling FILE COUNT

Run by benchmarks.server in a process of its own, with the site's settings.
"""

import sys

import django


def main(file: str, count: str) -> None:
    django.setup()

    from benchmarks.data import import_consultation
    from benchmarks.pages import SLUG
    from benchmarks.resampled import grow, sampled
    from register.models import Debate

    if not Debate.objects.filter(slug=SLUG).exists():
        import_consultation(file, SLUG)
    grow(sampled(), int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
