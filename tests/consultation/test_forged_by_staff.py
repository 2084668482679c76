"""Whatever anybody sends to any form, the admin's included, nothing breaks.

And nobody does there what is not theirs to do: a moderator changes no text, no vote
and no date; a participant changes nothing in the admin.
"""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.enums import StaffGroup
from accounts.models import User
from proposals.models import Proposal
from register.enums import Writing
from register.models import Debate
from tests.consultation.forgeries import Sender, World, make_world
from tests.consultation.staff_forgeries import (
    admin_routes,
    besiege,
    fill_the_desk,
    places,
)
from tests.consultation.traces import changed, rows, tampered
from tests.factories import UserFactory, VoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(participant: User, stranger: User) -> World:
    world = make_world(participant, stranger)
    fill_the_desk(world)
    return world


def member_of(group: StaffGroup) -> User:
    """By the group alone, and with a confirmed address, so that they can take part."""
    user = UserFactory(confirmed=True, display_name=group.name)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_the_forms_of_every_room_are_found(world):
    found = {route for route, _model in admin_routes()}

    assert found >= {
        "debates/<int:pk>/prepare/",
        "debates/edit/<int:pk>/",
        "institutions/verify/<int:pk>/",
        "debates/<int:pk>/close/",
        "debates/<int:pk>/period/",
        "users/edit/<int:pk>/",
    }
    assert not any(route.startswith(("images/", "redirects/")) for route in found)
    argue = f"/contributions/{world.open[Writing.ARGUE]}/argumenter/"
    assert argue in {address for each in places() for address in each.addresses()}


def test_what_would_be_tampering_is_seen(world):
    proposal = Proposal.objects.get(pk=world.open[Writing.VOTE])
    before = rows()

    VoteFactory(proposal=proposal, voter=world.participant)
    assert tampered(before, world.participant) == []
    assert len(tampered(before, world.other, moves=True)) == 1
    Proposal.objects.filter(pk=proposal.pk).update(text="<p>Autre.</p>")
    assert len(tampered(before, world.participant, moves=True)) == 1
    Debate.objects.filter(pk=world.debate.pk).update(closes_at=timezone.now())
    assert len(tampered(before, world.participant)) == 2
    assert len(tampered(before, world.participant, moves=True)) == 1


@pytest.mark.once
def test_a_moderator_changes_no_text_no_vote_and_no_date(world):
    moderator = member_of(StaffGroup.MODERATORS)
    sender, before = Sender(moderator), rows()

    shown = besiege(sender, moderator)

    assert sender.broken == []
    assert shown > 10
    assert tampered(before, moderator) == []


@pytest.mark.once
def test_an_organiser_changes_no_text_and_no_vote(world):
    """Dates are theirs to move, by the form that says why."""
    organiser = member_of(StaffGroup.ORGANISERS)
    sender, before = Sender(organiser), rows()

    shown = besiege(sender, organiser)

    assert sender.broken == []
    assert shown > 20
    assert tampered(before, organiser, moves=True) == []


@pytest.mark.once
def test_a_participant_finds_no_form_in_the_admin_and_changes_nothing_there(world):
    sender, before = Sender(world.participant), rows()

    inside = [
        address
        for place in places()
        if place.route.startswith(settings.ADMIN_PATH)
        for address in place.addresses()
    ]
    statuses = {sender.form(address, {"drop": "1"}) for address in inside}
    statuses |= {sender.client.get(address).status_code for address in inside}

    assert sender.broken == []
    assert len(inside) > 50
    assert statuses == {403}
    assert list(changed(before, rows())) == []
