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


class Outcome(models.TextChoices):
    """What becomes of a proposal, as an institution answers it."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    REFUSED = "refused", _("Refused")
    UNDER_STUDY = "under_study", _("Under study")
    TRANSFERRED = "transferred", _("Not ours: transferred")


class Satisfaction(models.TextChoices):
    """Whether a response answers the question, as the author of the proposal finds."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
