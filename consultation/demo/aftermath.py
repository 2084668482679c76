"""What followed in the demonstration: decisions, official responses, a closing.

All of it is done by the actions that people's own acts go through, so that journal,
mails and counts are what they would be.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

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
from proposals.actions import judge_response, submit_response
from proposals.enums import Satisfaction
from proposals.models import OfficialResponse, Proposal
from register.actions import Posting
from register.models import Contribution, Debate, Ground
from register.text import clean_rich_text, clean_text


def add_what_followed(people: dict[str, User]) -> None:
    """`people` are the named accounts, by their keys in the files."""
    followed = load("suites")
    for each in followed["report"]:
        _report(people[each["by"]], each["about"], each["ground"], each["text"])
    for each in followed["decision"]:
        _decide(each, people)
    for number, each in enumerate(followed["response"]):
        _respond(each, people[each["by"]], number)
    close_debate(
        debate=Debate.objects.get(slug=followed["closed"]),
        actor=people[followed["closed_by"]],
    )


def find(beginning: str) -> Any:
    """The contribution whose title begins so, or whose text when it has none."""
    for kind in Contribution.__subclasses__():
        for field in {"title", "text"} & set(kind.WORDS_IN):
            begun = {f"{field}__startswith": beginning}
            if row := kind.objects.filter(**begun).order_by("pk").first():
                return row
    raise LookupError(beginning)


def _report(person: User, about: str, ground: str, text: str = "") -> None:
    report_contribution(
        reporter=person,
        contribution=find(about),
        ground=Ground.objects.get(slug=ground),
        text=text,
    )


def _decide(content: dict[str, Any], people: dict[str, User]) -> None:
    row, actor = find(content["about"]), people[content["by"]]
    if content["kind"] == "dismiss":
        _report(
            people[content["reported_by"]], content["about"], content["reported_for"]
        )
        dismiss_reports(actor=actor, contribution=row)
        return
    reasons = Reasons(
        ground=Ground.objects.get(slug=content["ground"]),
        facts=clean_text(content["facts"]),
    )
    if content["kind"] == "mask":
        mask_passage(
            actor=actor, contribution=row, reasons=reasons, passage=content["passage"]
        )
        return
    decision = hide_contribution(actor=actor, contribution=row, reasons=reasons)
    if text := content.get("appeal"):
        appeal_decision(author=row.author, decision=decision, text=text)


def _respond(content: dict[str, Any], author: User, number: int) -> None:
    proposal = Proposal.objects.get(pk=find(content["about"]).pk)
    membership, _made = Membership.objects.get_or_create(
        user=author,
        institution=Institution.objects.get(slug=content["institution"]),
        service=content["service"],
    )
    key = uuid5(NAMESPACE_URL, f"demonstration response {number}")
    posted = submit_response(
        posting=Posting(author=author, key=key, membership=membership),
        proposal=proposal,
        outcome=content["outcome"],
        transferred_to=content.get("transferred_to", ""),
        text=clean_rich_text(content["text"]),
        agent_name=content.get("agent_name", ""),
        agent_function=content.get("agent_function", ""),
    )
    if "satisfaction" in content and proposal.author:
        judge_response(
            author=proposal.author,
            response=OfficialResponse.objects.get(pk=posted.pk),
            is_thanked=content["thanks"],
            satisfaction=Satisfaction(content["satisfaction"]),
        )
