"""Bodies in whose name people speak, and who attests that they are what they say."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def verified(self) -> "InstitutionQuerySet":
        return self.filter(
            models.Exists(Verification.objects.in_force_of(models.OuterRef("pk")))
        )

    def with_figures(self) -> "InstitutionQuerySet":
        """`verified_at` of the attestation in force, and how many persons speak."""
        in_force = Verification.objects.in_force_of(models.OuterRef("pk"))
        return self.annotate(
            verified_at=models.Subquery(in_force.values("verified_at")),
            member_count=models.Count("memberships__user", distinct=True),
        )


class Institution(models.Model):
    """A body in whose name people may speak."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)
    website = models.URLField(_("website"), blank=True)
    siren = models.CharField(
        "SIREN",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{9}$", _("A SIREN has nine digits."))],
    )

    objects = InstitutionQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=InstitutionKind.values),
                name="institution_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(siren="") | models.Q(siren__regex=r"^[0-9]{9}$"),
                name="siren_has_nine_digits",
                violation_error_message=_("A SIREN has nine digits."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def verification_in_force(self) -> "Verification | None":
        return self.verifications.in_force().first()


class VerificationQuerySet(models.QuerySet["Verification"]):
    def in_force(self) -> "VerificationQuerySet":
        return self.filter(revoked_at=None)

    def in_force_of(self, institution: Any) -> "VerificationQuerySet":
        return self.in_force().filter(institution=institution)


class Verification(models.Model):
    """An attestation that an institution is who it says: dated, signed, reasoned.

    Revoking one ends its force and changes nothing it covered: a contribution keeps
    the verification in force when it was submitted.
    """

    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="verifications",
    )
    verified_at = models.DateTimeField(_("verified on"))
    attested_by = models.CharField(
        _("attested by"),
        max_length=200,
        help_text=_("Shown to readers: the service that checked."),
    )
    evidence = models.TextField(
        _("evidence"), help_text=_("Shown to readers: on what it was checked.")
    )
    # Who typed it; null when it came with an import. Shown to administrators only.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    # Read on the institution's page. The record has no place for it, so an attestation
    # that came with an import has none.
    revocation_motive = models.TextField(_("motive of the revocation"), blank=True)

    objects = VerificationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ("institution_id", "verified_at")
        constraints = (
            models.UniqueConstraint(
                fields=("institution",),
                condition=models.Q(revoked_at=None),
                name="one_verification_in_force_per_institution",
                violation_error_message=_("This institution is verified already."),
            ),
            models.UniqueConstraint(
                fields=("institution", "verified_at"),
                name="one_verification_per_institution_and_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None)
                | models.Q(revoked_at__gt=models.F("verified_at")),
                name="verification_is_revoked_after_it_began",
                violation_error_message=_("It cannot be revoked before it began."),
            ),
            models.CheckConstraint(
                condition=~models.Q(attested_by="") & ~models.Q(evidence=""),
                name="verification_says_by_whom_and_on_what",
                violation_error_message=_("Say who checked, and on what evidence."),
            ),
            models.CheckConstraint(
                condition=models.Q(revocation_motive="")
                | models.Q(revoked_at__isnull=False),
                name="motive_is_that_of_a_revocation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.institution} ({self.verified_at:%Y-%m-%d})"

    def is_in_force(self, at: datetime) -> bool:
        return self.verified_at <= at and (
            self.revoked_at is None or at < self.revoked_at
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def with_verified(self) -> "MembershipQuerySet":
        """`is_verified`: whether the institution is, now."""
        in_force = Verification.objects.in_force_of(models.OuterRef("institution"))
        return self.select_related("institution").annotate(
            is_verified=models.Exists(in_force)
        )


class Membership(models.Model):
    """A person may speak for an institution, or for one of its services."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    service = models.CharField(_("service"), max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("institution_id", "service", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "institution", "service"),
                name="one_membership_per_person_and_service",
                violation_error_message=_("This person is a member already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.service or self.institution}: {self.user}"
