"""The headings of a debate, as organisers arrange them."""

from collections.abc import Sequence
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from register.enums import DebateState
from register.gate import NotAccepted, enter_alone
from register.models import Debate, Section

LONGEST_ADDRESS = 80


class SectionIsUsed(Exception):
    """Contributions stand in it: it is not removed."""


@transaction.atomic
def arrange_sections(
    *,
    debate: Debate,
    sections: Sequence[Section],
    removed: Sequence[Section] = (),
    actor: User,
) -> None:
    """Give a debate its sections, in this order, and take away those that are empty.

    Until its end; and once it has begun, a section in which something stands keeps its
    name. Raises NotAccepted, SectionIsUsed.
    """
    held, at = enter_alone(debate.pk)
    if held.state(at) is DebateState.ENDED:
        raise NotAccepted(held, at)
    before = {each.pk: each for each in held.sections.all()}
    used = set(held.contributions.values_list("section", flat=True).distinct())
    if any(each.pk in used for each in removed):
        raise SectionIsUsed
    for section in removed:
        section.delete()
    addresses = {each.slug for each in before.values()}
    places = _free_places([each.position for each in before.values()], len(sections))
    for section, place in zip(sections, places, strict=True):
        if held.opens_at <= at and section.pk in used:
            section.title = before[section.pk].title
        section.debate, section.position = held, place
        section.slug = section.slug or _free_address(section.title, addresses)
        addresses.add(section.slug)
        section.save()
    facts = {"debate": held.slug, "changed": ["sections"]}
    record(act=Act.DEBATE_CHANGED, actor=actor, facts=facts)
    log(instance=held, action="wagtail.edit", user=actor, content_changed=True)


def _free_places(taken: list[int], wanted: int) -> range:
    """As many places, and none that is taken now.

    The database lets no two sections stand at one place, not even for an instant.
    """
    if not taken or min(taken) > wanted:
        return range(1, wanted + 1)
    return range(max(taken) + 1, max(taken) + 1 + wanted)


def _free_address(title: str, taken: set[str]) -> str:
    letters = title.replace("’", "-").replace("'", "-")
    address = slugify(letters)[:LONGEST_ADDRESS].strip("-") or "section"
    others = (f"{address}-{number}" for number in count(2))
    return (
        address if address not in taken else next(a for a in others if a not in taken)
    )
