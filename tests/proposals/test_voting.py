"""One opinion a person, changed and taken back as often as one likes, until the end."""

import pytest

from exchange.counters import counter_differences
from proposals.actions import OwnProposal, cast_vote, withdraw_vote
from proposals.enums import VoteChoice
from proposals.models import Vote
from register.actions import NotConfirmed, TargetGone
from register.gate import NotAccepted
from register.models import Contribution
from tests.factories import ProposalFactory, ReceivedTotalFactory, UserFactory

pytestmark = pytest.mark.django_db

AGREE, MIXED, DISAGREE = VoteChoice.AGREE, VoteChoice.MIXED, VoteChoice.DISAGREE


@pytest.fixture
def proposal(db):
    return ProposalFactory()


def figures(proposal):
    row = Contribution.objects.get(pk=proposal.pk)
    return row.agree_count, row.mixed_count, row.disagree_count


def test_a_vote_counts_and_changes_without_counting_twice(participant, proposal):
    for choice, expected in [
        (AGREE, (1, 0, 0)),
        (AGREE, (1, 0, 0)),
        (DISAGREE, (0, 0, 1)),
        (MIXED, (0, 1, 0)),
    ]:
        cast_vote(voter=participant, proposal=proposal, choice=choice)

        assert figures(proposal) == expected
    assert Vote.objects.count() == 1


def test_a_vote_taken_back_is_as_if_never_cast(participant, proposal):
    cast_vote(voter=participant, proposal=proposal, choice=AGREE)

    for _ in range(2):
        withdraw_vote(voter=participant, proposal=proposal)

    assert figures(proposal) == (0, 0, 0)
    assert not Vote.objects.exists()


def test_votes_add_to_what_came_with_an_import(participant, stranger, proposal):
    ReceivedTotalFactory(contribution=proposal, imported=12)
    Contribution.objects.filter(pk=proposal.pk).update(agree_count=12)

    for voter in (participant, stranger):
        cast_vote(voter=voter, proposal=proposal, choice=AGREE)

    assert figures(proposal) == (14, 0, 0)
    assert list(counter_differences()) == []


@pytest.mark.parametrize("act", ["vote", "change", "withdraw"])
def test_from_the_end_on_no_vote_is_cast_changed_or_taken_back(
    participant, proposal, at, act
):
    if act != "vote":
        cast_vote(voter=participant, proposal=proposal, choice=AGREE)
    before = figures(proposal)
    at(proposal.debate.closes_at)

    late = {"vote": cast_vote, "change": cast_vote, "withdraw": withdraw_vote}[act]
    choice = {} if act == "withdraw" else {"choice": DISAGREE}
    with pytest.raises(NotAccepted):
        late(voter=participant, proposal=proposal, **choice)

    assert figures(proposal) == before


def test_one_does_not_vote_on_ones_own_proposal(participant):
    proposal = ProposalFactory(author=participant)

    with pytest.raises(OwnProposal):
        cast_vote(voter=participant, proposal=proposal, choice=AGREE)


def test_only_confirmed_accounts_vote(proposal):
    with pytest.raises(NotConfirmed):
        cast_vote(voter=UserFactory(), proposal=proposal, choice=AGREE)


@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting"])
def test_nobody_votes_on_what_cannot_be_read(participant, trait):
    proposal = ProposalFactory(**{trait: True})

    with pytest.raises(TargetGone):
        cast_vote(voter=participant, proposal=proposal, choice=AGREE)


def test_a_debate_without_votes_refuses_them(participant):
    proposal = ProposalFactory(debate__accepts_votes=False)

    with pytest.raises(NotAccepted):
        cast_vote(voter=participant, proposal=proposal, choice=AGREE)
