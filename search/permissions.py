"""Who may read what people look for."""

from typing import Any


def can_read_searches(user: Any) -> bool:
    """Organisers."""
    return bool(user.has_perm("search.view_demand"))
