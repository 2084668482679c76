"""The moderators' desk: what waits for one of them, whatever for, the longest first.

One line a contribution, not a report: what ten people reported is decided once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.utils.text import Truncator

from moderation.enums import Waits
from moderation.models import Appeal, Decision, Report
from register.enums import Status
from register.models import Contribution, Submission

# How much of the words a list shows.
EXCERPT_LENGTH = 200
# On SQLite the least of two instants is none when one of them is.
NEVER = Value(datetime(9999, 1, 1, tzinfo=UTC), output_field=DateTimeField())


@dataclass(frozen=True)
class Queue:
    """Rows that wait, of which contribution, and since when."""

    rows: Callable[[], QuerySet[Any]]
    contribution: str
    since: str

    def numbers(self) -> QuerySet[Any]:
        return self.rows().order_by().values(self.contribution)

    def first_since(self) -> Subquery:
        of_one = self.rows().filter(**{self.contribution: OuterRef("pk")})
        return Subquery(of_one.order_by(self.since).values(self.since)[:1])


def _held() -> QuerySet[Submission]:
    return Submission.objects.filter(is_held=True, contribution__status=Status.WAITING)


QUEUES = {
    Waits.REPORTS: Queue(Report.objects.waiting, "contribution", "reported_at"),
    Waits.HELD: Queue(_held, "contribution", "submitted_at"),
    Waits.CONFIRMATION: Queue(
        Decision.objects.unconfirmed, "contribution", "decided_at"
    ),
    Waits.APPEAL: Queue(
        Appeal.objects.waiting, "decision__contribution", "appealed_at"
    ),
}


def waiting_items() -> QuerySet[Contribution]:
    """What waits for a moderator; `<reason>_since` and `waiting_since` say how long."""
    first, *others = (queue.numbers() for queue in QUEUES.values())
    since = {f"{why}_since": queue.first_since() for why, queue in QUEUES.items()}
    longest = Least(*(Coalesce(F(name), NEVER) for name in since))
    return (
        Contribution.objects.filter(pk__in=first.union(*others))
        .annotate(**since)
        .annotate(waiting_since=longest)
        .order_by("waiting_since", "pk")
    )


@dataclass(frozen=True)
class Item:
    """A line of the desk."""

    row: Any
    excerpt: str
    reports: list[Report]

    @property
    def reasons(self) -> list[Waits]:
        return [why for why in Waits if getattr(self.row, f"{why}_since")]

    @property
    def grounds(self) -> list[str]:
        """Those for which it was reported, each once."""
        return list(dict.fromkeys(str(report.ground) for report in self.reports))


def items_of(rows: Iterable[Contribution]) -> list[Item]:
    """The same rows with their words and reports, in so many queries for any number."""
    rows = list(rows)
    numbers = [row.pk for row in rows]
    excerpts = excerpts_of(rows)
    reports: dict[int, list[Report]] = {number: [] for number in numbers}
    waiting = Report.objects.waiting().filter(contribution__in=numbers)
    for report in waiting.select_related("ground").order_by("reported_at", "pk"):
        reports[report.contribution_id].append(report)
    return [Item(row, excerpts[row.pk], reports[row.pk]) for row in rows]


def excerpts_of(rows: Iterable[Contribution]) -> dict[int, str]:
    """How each of them begins, by number."""
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.kind, []).append(row.pk)
    return {
        row.pk: excerpt_of(row)
        for model in Contribution.__subclasses__()
        if model.KIND in numbers
        for row in model.objects.filter(pk__in=numbers[model.KIND]).prefetch_related(
            *(name.rpartition("__")[0] for name in model.WORDS_IN if "__" in name)
        )
    }


def excerpt_of(row: Contribution) -> str:
    """How a row of its kind begins."""
    words = " — ".join(filter(None, row.words))
    return Truncator(" ".join(words.split())).chars(EXCERPT_LENGTH)
