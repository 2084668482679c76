"""Which numbers a page's words name, by which they are named, and received figures."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from register.models import Citation, ReceivedTotal


class Linked:
    """What is known of some numbers beside their rows."""

    def __init__(self, numbers: Iterable[int], at: datetime) -> None:
        numbers = list(numbers)
        self.cites: dict[int, frozenset[int]] = defaultdict(frozenset)
        self.cited_by: dict[int, list[int]] = defaultdict(list)
        self.received: dict[int, dict[str, int]] = defaultdict(dict)
        citations = Citation.objects.filter(
            Q(citing__in=numbers) | Q(cited__in=numbers)
        ).order_by("citing")
        # Most proposals have none, and asking who can read them is the dearer half.
        if pairs := list(citations.values_list("citing", "cited")):
            pairs = list(citations.visible(at).values_list("citing", "cited"))
        for citing, cited in pairs:
            self.cites[citing] |= {cited}
            self.cited_by[cited].append(citing)
        received = ReceivedTotal.objects.filter(contribution__in=numbers).values_list(
            "contribution", "measure", F("imported") + F("carried")
        )
        for number, measure, total in received:
            self.received[number][measure] = total
