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
