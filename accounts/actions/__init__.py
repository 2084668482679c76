"""What is done to accounts, to institutions, and the mail that is sent."""

from accounts.actions.institutions import (
    AlreadyVerified,
    Misdated,
    NotInForce,
    add_institution,
    revoke_verification,
    verify_institution,
)
from accounts.actions.mails import queue_mail
from accounts.actions.members import (
    NotAcceptable,
    accept_invitation,
    end_membership,
    invite_member,
    revoke_invitation,
)
from accounts.actions.people import (
    add_terms,
    go_on_signing_up,
    introduce,
    sign_up,
    sign_up_again,
    subscribe,
    tell_confirmed,
    vouch_for_address,
)

__all__ = [
    "AlreadyVerified",
    "Misdated",
    "NotAcceptable",
    "NotInForce",
    "accept_invitation",
    "add_institution",
    "add_terms",
    "end_membership",
    "go_on_signing_up",
    "introduce",
    "invite_member",
    "queue_mail",
    "revoke_invitation",
    "revoke_verification",
    "sign_up",
    "sign_up_again",
    "subscribe",
    "tell_confirmed",
    "verify_institution",
    "vouch_for_address",
]
