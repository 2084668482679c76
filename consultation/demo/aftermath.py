"""What followed in the demonstration: decisions, official answers, a closing.

They are done by the actions that people's own acts go through, so that journal, mails
and counts are what they would be.
"""

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts.models import Institution, Membership, User
from consultation.demo.content import load
from moderation.actions import (
    Reasons,
    appeal_decision,
    close_debate,
    dismiss_reports,
    hide_contribution,
    mask_passage,
    report_contribution,
)
from moderation.models import Decision
from proposals.actions import Answer, judge_response, submit_response
from proposals.enums import Outcome, Satisfaction
from proposals.models import Proposal
from register.actions import Posting, of_its_kind
from register.models import Contribution, Debate, Ground
from register.text import clean_rich_text, clean_text

# Beside the representative, who speaks for the first institution.
SPEAKS_FOR = {"claire": "ville-de-belrive"}


def add_what_followed(people: dict[str, User]) -> None:
    """`people` are the named accounts, by their keys in the files."""
    followed = load("suites")
    for each in followed["report"]:
        _report(people[each["by"]], find(each["about"]), each["ground"], each["text"])
    for each in followed["decision"]:
        _decide(each, people)
    for each in followed["response"]:
        _respond(each, people)
    close_debate(
        debate=Debate.objects.get(slug=followed["closed"]),
        actor=people[followed["closed_by"]],
    )


def find(beginning: str) -> Contribution:
    """What begins so, by its title or else by its text."""
    for kind in Contribution.__subclasses__():
        for field in {"title", "text"} & {f.name for f in kind._meta.fields}:  # noqa: SLF001
            row: Any = kind.objects.filter(**{f"{field}__startswith": beginning}).first()
            if row:
                return of_its_kind(row.pk)
    raise LookupError(beginning)
