"""Counts and shares."""

from typing import Any

from django import template
from django.utils.formats import number_format

from proposals.enums import VoteChoice

register = template.Library()

# The width of a bar of votes, in units of its own; the page stretches it.
BAR_WIDTH = 1000


@register.filter
def figure(value: int) -> str:
    """A count as the language groups it: 12 345 in French, 12,345 in English.

    Never for the number of a contribution, which has no groups.
    """
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def count_of(counts: dict[str, int], kind: str) -> int:
    """How many of one kind; kinds nobody has posted are not in the dictionary."""
    return counts.get(kind, 0)


@register.inclusion_tag("components/vote_bar.html")
def vote_bar(agree: int, mixed: int, disagree: int) -> dict[str, Any]:
    """A bar of the three answers. It says nothing alone: figures stand beside it."""
    total = agree + mixed + disagree
    edges = [
        BAR_WIDTH * count // (total or 1) for count in (0, agree, agree + mixed, total)
    ]
    segments = [
        {"choice": choice.value, "start": start, "width": end - start}
        for choice, start, end in zip(VoteChoice, edges, edges[1:], strict=False)
    ]
    return {"segments": segments, "width": BAR_WIDTH}
