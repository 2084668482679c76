"""What readers are told when a period changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.models.debates import Debate


class PeriodMove(models.Model):
    """A change of a debate's period: both instants before and after, and the motive.

    Public, and never changed itself: who moves an end again makes another.
    """

    debate = models.ForeignKey(
        Debate, verbose_name=_("debate"), on_delete=models.PROTECT, related_name="moves"
    )
    moved_at = models.DateTimeField(_("moved on"))
    opens_at_before = models.DateTimeField(_("opened on, before"))
    closes_at_before = models.DateTimeField(_("ended on, before"))
    opens_at = models.DateTimeField(_("opens on"))
    closes_at = models.DateTimeField(_("ends on"))
    motive = models.TextField(_("motive"), help_text=_("Shown to readers."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a period")
        verbose_name_plural = _("changes of periods")
        ordering = ("debate_id", "moved_at")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(motive=""), name="period_is_moved_for_a_motive"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="moved_period_ends_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.debate} ({self.moved_at:%Y-%m-%d})"
