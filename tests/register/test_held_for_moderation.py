"""What a program seems to have posted is kept, and waits for a moderator."""

from uuid import uuid4

import pytest

from accounts.actions import vouch_for_address
from arguments.actions import submit_argument
from arguments.enums import Side
from exchange.counters import counter_differences
from exchange.recounts import miscounted, wrong_tallies
from register.actions import Posting
from register.enums import Status
from register.models import Contribution
from tests.factories import DebateFactory, ProposalFactory, UserFactory, act_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db):
    proposal = ProposalFactory(debate=DebateFactory())
    act_on(proposal)
    return proposal


def argue(proposal, author, *, is_held):
    return submit_argument(
        posting=Posting(author=author, key=uuid4(), is_held=is_held),
        proposal=proposal,
        side=Side.FOR,
        text="Lu par personne encore.",
    )


def test_what_is_held_is_received_and_shown_to_nobody(proposal, participant):
    row = argue(proposal, participant, is_held=True)

    row.refresh_from_db()
    assert row.status == Status.WAITING
    assert not Contribution.objects.visible().filter(pk=row.pk).exists()
    proposal.refresh_from_db()
    assert proposal.for_count == 0
    assert [*counter_differences(), *miscounted(), *wrong_tallies()] == []


def test_confirming_an_address_does_not_publish_what_is_held(proposal):
    newcomer = UserFactory()
    held = argue(proposal, newcomer, is_held=True)
    waiting = argue(proposal, newcomer, is_held=False)

    vouch_for_address(user=newcomer)

    held.refresh_from_db()
    waiting.refresh_from_db()
    assert (held.status, waiting.status) == (Status.WAITING, Status.PUBLISHED)
