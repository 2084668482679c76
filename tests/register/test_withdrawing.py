"""Taking one's own words back removes nobody else's, and only before the end."""

from uuid import uuid4

import pytest
from django.urls import reverse

from arguments.actions import submit_argument
from arguments.enums import Side
from exchange.counters import counter_differences
from exchange.recounts import miscounted, wrong_tallies
from register.actions import NotTheirs, Posting, withdraw_contribution
from register.enums import Status
from register.gate import NotAccepted
from register.models import Contribution
from tests.factories import ArgumentFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def argument(participant):
    proposal = ProposalFactory()
    act_on(proposal)
    return submit_argument(
        posting=Posting(author=participant, key=uuid4()),
        proposal=proposal,
        side=Side.AGAINST,
        text="Trop cher.",
    )


def test_an_argument_that_is_withdrawn_leaves_the_count(participant, argument):
    withdraw_contribution(author=participant, contribution=argument)

    above = Contribution.objects.get(pk=argument.hangs_on_id)
    assert above.against_count == 0
    assert Contribution.objects.get(pk=argument.pk).status == Status.WITHDRAWN
    assert [*counter_differences(), *miscounted(), *wrong_tallies()] == []


def test_withdrawing_twice_withdraws_once(participant, argument):
    withdraw_contribution(author=participant, contribution=argument)
    withdraw_contribution(author=participant, contribution=argument)

    assert list(counter_differences()) == []


def test_what_others_said_under_it_stays(client, participant):
    proposal = ProposalFactory(author=participant)
    said = ArgumentFactory(hangs_on=proposal, text="Mes mots à moi.")
    act_on(proposal, said)

    withdraw_contribution(author=participant, contribution=proposal)

    page = client.get(reverse("consultation:proposal", args=(proposal.pk,)))
    assert "Mes mots à moi." in page.content.decode()
    assert proposal.title not in page.content.decode()
    assert Contribution.objects.visible().filter(pk=said.pk).exists()


def test_nobody_withdraws_the_words_of_another(stranger, argument):
    with pytest.raises(NotTheirs):
        withdraw_contribution(author=stranger, contribution=argument)


def test_nothing_is_withdrawn_from_the_end_on(participant, argument, at):
    at(argument.debate.closes_at)

    with pytest.raises(NotAccepted):
        withdraw_contribution(author=participant, contribution=argument)

    assert Contribution.objects.get(pk=argument.pk).status == Status.PUBLISHED


def test_what_moderators_hid_cannot_be_withdrawn(participant):
    hidden = ProposalFactory(author=participant, hidden=True)

    withdraw_contribution(author=participant, contribution=hidden)

    assert Contribution.objects.get(pk=hidden.pk).status == Status.HIDDEN
