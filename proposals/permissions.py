"""Who may prepare what a debate opens with, answer a proposal, and judge the answer."""

from accounts.models import Institution, User
from proposals.models import OfficialResponse, Proposal


def can_prepare(user: User) -> bool:
    """Organisers: whoever may change a debate."""
    return user.has_perm("register.change_debate")


def can_drop(user: User, proposal: Proposal) -> bool:
    """Who typed a prepared proposal, or speaks for the institution that signs it."""
    if proposal.institution_id is None:
        return proposal.author_id == user.pk
    return user.memberships.filter(institution=proposal.institution_id).exists()


def is_member(user: User, institution: Institution) -> bool:
    """Who speaks for the institution, or for one of its services."""
    return user.memberships.filter(institution=institution).exists()


def can_respond(user: User, institution: Institution) -> bool:
    """Members of the institution, as long as it is verified."""
    return is_member(user, institution) and bool(institution.verification_in_force)


def can_judge(user: User, response: OfficialResponse) -> bool:
    """The author of the proposal, of a response that they did not write themselves."""
    above = response.hangs_on
    is_theirs = above is not None and above.author_id == user.pk
    return is_theirs and response.author_id != user.pk
