from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.enums import Act


class JournalIsAppendOnly(TypeError):
    """Somebody tried to change or remove what the journal says."""


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    def update(self, **kwargs: object) -> NoReturn:
        raise JournalIsAppendOnly

    def delete(self) -> NoReturn:
        raise JournalIsAppendOnly


class JournalEntry(models.Model):
    """One act: what was done, when, by whom, to what. Never a text, never a vote."""

    act = models.CharField(_("act"), max_length=40, choices=Act.choices)
    at = models.DateTimeField(_("instant"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("actor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Numbers are not foreign keys: the journal is the lowest room.
    number = models.PositiveBigIntegerField(_("contribution"), null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    objects = JournalEntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ("-id",)
        indexes = (models.Index(fields=("number", "id"), name="journal_of_a_number"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(act__in=Act.values), name="journalled_act_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise JournalIsAppendOnly
        super().save(*args, **kwargs | {"force_insert": True})  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise JournalIsAppendOnly
