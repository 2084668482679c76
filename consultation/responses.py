"""Official responses, as pages show and count them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Institution
from proposals.enums import Outcome, Satisfaction
from proposals.models import OfficialResponse, Proposal, ResponseDraft
from register.enums import ContributionKind
from register.models import ContributionQuerySet


def responses_to(proposal: Proposal) -> list[OfficialResponse]:
    """Those that keep their place, the newest first: few, so all of them."""
    rows = OfficialResponse.objects.filter(
        hangs_on=proposal.pk, kind=ContributionKind.RESPONSE
    )
    rows = rows.keeping_place().select_related(
        "institution", "verification", "judgement"
    )
    return list(rows.order_by("-submitted_at", "-number"))


def answers_to(number: Any) -> ContributionQuerySet:
    """Those to one proposal that can be read, as long as it can be itself."""
    return OfficialResponse.objects.readable().filter(
        hangs_on=number, kind=ContributionKind.RESPONSE
    )


def outcomes_of(proposals: Iterable[Proposal]) -> dict[int, list[str]]:
    """By number, what becomes of each proposal that was answered, each outcome once.

    The latest response comes first.
    """
    rows = (
        OfficialResponse.objects.visible()
        .filter(hangs_on__in=[row.pk for row in proposals])
        .order_by("-submitted_at", "-number")
    )
    outcomes: dict[int, dict[str, None]] = defaultdict(dict)
    for number, outcome in rows.values_list("hangs_on", "outcome"):
        outcomes[number][Outcome(outcome).label] = None
    return {number: list(each) for number, each in outcomes.items()}


def may_answer_for(reader: Any, proposal: Proposal) -> list[Institution]:
    """In whose name somebody may answer; `has_draft` where one is begun."""
    if reader is None or proposal.is_withdrawn:
        return []
    begun = ResponseDraft.objects.filter(institution=OuterRef("pk"), proposal=proposal)
    mine = Institution.objects.verified().filter(memberships__user=reader).distinct()
    return list(mine.annotate(has_draft=Exists(begun)))


@dataclass(frozen=True)
class ResponseFigures:
    """Of an institution: what it answered, and what authors said of that."""

    count: int
    thanked: int
    yes: int
    partly: int
    no: int


def figures_of_responses(institution: Institution, at: datetime) -> ResponseFigures:
    judged = {
        each.value: Count("pk", filter=Q(judgement__satisfaction=each))
        for each in Satisfaction
    }
    rows = OfficialResponse.objects.visible().begun(at).filter(institution=institution)
    figures = rows.aggregate(
        count=Count("pk"),
        thanked=Count("pk", filter=Q(judgement__is_thanked=True)),
        **judged,
    )
    return ResponseFigures(**figures)
