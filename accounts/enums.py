from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    """What kind of body an institution is."""

    STATE = "state", _("State service")
    LOCAL_AUTHORITY = "local_authority", _("Local authority")
    PUBLIC_BODY = "public_body", _("Public body")
    ASSOCIATION = "association", _("Association")
    FEDERATION = "federation", _("Federation")
    COMPANY = "company", _("Company")
    # The body that holds the consultation, when it speaks in it.
    ORGANISER = "organiser", _("Organiser")


class TermsKind(models.TextChoices):
    """What is agreed to when an account is made, in the order in which it is shown."""

    CHARTER = "charter", _("Charter of contributions")
    LICENCE = "licence", _("Open licence of contributions")
    PRIVACY = "privacy", _("Privacy notice")

    @property
    def slug(self) -> str:
        """The step of its address, the same in every language."""
        return SLUGS[self]


SLUGS = {
    TermsKind.CHARTER: "charte",
    TermsKind.LICENCE: "licence",
    TermsKind.PRIVACY: "confidentialite",
}


class StaffGroup(StrEnum):
    """The groups that work in the admin. Migrations give them their rights."""

    ORGANISERS = "Organisateurs"
    MODERATORS = "Modérateurs"


class Obstacle(models.TextChoices):
    """What keeps an invitation from being accepted, as the person is told."""

    ADDRESS = (
        "address",
        _("This invitation was sent to another address than that of your account."),
    )
    MEMBER = "member", _("You speak for this institution already.")
    ACCEPTED = "accepted", _("This invitation has been accepted already.")
    REVOKED = "revoked", _("This invitation has been cancelled.")
    EXPIRED = "expired", _("This invitation is too old. Ask to be invited again.")
