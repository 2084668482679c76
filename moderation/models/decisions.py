"""What moderators decide, and how it is appealed."""

from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moderation.enums import RESTRICTIONS, AppealOutcome, DecisionKind, StaffRole
from register.models import Contribution, ContributionQuerySet, Ground

# For how long a decision can be appealed: six months at least (article 20(1) of
# Regulation (EU) 2022/2065 on digital services).
APPEAL_PERIOD = timedelta(days=183)
# The longest statement, appeal or answer, in characters, counted after normalisation.
STATEMENT_MAX_LENGTH = 4000


class DecisionsAreNeverDeleted(TypeError):
    """What was decided is answered for: another decision may end its effect."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def delete(self) -> NoReturn:
        raise DecisionsAreNeverDeleted

    def in_force(self) -> "DecisionQuerySet":
        """Those whose effect no later decision ended."""
        return self.filter(undone_by=None)

    def unconfirmed(self) -> "DecisionQuerySet":
        """Provisional ones that somebody else still has to confirm."""
        return self.in_force().filter(is_provisional=True, confirmed_at=None)

    def restrictions(self) -> "DecisionQuerySet":
        return self.filter(kind__in=RESTRICTIONS)


class Decision(models.Model):
    """What a moderator decided about a contribution, when, and on what ground.

    Its key is its public number. The facts are for the author alone; the public
    register has number, date, ground, role and the outcome of an appeal.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=DecisionKind.choices)
    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("contribution"),
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("ground"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    facts = models.TextField(_("statement to the author"), blank=True)
    decided_at = models.DateTimeField(_("decided on"))
    # Null when it came with an import, or was a mere lapse of time.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=10, choices=StaffRole.choices)
    # Of what many support or an institution signs: somebody else has to confirm it.
    is_provisional = models.BooleanField(_("provisional"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # The words under the mark; private, and never longer than what they were found in.
    passage = models.TextField(_("masked passage"), blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    undone_by = models.ForeignKey(
        "self",
        verbose_name=_("ended by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undoes",
    )

    objects = DecisionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=DecisionKind.values),
                name="decision_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=sorted(RESTRICTIONS))
                | models.Q(ground__isnull=False) & ~models.Q(facts=""),
                name="restrictions_have_a_ground_and_facts",
                violation_error_message=_("Say on what ground, and the facts."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind=DecisionKind.SUSPEND,
                    suspended_until__isnull=False,
                    suspended_until__gt=models.F("decided_at"),
                )
                | ~models.Q(kind=DecisionKind.SUSPEND)
                & models.Q(suspended_until__isnull=True),
                name="suspensions_and_no_others_have_an_end",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=DecisionKind.MASK) & ~models.Q(passage="")
                | ~models.Q(kind=DecisionKind.MASK) & models.Q(passage=""),
                name="masks_and_no_others_have_a_passage",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, confirmed_by=None)
                | models.Q(is_provisional=True, confirmed_at__isnull=False)
                & ~models.Q(confirmed_by=models.F("decided_by")),
                name="somebody_else_confirms_a_provisional_decision",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.contribution_id}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise DecisionsAreNeverDeleted

    def get_absolute_url(self) -> str:
        return reverse("consultation:statement", args=(self.pk,))

    @property
    def is_restriction(self) -> bool:
        return self.kind in RESTRICTIONS

    @property
    def public_number(self) -> int | None:
        """Of what it is about. A suspension is about a person, whom it would name."""
        kinds = {self.kind, *(each.kind for each in self.undoes.all())}
        return None if DecisionKind.SUSPEND in kinds else self.contribution_id

    @property
    def waiting_appeal(self) -> "Appeal | None":
        appeal: Appeal | None = getattr(self, "appeal", None)
        return appeal if appeal and not appeal.decided_at else None

    @property
    def appealed_until(self) -> datetime:
        return self.decided_at + APPEAL_PERIOD

    @property
    def is_unconfirmed(self) -> bool:
        """Whether somebody else still has to confirm it."""
        return self.is_provisional and not (self.confirmed_at or self.undone_by_id)

    def touched(self, author: Any) -> ContributionQuerySet:
        """What this person wrote that it is about, or that hangs on that."""
        about = self.contribution_id
        rows: ContributionQuerySet = Contribution.objects.filter(
            models.Q(pk=about)
            | models.Q(hangs_on=about)
            | models.Q(hangs_on__hangs_on=about),
            author=author,
        )
        return rows.order_by("pk")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting(self) -> "AppealQuerySet":
        return self.filter(decided_at=None)


class Appeal(models.Model):
    """An author contests a decision; somebody else than who took it answers."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="appeal"
    )
    text = models.TextField(_("what the author says"))
    appealed_at = models.DateTimeField(_("appealed on"))
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=AppealOutcome.choices, blank=True
    )
    answer = models.TextField(_("answer to the author"), blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=StaffRole.choices, blank=True
    )

    objects = AppealQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ("appealed_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(text=""), name="appeal_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", answer="", decided_at=None)
                | models.Q(outcome__in=AppealOutcome.values, decided_at__isnull=False)
                & ~models.Q(answer=""),
                name="appeals_are_decided_with_an_answer",
            ),
        )

    def __str__(self) -> str:
        return str(self.decision)
