"""Figures that came with an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.enums import Measure
from register.models.contributions import Contribution


class ReceivedTotal(models.Model):
    """A figure that came with an imported contribution, whose voters are not here.

    It adds to the votes and supports given on this site; no voter is invented for it.
    `imported` counts what another platform announced, `carried` what was counted live
    on the site whose register was imported.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="received_totals"
    )
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices)
    imported = models.PositiveIntegerField(_("imported"), default=0)
    carried = models.PositiveIntegerField(_("carried"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("received total")
        verbose_name_plural = _("received totals")
        constraints = (
            models.UniqueConstraint(
                fields=("contribution", "measure"),
                name="one_received_total_per_measure",
            ),
            models.CheckConstraint(
                condition=models.Q(measure__in=Measure.values),
                name="received_measure_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(imported__gt=0) | models.Q(carried__gt=0),
                name="received_totals_are_not_zero",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.measure}"
