"""What moderators are told, what they decide, and how it is contested."""

from moderation.actions.announcing import announce, participants_of
from moderation.actions.appeals import (
    AlreadyAppealed,
    TooLateToAppeal,
    appeal_decision,
    decide_appeal,
)
from moderation.actions.closing import (
    AlreadyClosed,
    NotAsReceived,
    NotEnded,
    StillChanging,
    StillWaiting,
    close_debate,
    record_as_unpublished,
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
from moderation.actions.withholding import (
    AlreadyWithheld,
    NotSealed,
    withhold_part,
)

__all__ = [
    "REPORTS_AN_HOUR",
    "AlreadyAppealed",
    "AlreadyClosed",
    "AlreadyReported",
    "AlreadyWithheld",
    "NotAsReceived",
    "NotEnded",
    "NotSealed",
    "NothingToDecide",
    "Reasons",
    "StillChanging",
    "StillWaiting",
    "TooLateToAppeal",
    "announce",
    "appeal_decision",
    "close_debate",
    "confirm_decision",
    "decide_appeal",
    "dismiss_reports",
    "give_notice",
    "hide_contribution",
    "mask_passage",
    "move_and_announce",
    "participants_of",
    "publish_held",
    "record_as_unpublished",
    "refuse_held",
    "report_contribution",
    "report_of",
    "suspend_author",
    "undo_decision",
    "withhold_part",
]
