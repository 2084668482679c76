"""The one table of everything that was said."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.models import Institution, Verification
from register.enums import ContributionKind, Status
from register.models.debates import Debate, Ground, Section
from register.models.querysets import (
    ContributionQuerySet,
    ContributionsAreNeverDeleted,
)
from register.models.themes import ContributionTheme, ThemesOfOne


class Contribution(models.Model):
    """One public utterance: a number, an author, an instant, an address.

    `Proposal`, `Argument` and `Source` are its children and add their words. What is
    true of every kind (number, place, signature, status, counters) stands here, once.
    """

    # Children name their own kind, and the fields in which their words are.
    KIND: ContributionKind
    WORDS_IN: tuple[str, ...] = ()

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
    # Moderators put a mark in the place of a passage; who reads is told.
    is_masked = models.BooleanField(_("has a masked passage"), default=False)
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

    # Whether the tally of its section counts it, as it does what a reader can read.
    counted = models.BooleanField(_("counted"), default=False, editable=False)
    # Of a proposal: grows with each act that changes what its page shows.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    themes = TaggableManager(
        verbose_name=_("themes"),
        through=ContributionTheme,
        manager=ThemesOfOne,
        blank=True,
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
    def words(self) -> list[str]:
        """Everything it says, as plain texts; each kind has words of its own."""
        raise NotImplementedError

    @property
    def receipt_words(self) -> str:
        """What its receipt covers: title, blank line, text, as a reader reads them."""
        raise NotImplementedError

    @property
    def counter(self) -> str:
        """The field that counts it on what it hangs on; a proposal hangs on nothing."""
        return ""

    @property
    def attestation(self) -> Verification | None:
        """What attests who speaks, if it was in force when this was said.

        What was prepared for an opening is said then, and may have outlived it.
        """
        held: Verification | None = self.verification
        return held if held and held.is_in_force(self.submitted_at) else None

    @property
    def argument_count(self) -> int:
        return self.for_count + self.against_count

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def vote_count(self) -> int:
        return self.agree_count + self.mixed_count + self.disagree_count
