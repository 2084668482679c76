"""What is known of some contributions beside their rows, whatever their kinds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from moderation.enums import DecisionKind
from moderation.models import Decision
from register.models import Citation, Contribution, ReceivedTotal


class Linked:
    """Who cites whom, what came with an import, why a passage is masked."""

    def __init__(self, rows: Sequence[Contribution], at: datetime) -> None:
        numbers = [row.pk for row in rows]
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
        self.masks = masks_of(rows)


def masks_of(rows: Sequence[Contribution]) -> dict[int, list[Decision]]:
    """By number, the decisions by which passages are masked. Most pages have none."""
    masks: dict[int, list[Decision]] = defaultdict(list)
    if masked := [row.pk for row in rows if row.is_masked]:
        decided = Decision.objects.in_force().filter(
            kind=DecisionKind.MASK, contribution__in=masked
        )
        for each in decided.select_related("ground").order_by("pk"):
            masks[each.contribution_id].append(each)
    return masks
