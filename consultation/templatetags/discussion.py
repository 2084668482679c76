"""Lists and discussions, as their address asks for them."""

from django import template

from consultation.discussion import Reading
from consultation.listing import Choices

register = template.Library()


@register.simple_tag
def part_query(reading: Reading, part: str, start: int | None) -> str:
    """The query of the page on which the part begins at a number, or from its start."""
    return reading.query(**{part: start}) or "?"


@register.filter
def outcomes_named(outcomes: dict[int, list[str]], number: int) -> str:
    """What becomes of one proposal, as institutions answered it."""
    return " · ".join(map(str, outcomes[number]))


@register.filter
def section_title(choices: Choices, section_id: int) -> str:
    """Of a proposal's section, which its debate's list has fetched already."""
    return choices.section_titles.get(section_id, "")
