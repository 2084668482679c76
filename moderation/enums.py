from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    """What moderators decide about a contribution."""

    DISMISS = "dismiss", _("Nothing is changed")
    HIDE = "hide", _("Hidden")
    MASK = "mask", _("Passage masked")
    RESTORE = "restore", _("Restored")
    PUBLISH = "publish", _("Published")
    REFUSE = "refuse", _("Never published")
    SUSPEND = "suspend", _("Author suspended")


# What takes something away from an author, who is owed a statement of reasons and may
# appeal (articles 17 and 20 of Regulation (EU) 2022/2065 on digital services).
RESTRICTIONS = frozenset(
    {DecisionKind.HIDE, DecisionKind.MASK, DecisionKind.REFUSE, DecisionKind.SUSPEND}
)


class StaffRole(models.TextChoices):
    """In what quality somebody decided; the public register says it, and no name."""

    MODERATOR = "moderator", _("moderator")
    ORGANISER = "organiser", _("organiser")


class AppealOutcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Rejected")


class SealedPart(models.TextChoices):
    """What the sealed record can withhold of a contribution without breaking."""

    NAME = "name", _("name")
    TEXT = "text", _("text")


class Pending(models.TextChoices):
    """What still waits in a debate that has ended, and keeps it from being closed."""

    HELD = "held", _("Held for moderation: publish it or refuse it")
    CONFIRMABLE = "confirmable", _("Its author may still confirm an address: wait")
    TOO_LATE = "too_late", _("Not confirmed in time: record it as never published")
    REPORTED = "reported", _("Reported: decide about it")
    PROVISIONAL = "provisional", _("Hidden provisionally: confirm it or restore it")
    APPEALED = "appealed", _("Appealed: answer the appeal")


class Announced(models.TextChoices):
    """What many people are told by mail, and who they are."""

    # Everybody who took part in the debate.
    PERIOD_MOVED = "period_moved", _("period moved")
    CLOSING = "closing", _("closing")
    # Those who wrote under what was hidden, or restored.
    ABOVE = "above", _("decision about what is above")
    # Those who reported what was decided about.
    ANSWER = "answer", _("answer to reports")


class Waits(models.TextChoices):
    """Why something stands on the moderators' desk."""

    REPORTS = "reports", _("reported")
    HELD = "held", _("to be read before publication")
    CONFIRMATION = "confirmation", _("to be confirmed by somebody else")
    APPEAL = "appeal", _("appealed against")
