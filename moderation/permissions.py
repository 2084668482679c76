"""Who may do what at the moderators' desk."""

from typing import Any

from moderation.enums import StaffRole
from moderation.models import Appeal, Decision
from register.models import Contribution


def role_of(user: Any) -> StaffRole:
    """In what quality they decide: organisers may move a period, moderators not."""
    is_organiser = user.has_perm("register.add_periodmove")
    return StaffRole.ORGANISER if is_organiser else StaffRole.MODERATOR


def can_moderate(user: Any) -> bool:
    """Organisers and moderators."""
    return bool(user.has_perm("moderation.add_decision"))


def can_decide(user: Any, contribution: Contribution) -> bool:
    """Organisers and moderators, about what they did not write themselves."""
    return can_moderate(user) and contribution.author_id != user.pk


def can_confirm(user: Any, decision: Decision) -> bool:
    """Another moderator than who decided, or an organiser who did not."""
    is_another = decision.decided_by_id != user.pk
    return is_another and can_decide(user, decision.contribution)


def can_decide_appeal(user: Any, appeal: Appeal) -> bool:
    """Organisers and moderators who had no part in the decision, nor wrote the text."""
    decision = appeal.decision
    had_a_part = user.pk in {decision.decided_by_id, decision.confirmed_by_id}
    may = bool(user.has_perm("moderation.change_appeal"))
    return may and not had_a_part and decision.contribution.author_id != user.pk


def can_close(user: Any) -> bool:
    """Organisers and moderators."""
    return bool(user.has_perm("moderation.add_closing"))


def can_withhold(user: Any) -> bool:
    """Administrators: what is withheld for good cannot be brought back."""
    return bool(user.is_active and user.is_superuser)


def can_move_period(user: Any) -> bool:
    """Organisers."""
    return bool(user.has_perm("register.add_periodmove"))
