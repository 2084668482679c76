"""The one table of everything that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.models import Institution, Verification
from register.enums import (
    PUBLIC_STATUSES,
    STANDING_STATUSES,
    ContributionKind,
    Status,
)
from register.models.debates import Debate, Ground, Section
from register.models.themes import ContributionTheme


class ContributionsAreNeverDeleted(TypeError):
    """A number answers for ever: hide, withdraw or anonymise instead."""


# By a person or an institution. What is not signed came with its words withheld.
SIGNED = models.Q(author__isnull=False) | models.Q(institution__isnull=False)


class ContributionQuerySet(models.QuerySet):
    def standing_above(self) -> "ContributionQuerySet":
        """Those under which nothing is hidden, up to the proposal."""
        return self.filter(
            models.Q(hangs_on=None)
            | models.Q(hangs_on__status__in=STANDING_STATUSES)
            & (
                models.Q(hangs_on__hangs_on=None)
                | models.Q(hangs_on__hangs_on__status__in=STANDING_STATUSES)
            )
        )

    def signed(self) -> "ContributionQuerySet":
        """Those whose words this site holds, shown or not."""
        return self.filter(SIGNED)

    def readable(self) -> "ContributionQuerySet":
        """Those whose own words may be read, whatever has become of their place."""
        return self.signed().filter(status__in=PUBLIC_STATUSES)

    def visible(self) -> "ContributionQuerySet":
        """What a reader can read: public itself, and nothing hidden above it."""
        return self.readable().standing_above()

    def standing(self) -> "ContributionQuerySet":
        """What keeps its place on a page: visible, or withdrawn by its author."""
        return self.filter(
            SIGNED & models.Q(status__in=PUBLIC_STATUSES)
            | models.Q(status=Status.WITHDRAWN)
        ).standing_above()

    def begun(self, at: datetime) -> "ContributionQuerySet":
        """Those of debates that have begun: nothing is public before."""
        return self.filter(debate__opens_at__lte=at)

    def in_order(self) -> "ContributionQuerySet":
        """The oldest first."""
        return self.order_by("submitted_at", "number")

    def after(self, contribution: "Contribution") -> "ContributionQuerySet":
        """Those that come after it in order; `gte` alone can use the index."""
        return self.filter(submitted_at__gte=contribution.submitted_at).exclude(
            submitted_at=contribution.submitted_at, number__lte=contribution.number
        )

    def before(self, contribution: "Contribution") -> "ContributionQuerySet":
        """Those that come before it in order."""
        return self.filter(submitted_at__lte=contribution.submitted_at).exclude(
            submitted_at=contribution.submitted_at, number__gte=contribution.number
        )

    def with_author(self) -> "ContributionQuerySet":
        return self.select_related("author", "institution", "verification")

    def bulk_insert(self, rows: "Sequence[Contribution]") -> None:
        """Insert rows of this kind under their numbers, in two parts.

        Django's `bulk_create` refuses children of a concrete table. Raises
        IntegrityError on a taken number.
        """
        for row in rows:
            row.kind = row.KIND
            row.contribution_id = row.number
        Contribution.objects.bulk_create(rows)
        own_fields = self.model._meta.local_concrete_fields  # noqa: SLF001
        self._batched_insert(rows, own_fields, batch_size=None)  # type: ignore[attr-defined]

    def delete(self) -> NoReturn:
        raise ContributionsAreNeverDeleted


class Contribution(models.Model):
    """One public utterance: a number, an author, an instant, an address.

    `Proposal`, `Argument` and `Source` are its children and add their words. What is
    true of every kind (number, place, signature, status, counters) stands here, once.
    """

    # Children name their own kind.
    KIND: ContributionKind

    number = models.BigAutoField(_("number"), primary_key=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ContributionKind.choices, editable=False
    )
    debate = models.ForeignKey(
        Debate,
        verbose_name=_("debate"),
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    # What hangs on a proposal stands in the proposal's section.
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
    )
    hangs_on = models.ForeignKey(
        "self",
        verbose_name=_("hangs on"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hanging",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
    )
    # Set when the author speaks for an institution, which then signs alone.
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
    )
    service = models.CharField(_("service"), max_length=200, blank=True)
    # The attestation in force at that instant; a later revocation leaves it here.
    verification = models.ForeignKey(
        Verification,
        verbose_name=_("verification"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
    )
    submitted_at = models.DateTimeField(_("submitted on"))
    language = models.CharField(_("language"), max_length=8, default="fr")
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PUBLISHED
    )
    status_at = models.DateTimeField(_("in this status since"))
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("ground"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Where an imported contribution came from, such as "capcollectif/opinion/61".
    origin = models.CharField(_("origin"), max_length=150, blank=True)

    # Counters and sort keys: what a reader can count, imported figures included.
    for_count = models.PositiveIntegerField(_("arguments for"), default=0)
    against_count = models.PositiveIntegerField(_("arguments against"), default=0)
    source_count = models.PositiveIntegerField(_("sources"), default=0)
    agree_count = models.PositiveIntegerField(_("agree"), default=0)
    mixed_count = models.PositiveIntegerField(_("mixed"), default=0)
    disagree_count = models.PositiveIntegerField(_("disagree"), default=0)
    support_count = models.PositiveIntegerField(_("supports"), default=0)

    themes = TaggableManager(
        verbose_name=_("themes"), through=ContributionTheme, blank=True
    )

    objects = ContributionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=("debate", "kind", "submitted_at", "number"),
                name="debate_by_kind_and_instant",
            ),
            models.Index(
                fields=("hangs_on", "kind", "submitted_at", "number"),
                name="hanging_by_kind_and_instant",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(number__gt=0), name="numbers_begin_at_one"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ContributionKind.values),
                name="contribution_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="contribution_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind=ContributionKind.PROPOSAL, hangs_on__isnull=True
                )
                | ~models.Q(kind=ContributionKind.PROPOSAL)
                & models.Q(hangs_on__isnull=False),
                name="only_proposals_hang_on_nothing",
            ),
            # So no chain can close on itself, and a parent always comes first.
            models.CheckConstraint(
                condition=models.Q(hangs_on=None)
                | models.Q(hangs_on__lt=models.F("number")),
                name="contribution_hangs_on_an_earlier_number",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.HIDDEN, ground__isnull=False)
                | ~models.Q(status=Status.HIDDEN) & models.Q(ground__isnull=True),
                name="hidden_contributions_and_no_others_have_a_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(status_at__gte=models.F("submitted_at")),
                name="status_changes_after_submission",
            ),
            models.CheckConstraint(
                condition=models.Q(institution__isnull=False)
                | models.Q(service="", verification__isnull=True),
                name="only_institutions_have_services_and_verifications",
            ),
            models.CheckConstraint(
                condition=~models.Q(language=""), name="contribution_has_a_language"
            ),
            models.UniqueConstraint(
                fields=("debate", "origin"),
                condition=~models.Q(origin=""),
                name="one_contribution_per_origin_in_a_debate",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert or update, never update the row that holds a new row's number."""
        if self._state.adding:
            self.kind = self.KIND
            kwargs["force_insert"] = (models.Model,)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ContributionsAreNeverDeleted

    def get_absolute_url(self) -> str:
        return reverse("permalink", args=(self.number,))

    @property
    def argument_count(self) -> int:
        return self.for_count + self.against_count

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def received(self) -> dict[str, int]:
        """By measure, the part of each figure that came with an import."""
        return {
            total.measure: total.imported + total.carried
            for total in self.received_totals.all()
        }

    @property
    def vote_count(self) -> int:
        return self.agree_count + self.mixed_count + self.disagree_count
