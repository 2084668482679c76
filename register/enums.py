from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class DebateState(models.TextChoices):
    """Where an instant falls in a debate's period."""

    UPCOMING = "upcoming", _("Upcoming")
    OPEN = "open", _("Open")
    ENDED = "ended", _("Ended")


class Accepted(models.TextChoices):
    """What a debate may accept; the debate's fields `accepts_…` say which it does."""

    PROPOSALS = "proposals", _("proposals")
    ARGUMENTS = "arguments", _("arguments")
    SOURCES = "sources", _("sources")
    VOTES = "votes", _("votes")


class Writing(models.TextChoices):
    """What people do by a form, and may have to log in for in the middle."""

    PROPOSE = "propose", _("proposal")
    ARGUE = "argue", _("argument")
    SOURCE = "source", _("source")
    VOTE = "vote", _("vote")
    SUPPORT = "support", _("support")
    REPORT = "report", _("report")


class ContributionKind(models.TextChoices):
    PROPOSAL = "proposal", _("proposal")
    ARGUMENT = "argument", _("argument")
    SOURCE = "source", _("source")
    RESPONSE = "response", _("official response")


class Status(models.TextChoices):
    """What has become of a contribution."""

    PUBLISHED = "published", _("published")
    # Submitted in time, and waits for its author's address or for a moderator.
    WAITING = "waiting", _("waiting")
    HIDDEN = "hidden", _("hidden by moderation")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    # It waited, and what it waited for did not come in time, or was a refusal.
    UNPUBLISHED = "unpublished", _("never published")


# What a reader may read.
PUBLIC_STATUSES = frozenset({Status.PUBLISHED})
# What keeps its place, so that other people's words under it stay readable.
STANDING_STATUSES = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
# What was public once, and answers for ever at its number.
RECORDED_STATUSES = frozenset({Status.PUBLISHED, Status.HIDDEN, Status.WITHDRAWN})


class Measure(models.TextChoices):
    """What is counted on a contribution without being one."""

    AGREE = "agree", _("agree")
    MIXED = "mixed", _("mixed")
    DISAGREE = "disagree", _("disagree")
    SUPPORT = "support", _("support")


# Where the register keeps what a reader can count of each.
COUNTER_OF_MEASURE = {
    Measure.AGREE: "agree_count",
    Measure.MIXED: "mixed_count",
    Measure.DISAGREE: "disagree_count",
    Measure.SUPPORT: "support_count",
}


class Finding(StrEnum):
    """What comparing a file or a text with a receipt shows."""

    SAME = "same"
    SAME_BUT_BLANKS = "same_but_blanks"
    OTHER = "other"
    # The words are right; the instant or the digest beside them is not.
    ALTERED = "altered"
    OTHER_NUMBER = "other_number"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    # Of words that nobody may read, it would tell whether a guess is right.
    NOT_COMPARED = "not_compared"
