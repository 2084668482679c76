"""Who may prepare what a debate opens with."""

from accounts.models import User
from proposals.models import Proposal


def can_prepare(user: User) -> bool:
    """Organisers: whoever may change a debate."""
    return user.has_perm("register.change_debate")


def can_drop(user: User, proposal: Proposal) -> bool:
    """Who typed a prepared proposal, or speaks for the institution that signs it."""
    if proposal.institution_id is None:
        return proposal.author_id == user.pk
    return user.memberships.filter(institution=proposal.institution_id).exists()
