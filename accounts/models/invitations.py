"""Asking somebody to speak for an institution."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Obstacle
from accounts.models.institutions import Institution, Membership
from accounts.models.people import User

LIFE = timedelta(days=14)


def new_token() -> str:
    return secrets.token_urlsafe(24)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> "InvitationQuerySet":
        """Neither accepted nor cancelled, expired or not."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(models.Model):
    """An organiser asks whoever reads an address to speak for an institution.

    The token only finds the page: nobody accepts but the account whose confirmed
    address it is.
    """

    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    service = models.CharField(_("service"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"))
    token = models.CharField(
        max_length=64, unique=True, editable=False, default=new_token
    )
    invited_at = models.DateTimeField(_("invited on"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("institution_id", "-invited_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "service", "email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="one_pending_invitation_per_address_and_service",
            ),
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="invited_address_is_in_lower_case",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                    revoked_at=None,
                ),
                name="invitation_is_accepted_by_somebody_or_cancelled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service or self.institution}: {self.email}"

    @property
    def expires_at(self) -> datetime:
        return self.invited_at + LIFE

    def obstacle(self, at: datetime, user: User | None = None) -> Obstacle | None:
        """What keeps this person, or anybody, from accepting it at this instant.

        Who reads another address is told nothing else of it.
        """
        if user:
            own = user.emailaddress_set.filter(email=self.email, verified=True)
            if not own.exists():
                return Obstacle.ADDRESS
            if self._already_made(user):
                return Obstacle.MEMBER
        if self.accepted_at:
            return Obstacle.ACCEPTED
        if self.revoked_at:
            return Obstacle.REVOKED
        return Obstacle.EXPIRED if at >= self.expires_at else None

    def _already_made(self, user: User) -> bool:
        return Membership.objects.filter(
            user=user, institution=self.institution_id, service=self.service
        ).exists()
