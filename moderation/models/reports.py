from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.models.decisions import Decision
from register.models import Contribution, Ground

# The longest explanation, in characters, counted after normalisation.
REPORT_MAX_LENGTH = 2000


class ReportsAreNeverDeleted(TypeError):
    """Who reported is owed an answer, and what was answered can be appealed."""


class ReportQuerySet(models.QuerySet["Report"]):
    def delete(self) -> NoReturn:
        raise ReportsAreNeverDeleted

    def waiting(self) -> "ReportQuerySet":
        """Those that nobody has decided about yet."""
        return self.filter(decision=None)


class Report(models.Model):
    """Somebody tells the moderators that a contribution breaks the charter or a law.

    With an account, or by a notice of illegal content, which anyone with an address may
    send (article 16 of Regulation (EU) 2022/2065 on digital services). Read by
    moderators alone: it is no part of the register's record, of no export, and the
    author of the contribution is never told who made it.
    """

    contribution = models.ForeignKey(
        Contribution,
        verbose_name=_("contribution"),
        on_delete=models.PROTECT,
        related_name="reports",
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )
    # Of a notice that came without an account: to whom it is answered.
    notifier_name = models.CharField(_("name"), max_length=150, blank=True)
    notifier_email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="fr")
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("ground"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("explanation"), blank=True)
    reported_at = models.DateTimeField(_("reported on"))
    # What was decided of it; who reported is told.
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
    )

    objects = ReportQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-reported_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("contribution", "reporter"),
                name="one_report_per_person_per_contribution",
                violation_error_message=_("You have reported this contribution."),
            ),
            models.CheckConstraint(
                condition=models.Q(reporter__isnull=False, notifier_email="")
                | models.Q(reporter=None) & ~models.Q(notifier_email=""),
                name="report_is_answered_to_an_account_or_an_address",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.contribution_id}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise ReportsAreNeverDeleted
