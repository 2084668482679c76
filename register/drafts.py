"""Forgetting what was typed and will not be posted."""

from journal.clock import database_now
from register.models import Draft


def forget_old_drafts() -> None:
    """Let go of what nobody claims, and of the oldest of those who have very many.

    Called by the worker. A draft that is saved, or claimed, meanwhile stays.
    """
    at = database_now()
    Draft.objects.unclaimed(at).delete()
    Draft.objects.in_excess(at).delete()
