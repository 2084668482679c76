"""What somebody typed and has not posted."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from register.enums import Writing

# How long what a visitor typed waits for them to log in.
UNCLAIMED_FOR = timedelta(days=7)
# Of one account's drafts: so many are kept for ever, the others so long.
KEPT_FOR_EVER = 100
OTHERS_FOR = timedelta(days=30)


class DraftQuerySet(models.QuerySet["Draft"]):
    def unclaimed(self, at: datetime) -> "DraftQuerySet":
        """Those that a visitor typed, and nobody logged in to own, too long ago."""
        return self.filter(owner=None, saved_at__lt=at - UNCLAIMED_FOR)

    def in_excess(self, at: datetime) -> "DraftQuerySet":
        """The oldest of those who have very many."""
        many = (
            self.exclude(owner=None)
            .order_by()
            .values("owner")
            .annotate(held=models.Count("pk"))
            .filter(held__gt=KEPT_FOR_EVER)
        )
        place = models.Window(
            RowNumber(),
            partition_by="owner",
            order_by=[models.F("saved_at").desc(), models.F("key").desc()],
        )
        of_many = self.filter(owner__in=many.values("owner")).order_by()
        beyond = of_many.annotate(place=place).filter(place__gt=KEPT_FOR_EVER)
        return self.filter(saved_at__lt=at - OTHERS_FOR, pk__in=beyond.values("pk"))


class Draft(models.Model):
    """A form as it was last filled in, under the key by which it will be posted.

    Kept for its owner alone; nobody owns yet what a visitor typed before logging in,
    whose session holds the key. Posting it removes it; the worker forgets old ones.
    """

    key = models.UUIDField(_("key of the form"), primary_key=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        null=True,
        related_name="drafts",
        # The index below begins with it.
        db_index=False,
    )
    writing = models.CharField(
        _("what is written"), max_length=20, choices=Writing.choices
    )
    # The number of what it hangs on, or the key of the debate of a proposal.
    target = models.PositiveBigIntegerField(_("under what"))
    fields = models.JSONField(_("fields"), default=dict)
    saved_at = models.DateTimeField(_("saved on"))

    objects = DraftQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-saved_at", "-key")
        indexes = (
            models.Index(
                fields=("owner", "saved_at", "key"), name="drafts_of_an_owner"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(writing__in=Writing.values),
                name="draft_is_of_something_that_is_written",
            ),
        )

    def __str__(self) -> str:
        return f"{self.writing} {self.target}"
