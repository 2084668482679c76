"""What people do with proposals: make one, vote on it, answer it, judge the answer."""

from proposals.actions.drafts import (
    DraftChanged,
    NotVerified,
    drop_response_draft,
    save_response_draft,
)
from proposals.actions.proposals import (
    DebateHasOpened,
    OwnProposal,
    Prepared,
    cast_vote,
    drop_prepared,
    prepare_proposals,
    prepared_words,
    submit_proposal,
    withdraw_vote,
)
from proposals.actions.responses import judge_response, submit_response

__all__ = [
    "DebateHasOpened",
    "DraftChanged",
    "NotVerified",
    "OwnProposal",
    "Prepared",
    "cast_vote",
    "drop_prepared",
    "drop_response_draft",
    "judge_response",
    "prepare_proposals",
    "prepared_words",
    "save_response_draft",
    "submit_proposal",
    "submit_response",
    "withdraw_vote",
]
