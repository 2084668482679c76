"""The formal end of a debate, and the record that it seals."""

import base64
import json
from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.enums import SealedPart
from moderation.models.decisions import Decision
from register.models import Contribution, Debate, Ground


class ClosingsAreNeverUndone(TypeError):
    """A closed debate is not opened again, and its record does not change."""


class Closing(models.Model):
    """Who closed a debate and when, what it held, and the root of its record."""

    debate = models.OneToOneField(
        Debate, on_delete=models.PROTECT, primary_key=True, related_name="closing"
    )
    closed_at = models.DateTimeField(_("closed on"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    motive = models.TextField(_("motive"), blank=True)
    # Numbers alone: by kind and status, votes, participants, reports, decisions.
    figures = models.JSONField(_("figures"))
    # How many leaves the record's tree has, and its root, in hexadecimal.
    size = models.PositiveIntegerField(_("leaves"))
    root = models.CharField(_("root"), max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(root__regex=r"^[0-9a-f]{64}$"),
                name="closing_has_a_root",
            ),
        )

    def __str__(self) -> str:
        return str(self.debate)

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ClosingsAreNeverUndone
        super().save(*args, **kwargs | {"force_insert": True})  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise ClosingsAreNeverUndone

    @property
    def origin(self) -> str:
        """Which record this is, as it was sealed, whatever the site is called now."""
        metadata = self.leaves.only("line").get(position=0).line
        return str(json.loads(metadata)["origin"])

    @property
    def root_in_base64(self) -> str:
        """As the checkpoint has it."""
        return base64.b64encode(bytes.fromhex(self.root)).decode()


class SealedLeaf(models.Model):
    """A line of a sealed record, as it was hashed, and what it commits to.

    The line never changes. A disclosure is a small JSON array `[salt, field, value]`,
    kept as it was hashed; it is empty once it is withheld for good, and its salt, which
    stands nowhere else, is destroyed with it.
    """

    closing = models.ForeignKey(
        Closing, on_delete=models.PROTECT, related_name="leaves"
    )
    position = models.PositiveIntegerField(_("position"))
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, null=True, related_name="sealed_leaf"
    )
    line = models.TextField(_("line"))
    name = models.TextField(_("disclosure of the name"), blank=True)
    text = models.TextField(_("disclosure of the text"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("leaf of a sealed record")
        verbose_name_plural = _("leaves of sealed records")
        ordering = ("closing_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("closing", "position"), name="one_leaf_per_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.closing_id}/{self.position}"


class Withholding(models.Model):
    """A numbered act by which a part of a sealed record is withheld, or shown again.

    Its key is its public number. What is hidden can be restored; what is withheld for
    good (`is_final`) cannot, because its salt is destroyed.
    """

    leaf = models.ForeignKey(
        SealedLeaf, on_delete=models.PROTECT, related_name="withholdings"
    )
    part = models.CharField(_("part"), max_length=10, choices=SealedPart.choices)
    # False for an act by which the part is shown again.
    is_withheld = models.BooleanField(_("is withheld"))
    is_final = models.BooleanField(_("for good"), default=False)
    ground = models.ForeignKey(
        Ground, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The moderators' decision that it follows from, if it does.
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="withholdings"
    )
    at = models.DateTimeField(_("instant"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("act of withholding")
        verbose_name_plural = _("acts of withholding")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(part__in=SealedPart.values),
                name="withheld_part_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_withheld=True) | models.Q(is_final=False),
                name="what_is_shown_again_was_not_withheld_for_good",
            ),
        )

    def __str__(self) -> str:
        return f"{self.leaf} {self.part}"
