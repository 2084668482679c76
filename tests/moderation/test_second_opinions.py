"""What an institution signs or many support is hidden at once, and confirmed."""

import pytest

from moderation.actions import NothingToDecide, confirm_decision, undo_decision
from moderation.models import Decision
from register.actions import NotTheirs
from register.enums import Status
from register.models import Contribution
from tests.factories import ArgumentFactory, ProposalFactory
from tests.moderation.deciding import hide, publish

pytestmark = pytest.mark.django_db


def supported(count):
    """What so many people support, imported figures included."""
    row = ArgumentFactory()
    publish(row)
    Contribution.objects.filter(pk=row.pk).update(support_count=count)
    return row


def institutional():
    row = ArgumentFactory(institutional=True)
    publish(row)
    return row


def agreed(count):
    row = ProposalFactory()
    publish(row)
    Contribution.objects.filter(pk=row.pk).update(agree_count=count)
    return row


@pytest.mark.parametrize(
    ("make", "is_provisional"),
    [
        (lambda: supported(0), False),
        (institutional, True),
        (lambda: supported(20), False),
        (lambda: supported(21), True),
        (lambda: agreed(21), True),
    ],
)
def test_only_what_carries_weight_is_hidden_provisionally(
    moderator, make, is_provisional
):
    row = make()

    decision = hide(moderator, row)

    assert decision.is_provisional == is_provisional
    assert row.status == Status.HIDDEN


@pytest.mark.parametrize("who", ["another_moderator", "organiser"])
def test_somebody_else_confirms_it(request, moderator, who):
    decision = hide(moderator, supported(50))
    other = request.getfixturevalue(who)

    confirm_decision(actor=other, decision=decision)

    decision.refresh_from_db()
    assert decision.confirmed_by == other
    assert not Decision.objects.unconfirmed().exists()


def test_who_decided_does_not_confirm(moderator):
    decision = hide(moderator, supported(50))

    with pytest.raises(NotTheirs):
        confirm_decision(actor=moderator, decision=decision)


def test_a_participant_does_not_confirm(moderator, participant):
    decision = hide(moderator, supported(50))

    with pytest.raises(NotTheirs):
        confirm_decision(actor=participant, decision=decision)


def test_somebody_else_may_find_otherwise(moderator, another_moderator):
    row = supported(50)
    decision = hide(moderator, row)

    undo_decision(actor=another_moderator, decision=decision)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    with pytest.raises(NothingToDecide):
        confirm_decision(actor=another_moderator, decision=decision)


def test_what_is_not_provisional_needs_no_confirmation(moderator, another_moderator):
    decision = hide(moderator, supported(0))

    with pytest.raises(NothingToDecide):
        confirm_decision(actor=another_moderator, decision=decision)
