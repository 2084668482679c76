"""What can be asked of contributions of any kind."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

from django.apps import apps
from django.db import models

from register.enums import (
    PUBLIC_STATUSES,
    RECORDED_STATUSES,
    STANDING_STATUSES,
    Status,
)

if TYPE_CHECKING:
    from register.models.contributions import Contribution


class ContributionsAreNeverDeleted(TypeError):
    """A number answers for ever: hide, withdraw or anonymise instead."""


# By a person or an institution. What is not signed came with its words withheld.
SIGNED = models.Q(author__isnull=False) | models.Q(institution__isnull=False)
READABLE = SIGNED & models.Q(status__in=PUBLIC_STATUSES)
# Nothing is hidden above, up to the proposal.
STANDING_ABOVE = models.Q(hangs_on=None) | models.Q(
    hangs_on__status__in=STANDING_STATUSES
) & (
    models.Q(hangs_on__hangs_on=None)
    | models.Q(hangs_on__hangs_on__status__in=STANDING_STATUSES)
)
VISIBLE = READABLE & STANDING_ABOVE


class ContributionQuerySet(models.QuerySet):
    def standing_above(self) -> "ContributionQuerySet":
        """Those under which nothing is hidden, up to the proposal."""
        return self.filter(STANDING_ABOVE)

    def signed(self) -> "ContributionQuerySet":
        """Those whose words this site holds, shown or not."""
        return self.filter(SIGNED)

    def readable(self) -> "ContributionQuerySet":
        """Those whose own words may be read, whatever has become of their place."""
        return self.filter(READABLE)

    def visible(self) -> "ContributionQuerySet":
        """What a reader can read: public itself, and nothing hidden above it."""
        return self.filter(VISIBLE)

    def keeping_place(self) -> "ContributionQuerySet":
        """Readable, or withdrawn by their author: nothing is said of what is above."""
        return self.filter(READABLE | models.Q(status=Status.WITHDRAWN))

    def standing(self) -> "ContributionQuerySet":
        """What keeps its place on a page: visible, or withdrawn by its author."""
        return self.keeping_place().standing_above()

    def recorded(self) -> "ContributionQuerySet":
        """What was public once, and answers for ever at its number."""
        return self.filter(status__in=RECORDED_STATUSES)

    def waiting_for_their_author(self) -> "ContributionQuerySet":
        """Received before an address was confirmed, and held by nobody."""
        return self.filter(status=Status.WAITING, submission__is_held=False)

    def begun(self, at: datetime) -> "ContributionQuerySet":
        """Those of debates that have begun: nothing is public before."""
        return self.filter(debate__opens_at__lte=at)

    def miscounted(self) -> "ContributionQuerySet":
        """Those that are counted and no reader can read, or the other way round."""
        shown = models.ExpressionWrapper(VISIBLE, models.BooleanField())
        return self.alias(shown=shown).exclude(counted=models.F("shown"))

    def in_order(self) -> "ContributionQuerySet":
        """The oldest first."""
        return self.order_by("submitted_at", "number")

    def with_author(self) -> "ContributionQuerySet":
        return self.select_related("author", "institution", "verification")

    def naming(self, sign: str) -> "ContributionQuerySet":
        """Those in whose words the sign stands, fetched with all their words."""
        holding = models.Q()
        for field in self.model.WORDS_IN:
            holding |= models.Q(**{f"{field}__contains": sign})
        return self.filter(holding).with_words()

    def with_words(self) -> "ContributionQuerySet":
        """With the rows beside their own in which words of this kind stand."""
        related = [f.rpartition("__")[0] for f in self.model.WORDS_IN if "__" in f]
        return self.prefetch_related(*related)

    def in_batches(self, size: int = 500) -> Iterator[list[int]]:
        """Their numbers in order, whatever others write meanwhile."""
        numbers = self.order_by("pk").values_list("pk", flat=True)
        last = 0
        while batch := list(numbers.filter(pk__gt=last)[:size]):
            yield batch
            last = batch[-1]

    def bulk_insert(self, rows: "Sequence[Contribution]") -> None:
        """Insert rows of this kind under their numbers, in two parts.

        Django's `bulk_create` refuses children of a concrete table. Raises
        IntegrityError on a taken number.
        """
        for row in rows:
            row.kind = row.KIND
            row.contribution_id = row.number
        everything = apps.get_model("register", "Contribution").objects
        everything.bulk_create(rows)
        own_fields = self.model._meta.local_concrete_fields  # noqa: SLF001
        self._batched_insert(rows, own_fields, batch_size=None)  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        raise ContributionsAreNeverDeleted
