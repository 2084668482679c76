"""Who may read what people look for, and how the search server is doing."""

from typing import Any


def can_read_searches(user: Any) -> bool:
    """Organisers."""
    return bool(user.has_perm("search.view_demand"))


def can_read_of_the_server(user: Any) -> bool:
    """Organisers."""
    return bool(user.has_perm("search.view_change"))
