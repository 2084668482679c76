"""Asking somebody to speak for an institution: by mail, for one address, for a time."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from accounts.actions import (
    NotAcceptable,
    accept_invitation,
    end_membership,
    invite_member,
    revoke_invitation,
)
from accounts.enums import Obstacle
from accounts.models import Invitation, Membership
from journal.enums import Act
from journal.models import JournalEntry
from tests.factories import (
    ArgumentFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
AN_INSTANT = timedelta(microseconds=1)


def invite(organiser, institution=None, **given):
    return invite_member(
        institution=institution or InstitutionFactory(name="La Ville"),
        actor=organiser,
        **{"email": "marie@exemple.fr", "service": ""} | given,
    )


@pytest.fixture
def marie(db):
    return UserFactory(email="marie@exemple.fr", display_name="Marie", confirmed=True)


def test_whoever_is_invited_is_written_to_with_the_way_to_accept(
    organiser, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(organiser, email="Marie@Exemple.fr", service="Voirie")

    (sent,) = mail.outbox
    assert sent.to == ["marie@exemple.fr"]
    assert "La Ville" in sent.subject
    assert "Voirie" in sent.body
    assert f"/invitations/{invitation.token}/" in sent.body


def test_a_known_and_an_unknown_address_are_done_the_same_by(
    organiser, marie, django_capture_on_commit_callbacks
):
    institution = InstitutionFactory()
    with django_capture_on_commit_callbacks(execute=True):
        known = invite(organiser, institution)
        unknown = invite(organiser, institution, email="personne@exemple.fr")

    words = [re.sub(r"\S*(@|/invitations/)\S*", "", sent.body) for sent in mail.outbox]
    assert words[0] == words[1]
    assert (known.accepted_at, known.service) == (unknown.accepted_at, unknown.service)


def test_the_mail_speaks_the_language_of_the_account(
    organiser, django_capture_on_commit_callbacks
):
    UserFactory(email="mary@example.org", locale="en")

    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite(organiser, email="mary@example.org")

    assert f"/en/invitations/{invitation.token}/" in mail.outbox[0].body


def test_who_accepts_may_speak_for_the_service_they_were_invited_to(organiser, marie):
    invitation = invite(organiser, service="Voirie")

    membership = accept_invitation(invitation=invitation, user=marie)

    assert membership == marie.memberships.get()
    assert membership.institution == invitation.institution
    assert membership.service == "Voirie"
    invitation.refresh_from_db()
    assert invitation.accepted_by == marie


OBSTACLES = {
    Obstacle.ACCEPTED: {"accepted": True},
    Obstacle.REVOKED: {"revoked": True},
    Obstacle.EXPIRED: {"expired": True},
    Obstacle.ADDRESS: {"email": "quelqu.un@exemple.fr"},
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_cannot_be_accepted_lets_nobody_in(marie, obstacle):
    invitation = InvitationFactory(**OBSTACLES[obstacle])

    with pytest.raises(NotAcceptable) as refusal:
        accept_invitation(invitation=invitation, user=marie)

    assert refusal.value.obstacle == obstacle
    assert not Membership.objects.exists()


def test_an_address_that_is_not_confirmed_accepts_nothing():
    invitation = InvitationFactory()
    pretender = UserFactory(email=invitation.email)

    with pytest.raises(NotAcceptable) as refusal:
        accept_invitation(invitation=invitation, user=pretender)

    assert refusal.value.obstacle == Obstacle.ADDRESS


def test_a_member_is_told_so_and_is_not_one_twice(marie):
    invitation = InvitationFactory()
    MembershipFactory(user=marie, institution=invitation.institution)

    with pytest.raises(NotAcceptable) as refusal:
        accept_invitation(invitation=invitation, user=marie)

    assert refusal.value.obstacle == Obstacle.MEMBER
    assert marie.memberships.count() == 1


def test_an_invitation_is_good_for_fourteen_days_and_not_an_instant_more(at, marie):
    late, intime = InvitationFactory(), InvitationFactory(service="Voirie")

    at(intime.invited_at + timedelta(days=14) - AN_INSTANT)
    assert accept_invitation(invitation=intime, user=marie)
    at(late.invited_at + timedelta(days=14))
    with pytest.raises(NotAcceptable) as refusal:
        accept_invitation(invitation=late, user=marie)

    assert refusal.value.obstacle == Obstacle.EXPIRED


def test_inviting_once_more_cancels_the_invitation_before(organiser, marie):
    first = invite(organiser)
    second = invite(organiser, first.institution)

    with pytest.raises(NotAcceptable):
        accept_invitation(invitation=first, user=marie)

    assert accept_invitation(invitation=second, user=marie)
    assert first.token != second.token


def test_a_cancelled_invitation_is_not_cancelled_again(organiser, marie):
    invitation = invite(organiser)
    accepted = invite(organiser, invitation.institution, service="Voirie")
    accept_invitation(invitation=accepted, user=marie)

    for _ in range(2):
        revoke_invitation(invitation=invitation, actor=organiser)
        revoke_invitation(invitation=accepted, actor=organiser)

    assert JournalEntry.objects.filter(act=Act.INVITATION_REVOKED).count() == 1
    assert marie.memberships.exists()


def test_ending_a_membership_leaves_what_was_said_and_who_said_it(
    organiser, representative
):
    membership = representative.memberships.get()
    said = ArgumentFactory(
        author=representative, institution=membership.institution, service="Numérique"
    )

    end_membership(membership=membership, actor=organiser)

    said.refresh_from_db()
    assert not representative.memberships.exists()
    assert said.institution == membership.institution
    assert (said.author, said.service) == (representative, "Numérique")


def test_the_journal_says_who_could_speak_when_and_holds_no_address(organiser, marie):
    invitation = invite(organiser)
    membership = accept_invitation(invitation=invitation, user=marie)
    end_membership(membership=membership, actor=organiser)

    ended, joined, invited = JournalEntry.objects.all()

    slug = invitation.institution.slug
    assert (invited.act, invited.actor) == (Act.MEMBER_INVITED, organiser)
    assert (joined.act, joined.actor) == (Act.MEMBER_JOINED, marie)
    assert joined.facts == {"institution": slug, "invitation": invitation.pk}
    assert (ended.act, ended.actor) == (Act.MEMBERSHIP_ENDED, organiser)
    assert ended.facts == {"institution": slug, "member": marie.public_key}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_accepting_twice_at_once_makes_one_member():
    invitation = InvitationFactory()
    marie = UserFactory(email=invitation.email, confirmed=True)

    def act(_):
        try:
            return accept_invitation(invitation=invitation, user=marie)
        except NotAcceptable as refusal:
            return refusal.obstacle
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(act, range(3)))

    assert answers.count(Obstacle.MEMBER) == 2
    assert marie.memberships.count() == 1
    assert Invitation.objects.get().accepted_by == marie
