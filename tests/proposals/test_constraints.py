import pytest

from tests.constraints import Breaks, assert_refused, cases
from tests.factories import (
    AppendixFactory,
    OfficialResponseFactory,
    ResponseDraftFactory,
    ResponseJudgementFactory,
    VoteFactory,
)


def two_appendices_in_one_place():
    first = AppendixFactory()
    AppendixFactory(proposal=first.proposal, position=first.position)


def two_votes_of_one_person():
    first = VoteFactory()
    VoteFactory(proposal=first.proposal, voter=first.voter, choice="disagree")


def two_drafts_of_one_institution():
    first = ResponseDraftFactory()
    ResponseDraftFactory(proposal=first.proposal, institution=first.institution)


BREAKS: Breaks = {
    "one_appendix_per_position_on_a_proposal": [two_appendices_in_one_place],
    "appendix_kind_is_known": [lambda: AppendixFactory(kind="poem")],
    "appendix_has_a_text": [lambda: AppendixFactory(text="")],
    "one_vote_per_voter_per_proposal": [two_votes_of_one_person],
    "vote_choice_is_known": [lambda: VoteFactory(choice="maybe")],
    "response_outcome_is_known": [lambda: OfficialResponseFactory(outcome="maybe")],
    "response_says_to_whom_it_hands_on": [
        lambda: OfficialResponseFactory(outcome="transferred"),
        lambda: OfficialResponseFactory(transferred_to="la région"),
    ],
    "one_draft_of_a_response_per_institution_and_proposal": [
        two_drafts_of_one_institution
    ],
    "satisfaction_is_known": [lambda: ResponseJudgementFactory(satisfaction="maybe")],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)
