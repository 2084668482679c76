"""What people do in the register, whatever kind of contribution it is."""

from register.actions.limits import Suspended, TooMany
from register.actions.period import (
    PeriodNotMoved,
    carry_what_was_prepared,
    move_period,
)
from register.actions.posting import (
    AlreadyPosted,
    NotConfirmed,
    NotTheirs,
    Posting,
    TargetGone,
    enter_to_judge,
    of_its_kind,
    post,
    submission_of,
)
from register.actions.receipts import mail_receipts
from register.actions.sections import SectionIsUsed, arrange_sections
from register.actions.withdrawing import confirm_contributions, withdraw_contribution

__all__ = [
    "AlreadyPosted",
    "NotConfirmed",
    "NotTheirs",
    "PeriodNotMoved",
    "Posting",
    "SectionIsUsed",
    "Suspended",
    "TargetGone",
    "TooMany",
    "arrange_sections",
    "carry_what_was_prepared",
    "confirm_contributions",
    "enter_to_judge",
    "mail_receipts",
    "move_period",
    "of_its_kind",
    "post",
    "submission_of",
    "withdraw_contribution",
]
