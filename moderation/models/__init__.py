"""What moderators receive, what they decide, and how a debate is closed."""

from moderation.models.announcements import Announcement
from moderation.models.closings import (
    Closing,
    ClosingsAreNeverUndone,
    SealedLeaf,
    Withholding,
)
from moderation.models.decisions import Appeal, Decision, DecisionsAreNeverDeleted
from moderation.models.reports import (
    REPORT_MAX_LENGTH,
    Report,
    ReportQuerySet,
    ReportsAreNeverDeleted,
)

__all__ = [
    "REPORT_MAX_LENGTH",
    "Announcement",
    "Appeal",
    "Closing",
    "ClosingsAreNeverUndone",
    "Decision",
    "DecisionsAreNeverDeleted",
    "Report",
    "ReportQuerySet",
    "ReportsAreNeverDeleted",
    "SealedLeaf",
    "Withholding",
]
