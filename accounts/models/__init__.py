"""Accounts, institutions, the texts people accept, and the mail that leaves."""

from accounts.models.institutions import (
    Institution,
    InstitutionQuerySet,
    Membership,
    Verification,
    VerificationQuerySet,
)
from accounts.models.invitations import Invitation, InvitationQuerySet
from accounts.models.mails import Mail
from accounts.models.people import User, UserQuerySet, new_public_key
from accounts.models.terms import Acceptance, Terms, TermsAreAppendOnly

__all__ = [
    "Acceptance",
    "Institution",
    "InstitutionQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Mail",
    "Membership",
    "Terms",
    "TermsAreAppendOnly",
    "User",
    "UserQuerySet",
    "Verification",
    "VerificationQuerySet",
    "new_public_key",
]
