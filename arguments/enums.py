from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """For the proposal it hangs on, or against it."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
