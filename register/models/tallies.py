"""How many contributions of a kind a reader finds in each section."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.enums import ContributionKind
from register.models.debates import Debate, Section

# One count is kept in so many rows that writers of one debate seldom meet.
SHARDS = 16


class TallyQuerySet(models.QuerySet["Tally"]):
    def of(self, debates: Iterable[Debate]) -> "TallyQuerySet":
        return self.filter(debate__in=debates)

    def by_debate(self) -> dict[int, dict[str, int]]:
        """By debate, how many of each kind; a kind that is not there has none."""
        return self._sums("debate")

    def by_section(self) -> dict[int | None, dict[str, int]]:
        """By section, how many of each kind; those outside any section under None."""
        return self._sums("section")

    def _sums(self, place: str) -> dict[Any, dict[str, int]]:
        sums: dict[Any, dict[str, int]] = defaultdict(dict)
        counted = self.filter(count__gt=0).order_by().values_list(place, "kind")
        for key, kind, total in counted.annotate(models.Sum("count")):
            sums[key][kind] = total
        return dict(sums)


class Tally(models.Model):
    """A part of the number of visible contributions of a kind in a section.

    A contribution is counted in the part that its number gives, `number % SHARDS`.
    Whether the debate has begun is not asked: nothing of one that has not is shown.
    """

    debate = models.ForeignKey(
        Debate,
        verbose_name=_("debate"),
        on_delete=models.PROTECT,
        related_name="tallies",
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        related_name="tallies",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ContributionKind.choices)
    shard = models.PositiveSmallIntegerField(_("part"))
    count = models.IntegerField(_("count"), default=0)

    objects = TallyQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = (
            # Two, because SQLite holds two NULLs for different.
            models.UniqueConstraint(
                fields=("debate", "section", "kind", "shard"),
                condition=models.Q(section__isnull=False),
                name="one_tally_per_part_of_a_kind_in_a_section",
            ),
            models.UniqueConstraint(
                fields=("debate", "kind", "shard"),
                condition=models.Q(section__isnull=True),
                name="one_tally_per_part_of_a_kind_outside_sections",
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=0), name="tally_is_never_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.debate_id}/{self.section_id} {self.kind}: {self.count}"
