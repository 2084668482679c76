"""What one agrees to when making an account, as it read at that moment."""

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import TermsKind


class TermsAreAppendOnly(TypeError):
    """Somebody tried to change or remove what people have accepted."""


class TermsQuerySet(models.QuerySet["Terms"]):
    def in_force(self, at: datetime) -> "TermsQuerySet":
        """The last version of each kind that has come into force, in order of kind."""
        begun = self.filter(in_force_at__lte=at)
        later = begun.filter(
            kind=models.OuterRef("kind"), version__gt=models.OuterRef("version")
        )
        return begun.filter(~models.Exists(later)).order_by("kind")

    def update(self, **kwargs: object) -> NoReturn:
        raise TermsAreAppendOnly

    def delete(self) -> NoReturn:
        raise TermsAreAppendOnly


class Terms(models.Model):
    """One version of the charter, of the privacy notice or of the licence.

    Never changed: another version comes after it. Its address answers for ever.
    """

    kind = models.CharField(_("text"), max_length=20, choices=TermsKind.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    in_force_at = models.DateTimeField(_("in force from"))
    # Cleaned by accounts.texts before they are stored.
    text_fr = models.TextField(_("text in French"))
    text_en = models.TextField(_("text in English"))

    objects = TermsQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text to accept")
        verbose_name_plural = _("texts to accept")
        ordering = ("kind", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "version"), name="one_text_per_kind_and_version"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=TermsKind.values),
                name="text_to_accept_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="versions_begin_at_one"
            ),
            models.CheckConstraint(
                condition=~models.Q(text_fr="") & ~models.Q(text_en=""),
                name="text_to_accept_is_in_both_languages",
            ),
        )

    def __str__(self) -> str:
        return _("%(text)s, version %(version)s") % {
            "text": self.title,
            "version": self.version,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TermsAreAppendOnly
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TermsAreAppendOnly

    def get_absolute_url(self) -> str:
        slug = TermsKind(self.kind).slug
        return reverse("accounts:terms", args=(slug, self.version))

    @property
    def title(self) -> str:
        return str(TermsKind(self.kind).label)

    @property
    def text(self) -> str:
        """In the language of the page."""
        return self.text_en if get_language() == "en" else self.text_fr


class Acceptance(models.Model):
    """A person accepted one version, at that instant."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="acceptances",
    )
    terms = models.ForeignKey(
        Terms,
        verbose_name=_("text to accept"),
        on_delete=models.PROTECT,
        related_name="acceptances",
    )
    accepted_at = models.DateTimeField(_("accepted on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ("user_id", "terms_id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "terms"), name="one_acceptance_per_person_and_text"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.terms}"
