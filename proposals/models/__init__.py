"""Proposals, what people think of them, and what institutions answer."""

from proposals.models.proposals import Appendix, Proposal, Vote
from proposals.models.responses import (
    OfficialResponse,
    ResponseDraft,
    ResponseJudgement,
)

__all__ = [
    "Appendix",
    "OfficialResponse",
    "Proposal",
    "ResponseDraft",
    "ResponseJudgement",
    "Vote",
]
