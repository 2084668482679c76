"""What many people are told by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.enums import Announced
from moderation.models.decisions import Decision
from register.models import Debate, PeriodMove


class Announcement(models.Model):
    """A mail to many, sent some at a time: up to whom it went stands here.

    So a worker that is killed goes on where it was, and nobody is told twice.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Announced.choices)
    debate = models.ForeignKey(
        Debate, on_delete=models.PROTECT, related_name="announcements"
    )
    move = models.OneToOneField(
        PeriodMove, on_delete=models.PROTECT, null=True, related_name="announcement"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="announcements"
    )
    # The key of the last account that was told; of an answer, of the last report.
    told_up_to = models.BigIntegerField(_("told up to"), default=0)
    # When one was last told, to know that a worker was killed on the way.
    touched_at = models.DateTimeField(_("touched on"), auto_now=True)
    finished_at = models.DateTimeField(_("finished on"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    kind=Announced.PERIOD_MOVED, move__isnull=False, decision=None
                )
                | models.Q(kind=Announced.CLOSING, move=None, decision=None)
                | models.Q(
                    kind__in=[Announced.ABOVE, Announced.ANSWER],
                    move=None,
                    decision__isnull=False,
                ),
                name="an_announcement_says_what_it_is_about",
            ),
            models.UniqueConstraint(
                fields=("debate",),
                condition=models.Q(kind=Announced.CLOSING),
                name="a_closing_is_announced_once",
            ),
            models.UniqueConstraint(
                fields=("decision", "kind"), name="a_decision_is_announced_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.debate_id}"
