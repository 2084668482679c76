"""What still waits in a debate that has ended, and what there is to count in it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Sum

from accounts.models import User
from arguments.models import ArgumentSupport
from moderation.enums import AppealOutcome, Pending
from moderation.models import Appeal, Decision, Report
from proposals.models import Vote
from register.enums import COUNTER_OF_MEASURE, Status
from register.models import Contribution, ContributionQuerySet, Debate

Waiting = dict[Pending, list[int]]


def waiting_in(debate: Debate, at: datetime) -> Waiting:
    """The numbers of the contributions about which something is still to be done."""
    rows = Contribution.objects.filter(debate=debate)
    unconfirmed = (
        Pending.CONFIRMABLE if debate.can_be_confirmed(at) else Pending.TOO_LATE
    )
    decisions = Decision.objects.unconfirmed().values("contribution")
    appeals = Appeal.objects.waiting().values("decision__contribution")
    found = {
        Pending.HELD: rows.filter(status=Status.WAITING, submission__is_held=True),
        unconfirmed: unconfirmed_in(debate),
        Pending.REPORTED: rows.filter(
            pk__in=Report.objects.waiting().values("contribution")
        ),
        Pending.PROVISIONAL: rows.filter(pk__in=decisions),
        Pending.APPEALED: rows.filter(pk__in=appeals),
    }
    numbers = {
        why: list(some.order_by("pk").values_list("pk", flat=True))
        for why, some in found.items()
    }
    return {why: some for why, some in numbers.items() if some}


def unconfirmed_in(debate: Debate) -> ContributionQuerySet:
    """What waits for its author's address alone."""
    rows: ContributionQuerySet = Contribution.objects.filter(
        debate=debate, status=Status.WAITING
    ).exclude(submission__is_held=True)
    return rows


def figures_of(debate: Debate) -> dict[str, Any]:
    """Numbers alone, of everything that was public once: no name, no word."""
    recorded = Contribution.objects.recorded().filter(debate=debate).order_by()
    by_kind: dict[str, dict[str, int]] = {}
    for kind, status, count in recorded.values_list("kind", "status").annotate(
        Count("pk")
    ):
        by_kind.setdefault(kind, {})[status] = count
    totals = recorded.aggregate(
        **{
            measure.value: Sum(counter)
            for measure, counter in COUNTER_OF_MEASURE.items()
        },
        institutions=Count("institution", distinct=True),
    )
    decisions = Decision.objects.filter(contribution__debate=debate).order_by()
    appeals = Appeal.objects.filter(decision__in=decisions)
    return {
        "contributions": by_kind,
        **{name: count or 0 for name, count in totals.items()},
        "participants": _participants(debate),
        "reports": Report.objects.filter(contribution__debate=debate).count(),
        "decisions": dict(decisions.values_list("kind").annotate(Count("pk"))),
        "appeals": appeals.count(),
        "appeals_granted": appeals.filter(outcome=AppealOutcome.GRANTED).count(),
    }


def _participants(debate: Debate) -> int:
    """Persons who wrote in their own name, voted or supported, whoever they are now."""
    person = OuterRef("pk")
    recorded = Contribution.objects.recorded().filter(debate=debate)
    wrote = recorded.filter(author=person, institution=None)
    voted = Vote.objects.filter(proposal__debate=debate, voter=person)
    supported = ArgumentSupport.objects.filter(
        argument__debate=debate, supporter=person
    )
    return User.objects.filter(
        Exists(wrote) | Exists(voted) | Exists(supported)
    ).count()


def fingerprint_of(debate: Debate) -> str:
    """Another one after any act on the debate, for the price of a few sums.

    Each act counts on the version of a page; the rest is what an organiser edits.
    """
    rows = Contribution.objects.filter(debate=debate).order_by()
    sums = [Sum(name) for name in ("version", *COUNTER_OF_MEASURE.values())]
    decisions = Decision.objects.filter(contribution__debate=debate)
    parts = [
        rows.aggregate(*sums, Max("status_at")),
        sorted(rows.values_list("status").annotate(Count("pk"))),
        decisions.aggregate(
            *(Count(each) for each in ("pk", "confirmed_at", "undone_by")),
            *(Count(f"appeal__{each}") for each in ("pk", "decided_at")),
        ),
        Report.objects.filter(contribution__debate=debate).count(),
        debate.moves.count(),
        list(Debate.objects.filter(pk=debate.pk).values_list()),
        list(debate.sections.order_by("pk").values_list()),
    ]
    return repr(parts)
