from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from register.models import Contribution, Ground

# The longest explanation, in characters, counted after normalisation.
REPORT_MAX_LENGTH = 2000


class ReportsAreNeverDeleted(TypeError):
    """Who reported is owed an answer, and what was answered can be appealed."""


class ReportQuerySet(models.QuerySet["Report"]):
    def delete(self) -> NoReturn:
        raise ReportsAreNeverDeleted


class Report(models.Model):
    """One person tells the moderators that a contribution breaks the charter.

    Read by moderators alone: it is no part of the register's record, of no export, and
    the author of the contribution is never told who made it.
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
        related_name="reports",
    )
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("ground"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    text = models.TextField(_("explanation"), blank=True)
    reported_at = models.DateTimeField(_("reported on"))

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
        )

    def __str__(self) -> str:
        return f"#{self.contribution_id}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise ReportsAreNeverDeleted
