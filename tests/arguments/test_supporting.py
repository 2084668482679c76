"""One support a person, of what somebody else argued, until the end."""

import pytest

from arguments.actions import OwnArgument, support_argument, withdraw_support
from exchange.counters import counter_differences, recount
from register.actions import NotConfirmed, TargetGone
from register.gate import NotAccepted
from register.models import Contribution
from tests.factories import ArgumentFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def argument(db):
    argument = ArgumentFactory()
    recount([argument.hangs_on_id])
    return argument


def supports(argument):
    return Contribution.objects.get(pk=argument.pk).support_count


def test_supporting_twice_counts_once_and_is_taken_back_once(participant, argument):
    for act, expected in [
        (support_argument, 1),
        (support_argument, 1),
        (withdraw_support, 0),
        (withdraw_support, 0),
    ]:
        act(supporter=participant, argument=argument)

        assert supports(argument) == expected
    assert list(counter_differences()) == []


@pytest.mark.parametrize("act", [support_argument, withdraw_support])
def test_from_the_end_on_nothing_changes(participant, argument, at, act):
    at(argument.debate.closes_at)

    with pytest.raises(NotAccepted):
        act(supporter=participant, argument=argument)


def test_one_does_not_support_oneself(participant):
    argument = ArgumentFactory(author=participant)

    with pytest.raises(OwnArgument):
        support_argument(supporter=participant, argument=argument)


def test_only_confirmed_accounts_support(argument):
    with pytest.raises(NotConfirmed):
        support_argument(supporter=UserFactory(), argument=argument)


def test_what_hangs_on_a_hidden_proposal_is_not_supported(participant):
    argument = ArgumentFactory(hangs_on=ProposalFactory(hidden=True))

    with pytest.raises(TargetGone):
        support_argument(supporter=participant, argument=argument)
