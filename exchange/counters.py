"""What each counter of the register counts, stated once to write and to check."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Expression, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from arguments.enums import Side
from arguments.models import Argument, ArgumentSupport, Source
from proposals.models import Vote
from register.enums import COUNTER_OF_MEASURE, Measure
from register.models import Contribution, ReceivedTotal


def _rows(rows: QuerySet, key: str) -> Coalesce:
    counted = (
        rows.filter(**{key: OuterRef("pk")})
        .order_by()
        .values(key)
        .annotate(rows=Count("pk"))
        .values("rows")
    )
    return Coalesce(Subquery(counted), 0)


def _received(measure: Measure) -> Coalesce:
    totals = ReceivedTotal.objects.filter(contribution=OuterRef("pk"), measure=measure)
    return Coalesce(Subquery(totals.values(sum=F("imported") + F("carried"))), 0)


def _votes(measure: Measure) -> Expression:
    return _received(measure) + _rows(
        Vote.objects.filter(choice=measure.value), "proposal"
    )


COUNTERS: dict[str, Expression] = {
    "for_count": _rows(Argument.objects.readable().filter(side=Side.FOR), "hangs_on"),
    "against_count": _rows(
        Argument.objects.readable().filter(side=Side.AGAINST), "hangs_on"
    ),
    "source_count": _rows(Source.objects.readable(), "hangs_on"),
    COUNTER_OF_MEASURE[Measure.AGREE]: _votes(Measure.AGREE),
    COUNTER_OF_MEASURE[Measure.MIXED]: _votes(Measure.MIXED),
    COUNTER_OF_MEASURE[Measure.DISAGREE]: _votes(Measure.DISAGREE),
    COUNTER_OF_MEASURE[Measure.SUPPORT]: _received(Measure.SUPPORT)
    + _rows(ArgumentSupport.objects.all(), "argument"),
}


def recount(numbers: Collection[int]) -> None:
    """Set every counter of these contributions to what it counts."""
    Contribution.objects.filter(pk__in=numbers).update(**COUNTERS)


@dataclass(frozen=True)
class Difference:
    """A counter that does not say what a reader can count."""

    number: int
    counter: str
    held: int
    counted: int


def counter_differences() -> Iterator[Difference]:
    """Recount everything, one counter after another."""
    for counter, expression in COUNTERS.items():
        wrong = (
            Contribution.objects.annotate(recounted=expression)
            .exclude(**{counter: F("recounted")})
            .order_by("pk")
            .values_list("pk", counter, "recounted")
        )
        for number, held, counted in wrong.iterator():
            yield Difference(number, counter, held, counted)


def misplaced() -> Iterator[tuple[int, str]]:
    """Numbers whose place contradicts what they hang on, and in what.

    No constraint of a database can compare two rows, so this is looked for.
    """
    rows = Contribution.objects.order_by("pk")
    child = Q(proposal=None, argument=None, source=None, officialresponse=None)
    parent_kind = Q(kind__in=("argument", "response")) & ~Q(
        hangs_on__kind="proposal"
    ) | Q(kind="source", hangs_on__kind__in=("source", "response"))
    rules = {
        "has no words of its kind": child,
        "stands in another debate than what it hangs on": Q(hangs_on__isnull=False)
        & ~Q(hangs_on__debate=F("debate")),
        "stands in a section of another debate": Q(section__isnull=False)
        & ~Q(section__debate=F("debate")),
        "stands in another section than what it hangs on": Q(hangs_on__isnull=False)
        & ~Q(section=F("hangs_on__section"))
        & ~Q(section=None, hangs_on__section=None),
        "carries the verification of another institution": Q(verification__isnull=False)
        & ~Q(verification__institution=F("institution")),
        "hangs on a contribution of the wrong kind": parent_kind,
        "answers in the name of no verified institution": Q(
            kind="response", verification=None, author__isnull=False
        ),
        # Official responses may come after the end.
        "lies outside its debate's period": Q(submitted_at__lt=F("debate__opens_at"))
        | Q(submitted_at__gte=F("debate__closes_at")) & ~Q(kind="response"),
    }
    for sentence, condition in rules.items():
        for number in rows.filter(condition).values_list("pk", flat=True).iterator():
            yield number, sentence
