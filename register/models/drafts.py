"""What somebody typed and has not posted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from register.enums import Writing


class Draft(models.Model):
    """A form as it was last filled in, under the key by which it will be posted.

    Kept for its owner alone; nobody owns yet what a visitor typed before logging in,
    whose session holds the key. Posting it removes it.
    """

    key = models.UUIDField(_("key of the form"), primary_key=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        null=True,
        related_name="drafts",
    )
    writing = models.CharField(
        _("what is written"), max_length=20, choices=Writing.choices
    )
    # The number of what it hangs on, or the key of the debate of a proposal.
    target = models.PositiveBigIntegerField(_("under what"))
    fields = models.JSONField(_("fields"), default=dict)
    saved_at = models.DateTimeField(_("saved on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-saved_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(writing__in=Writing.values),
                name="draft_is_of_something_that_is_written",
            ),
        )

    def __str__(self) -> str:
        return f"{self.writing} {self.target}"
