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
