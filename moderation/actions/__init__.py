"""What moderators are told, what they decide, and how it is contested."""

from moderation.actions.announcing import announce, participants_of
from moderation.actions.appeals import (
    AlreadyAppealed,
    TooLateToAppeal,
    appeal_decision,
    decide_appeal,
)
from moderation.actions.decisions import (
    NothingToDecide,
    Reasons,
    confirm_decision,
    dismiss_reports,
    hide_contribution,
    mask_passage,
    publish_held,
    refuse_held,
    suspend_author,
    undo_decision,
)
from moderation.actions.notices import give_notice
from moderation.actions.periods import move_and_announce
from moderation.actions.reports import (
    REPORTS_AN_HOUR,
    AlreadyReported,
    report_contribution,
    report_of,
)

__all__ = [
    "REPORTS_AN_HOUR",
    "AlreadyAppealed",
    "AlreadyReported",
    "NothingToDecide",
    "Reasons",
    "TooLateToAppeal",
    "announce",
    "appeal_decision",
    "confirm_decision",
    "decide_appeal",
    "dismiss_reports",
    "give_notice",
    "hide_contribution",
    "mask_passage",
    "move_and_announce",
    "participants_of",
    "publish_held",
    "refuse_held",
    "report_contribution",
    "report_of",
    "suspend_author",
    "undo_decision",
]
