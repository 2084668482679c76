"""How long somebody who went over a limit has to wait.

allauth counts, in the cache that the processes share, and says only that a limit was
reached. Which one is known from the address that was asked for.
"""

import math
import time

from allauth.account import app_settings
from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

APP = "allauth.account"
# What allauth counts at each address, and the field that holds the key of its limits.
COUNTED = {
    "account_login": ("login", "login"),
    "account_signup": ("signup", "email"),
    "account_reset_password": ("reset_password", "email"),
    "account_complete_password_reset": ("reset_password_from_key", ""),
    "account_email": ("manage_email", "email"),
    "account_change_password": ("change_password", ""),
    "account_set_password": ("change_password", ""),
    "account_reauthenticate": ("reauthenticate", ""),
    "mfa_reauthenticate": ("reauthenticate", ""),
}
# When a mail with a code was sent too lately, at whatever address it was asked for.
CODES = "confirm_email"


def wait_after(request: HttpRequest) -> int:
    """In seconds, until the request that was refused may be made again."""
    match = request.resolver_match
    action, field = COUNTED.get(match.url_name if match else "", (CODES, "email"))
    key = request.POST.get(field, "").strip().lower() or None
    waits = [seconds_left(request, action=each, key=key) for each in (action, CODES)]
    return max(1, *waits)


def seconds_left(request: HttpRequest, *, action: str, key: str | None = None) -> int:
    """Until every limit of this action lets one more through; 0 when they do now."""
    rates = get_rates(app=APP, action=action, config=app_settings.RATE_LIMITS)
    left = 0.0
    for rate in rates:
        is_known = {"key": key, "user": request.user.is_authenticated, "ip": True}
        if not is_known[rate.per]:
            continue
        place = get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        # The latest first, as allauth keeps them.
        history = cache.get(place, [])
        if len(history) >= rate.amount:
            left = max(left, history[rate.amount - 1] + rate.duration - time.time())
    return math.ceil(left)


def in_words(seconds: int) -> str:
    """A delay as people say it, rounded up: "in 40 seconds", "in 3 minutes"."""
    if seconds <= 60:
        return ngettext("in %(count)d second", "in %(count)d seconds", seconds) % {
            "count": seconds
        }
    if seconds <= 3600:
        minutes = math.ceil(seconds / 60)
        return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {
            "count": minutes
        }
    hours = math.ceil(seconds / 3600)
    return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
