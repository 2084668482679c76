"""Who may speak for an institution: asked by mail, accepted by the person, ended."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.actions.institutions import hold_institution, tell_of
from accounts.enums import Obstacle
from accounts.models import Institution, Invitation, Membership, User
from journal.clock import database_now
from journal.enums import Act


@dataclass
class NotAcceptable(Exception):
    """The invitation cannot be accepted by this person, or by anybody any more."""

    obstacle: Obstacle


@transaction.atomic
def invite_member(
    *, institution: Institution, email: str, service: str, actor: User
) -> Invitation:
    """Write to an address that its reader may speak for an institution.

    The same is done whether or not somebody here has that address. Inviting once more
    cancels the invitation before, whose mail may be lost.
    """
    held = hold_institution(institution)
    at = database_now()
    asked = {"service": service, "email": email.lower()}
    held.invitations.pending().filter(**asked).update(revoked_at=at)
    invitation = Invitation.objects.create(
        institution=held, invited_at=at, invited_by=actor, **asked
    )
    _write_to(invitation)
    tell_of(held, act=Act.MEMBER_INVITED, actor=actor, invitation=invitation.pk)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User) -> None:
    """Cancel what has not been accepted; nothing is done otherwise."""
    pending = Invitation.objects.pending().filter(pk=invitation.pk)
    if pending.update(revoked_at=database_now()):
        tell_of(
            invitation.institution,
            act=Act.INVITATION_REVOKED,
            actor=actor,
            invitation=invitation.pk,
        )


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Let whom one invited speak for the institution. Raises NotAcceptable."""
    held = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    at = database_now()
    if obstacle := held.obstacle(at, user):
        raise NotAcceptable(obstacle)
    membership, _is_new = Membership.objects.get_or_create(
        user=user, institution=held.institution, service=held.service
    )
    held.accepted_at, held.accepted_by = at, user
    held.save(update_fields=["accepted_at", "accepted_by"])
    # The admin's log does not name them: who may read it may not see the members.
    tell_of(
        held.institution,
        act=Act.MEMBER_JOINED,
        actor=user,
        is_named=False,
        invitation=held.pk,
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, actor: User) -> None:
    """Let a person speak for an institution no more.

    What was said in its name stays, with its label and, for administrators, its author.
    """
    deleted, _rows = Membership.objects.filter(pk=membership.pk).delete()
    if deleted:
        tell_of(
            membership.institution,
            act=Act.MEMBERSHIP_ENDED,
            actor=actor,
            member=membership.user.public_key,
        )


def _write_to(invitation: Invitation) -> None:
    from accounts.mail import send

    account = User.objects.filter(email=invitation.email).first()
    send(
        template="invitation",
        to=invitation.email,
        language=account.locale if account else settings.LANGUAGE_CODE,
        context={"invitation": invitation},
    )
