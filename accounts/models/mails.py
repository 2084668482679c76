"""Mail that has not left yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One message on its way. Its row goes when it has left, and its words with it.

    It is written in the transaction of the act that causes it, with the task that
    sends it. After the last try its words go too: what stays is whom it did not reach
    and why.
    """

    recipients = models.TextField(_("recipients"))
    subject = models.TextField(_("subject"))
    # What accounts.mail.packed() makes of a message; empty once it is given up.
    content = models.JSONField(default=dict)
    queued_at = models.DateTimeField(_("queued on"), auto_now_add=True)
    # When it is tried next; null once it is given up.
    due_at = models.DateTimeField(_("next try"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(due_at__isnull=False) | models.Q(content={}),
                name="mail_given_up_keeps_no_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.recipients})"

    @property
    def is_given_up(self) -> bool:
        return self.due_at is None
