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

    There is no search yet: those that hold every word as it is typed, newest first.
    """
    from django.db.models import Q

    from proposals.models import Proposal

    found = Proposal.objects.visible()
    for word in question.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    origins = found.order_by("-number").values_list("origin", flat=True)
    return [origin.removeprefix(ORIGIN) for origin in origins[:FURTHER]]


if __name__ == "__main__":
    main(*sys.argv[1:])
