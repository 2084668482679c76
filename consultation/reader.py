"""Who reads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def reader_of(request: HttpRequest) -> Any:
    """Who is logged in, or None: without a session nothing is asked."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    # An address that Django refuses is answered before anybody is looked for.
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None
