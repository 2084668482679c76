import pytest
from django.db.models import ProtectedError

from proposals.enums import VoteChoice
from register.enums import COUNTER_OF_MEASURE, Measure
from tests.factories import VoteFactory


def test_one_person_votes_on_several_proposals(db, participant):
    VoteFactory.create_batch(2, voter=participant)

    assert participant.votes.count() == 2


def test_every_choice_is_counted_on_the_register():
    counted = {COUNTER_OF_MEASURE[Measure(choice)] for choice in VoteChoice}

    assert counted == {"agree_count", "mixed_count", "disagree_count"}


def test_an_account_that_voted_is_not_deleted_with_its_vote(participant):
    VoteFactory(voter=participant)

    with pytest.raises(ProtectedError):
        participant.delete()
