"""Who writes, hides and reads while a search server comes and goes.

    python -m benchmarks.writing

Run by benchmarks.server, once for who writes and once for who reads, in the site's
environment; it gives the orders, each a line of JSON with a name and its arguments, and
reads a line for each.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    from benchmarks.acts import ORDERS

    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(ORDERS[name](**arguments)), flush=True)


if __name__ == "__main__":
    main()
