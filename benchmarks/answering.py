"""Import a consultation, and print as JSON what the site answers to the questions.

    python -m benchmarks.answering FILE

Run by benchmarks.relevance in a process of its own, with the site's settings.
"""

import json
import sys

import django

from benchmarks.data import import_consultation
from benchmarks.relevance import FURTHER, judged

# Before the origins that benchmarks/judgements names, in the site's register.
ORIGIN = "capcollectif/"


def main(file: str) -> None:
    django.setup()
    import_consultation(file, "mesure")
    found = {each.text: answers(each.text) for each in judged()}
    print(json.dumps(found))


def answers(question: str) -> list[str]:
    """The proposals that the site finds, best first, by their origins.

    What holds all the words, and then what holds some, as the page shows them.
    """
    from journal.clock import database_now
    from register.enums import ContributionKind
    from register.models import Contribution
    from search.engines import engine
    from search.facets import Facet
    from search.query import SearchQuery
    from search.typed import parse

    chosen = {Facet.KIND: frozenset({ContributionKind.PROPOSAL.value})}
    query = SearchQuery(parse(question), chosen=chosen, size=FURTHER)
    results = engine().search(query, at=database_now())
    numbers = [*results.numbers, *results.partly][:FURTHER]
    rows = Contribution.objects.in_bulk(numbers)
    return [rows[number].origin.removeprefix(ORIGIN) for number in numbers]


if __name__ == "__main__":
    main(*sys.argv[1:])
