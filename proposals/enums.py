from django.db import models
from django.utils.translation import gettext_lazy as _

from register.enums import Measure


class VoteChoice(models.TextChoices):
    """What one person thinks of a proposal."""

    AGREE = Measure.AGREE.value, _("Agree")
    MIXED = Measure.MIXED.value, _("Mixed")
    DISAGREE = Measure.DISAGREE.value, _("Disagree")


class AppendixKind(models.TextChoices):
    """What a text annexed to a proposal is."""

    EXPLANATORY = "explanatory", _("Explanatory statement")
    LAW_IN_FORCE = "law_in_force", _("Text in force")
    LAW_PROPOSED = "law_proposed", _("Proposed text")
