"""What is said in public of the moderators' decisions: never a word, never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min

from consultation.caching import Version, site_version
from moderation.enums import AppealOutcome, DecisionKind
from moderation.models import Appeal, Decision, Report
from register.enums import RECORDED_STATUSES, Status
from register.models import Contribution, Debate, Ground


@dataclass(frozen=True)
class PublicLine:
    """A decision as the register shows it."""

    decision: Decision
    # Those that it ended.
    ended: list[Decision]
    appeal: Appeal | None

    @property
    def number(self) -> int | None:
        """Of what it is about; none where that would name a person."""
        return self.decision.public_number

    @property
    def is_about_place(self) -> bool:
        """Whether what hangs on it went, or came back, with it."""
        kinds = {self.decision.kind, *(each.kind for each in self.ended)}
        return DecisionKind.HIDE in kinds

    @property
    def is_readable(self) -> bool:
        """Whether the number leads somewhere: what was never public has no page."""
        return self.decision.contribution.status in RECORDED_STATUSES


def listed_decisions(debate: Debate) -> Any:
    """All but the many by which what waited was published: the figures count those."""
    rows = Decision.objects.filter(contribution__debate=debate)
    return rows.exclude(kind=DecisionKind.PUBLISH)


def public_lines(decisions: Iterable[Decision]) -> list[PublicLine]:
    return [
        PublicLine(each, list(each.undoes.all()), getattr(each, "appeal", None))
        for each in decisions
    ]


def with_lines(decisions: Any) -> Any:
    """Decisions with all that their public lines say of them."""
    rows = decisions.select_related("ground", "contribution", "appeal")
    return rows.prefetch_related("undoes")


def hiding(row: Contribution | None) -> PublicLine | None:
    """The decision by which something is hidden; what came hidden has none here."""
    if row is None or row.status != Status.HIDDEN:
        return None
    decided = Decision.objects.in_force().filter(
        contribution=row.pk, kind=DecisionKind.HIDE
    )
    return next(iter(public_lines(with_lines(decided)[:1])), None)


@dataclass(frozen=True)
class DecisionFigures:
    """How a debate is moderated, in numbers."""

    reports: int
    # Label of the kind, ground or None, how many; what there is most of comes first.
    decided: list[tuple[str, Ground | None, int]]
    # Half of the reports were answered within this time.
    delay: timedelta | None
    appeals: int
    granted: int
    rejected: int

    @property
    def appeals_waiting(self) -> int:
        return self.appeals - self.granted - self.rejected


def decision_figures(debate: Debate) -> DecisionFigures:
    """In a fixed number of queries."""
    appeals = dict(
        Appeal.objects.filter(decision__contribution__debate=debate)
        .order_by()
        .values_list("outcome")
        .annotate(Count("pk"))
    )
    return DecisionFigures(
        reports=Report.objects.filter(contribution__debate=debate).count(),
        decided=_decided(debate),
        delay=_delay(debate),
        appeals=sum(appeals.values()),
        granted=appeals.get(AppealOutcome.GRANTED, 0),
        rejected=appeals.get(AppealOutcome.REJECTED, 0),
    )


def _decided(debate: Debate) -> list[tuple[str, Ground | None, int]]:
    grounds = Ground.objects.in_bulk()
    counts = (
        Decision.objects.filter(contribution__debate=debate)
        .order_by()
        .values_list("kind", "ground")
        .annotate(Count("pk"))
    )
    decided = [
        (str(DecisionKind(kind).label), grounds.get(ground), count)
        for kind, ground, count in counts
    ]
    return sorted(decided, key=lambda each: (-each[2], each[0], str(each[1] or "")))


def _delay(debate: Debate) -> timedelta | None:
    """From the first report of something to what was decided of it."""
    answered = (
        Decision.objects.filter(contribution__debate=debate)
        .order_by()
        .annotate(first=Min("reports__reported_at"))
        .exclude(first=None)
        .values_list("decided_at", "first")
    )
    return _median(decided - first for decided, first in answered)


def usual_answer() -> timedelta | None:
    """Within what time half of the appeals were answered, if any was."""
    answered = Appeal.objects.exclude(decided_at=None).order_by()
    pairs = answered.values_list("decided_at", "appealed_at")
    return _median(decided - appealed for decided, appealed in pairs)


def _median(delays: Iterable[timedelta]) -> timedelta | None:
    found = list(delays)
    return median(found) if found else None  # type: ignore[type-var]


def register_version(at: datetime, slug: str) -> Version:
    """Reports change no other page, and are counted on this one."""
    site = site_version(at)
    reports = Report.objects.filter(contribution__debate__slug=slug).count()
    return Version(parts=(*site.parts, reports), boundary=site.boundary)
