"""Who posted what, kept apart from what readers see of it."""

import hashlib
import secrets
from typing import NoReturn
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from register.enums import RECORDED_STATUSES
from register.models.contributions import Contribution

SALT_BYTES = 16


def logged_out_key(key: UUID) -> UUID:
    """Under what a form is kept that was sent without a session.

    Not under its own key, which may be that of a draft its author kept before.
    """
    return uuid5(key, "typed while logged out")


class SubmissionsAreAppendOnly(TypeError):
    """Posting is counted for ever: withdrawing gives nothing back."""


class Submission(models.Model):
    """One act of posting: its form's key, so that sending it twice posts once."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    key = models.UUIDField(_("key of the form"))
    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="submission"
    )
    submitted_at = models.DateTimeField(_("submitted on"))
    # The form looked filled in by a program: a moderator reads it before anybody.
    is_held = models.BooleanField(_("held for moderation"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = (
            models.Index(
                fields=("author", "submitted_at"), name="submissions_of_an_author"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("author", "key"), name="one_submission_per_form"
            ),
        )

    def __str__(self) -> str:
        return f"{self.contribution_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise SubmissionsAreAppendOnly
        super().save(*args, **kwargs | {"force_insert": True})  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise SubmissionsAreAppendOnly


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def unmailed(self) -> "ReceiptQuerySet":
        """Those of what was public once, whose author has not been sent them yet."""
        return self.filter(
            mailed_at=None,
            contribution__status__in=RECORDED_STATUSES,
            contribution__author__isnull=False,
        )


class Receipt(models.Model):
    """Proof for an author of what was received: a digest that only they can remake.

    The salt is random and kept here alone, so that withholding the words can destroy
    it: a digest without its salt lets nobody test guesses of what was said. It is empty
    once it is destroyed.
    """

    contribution = models.OneToOneField(
        Contribution,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="receipt",
    )
    salt = models.BinaryField(_("salt"), default=new_salt, editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    mailed_at = models.DateTimeField(_("mailed on"), null=True, editable=False)

    objects = ReceiptQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return f"#{self.contribution_id}"


class OriginalWords(models.Model):
    """What a contribution said before any passage of it was masked. Private.

    By field, so that a mask can be taken away; decisions say which passages are masked.
    """

    contribution = models.OneToOneField(
        Contribution,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="original_words",
    )
    words = models.JSONField(_("words"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("original words")
        verbose_name_plural = _("original words")

    def __str__(self) -> str:
        return f"#{self.contribution_id}"


def digest_of(salt: bytes, words: bytes) -> str:
    """SHA-256, in hexadecimal, over the salt and then the words in UTF-8."""
    return hashlib.sha256(salt + words).hexdigest()
