"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language

from consultation.addresses import home_address
from consultation.reader import reader_of


def site(request: HttpRequest) -> dict[str, Any]:
    """`reader` is who is logged in, or None: without a session nothing is asked.

    `way_here` is what an address adds to that of the login page to come back here.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    home = home_address(get_language())
    # From a page of the way in, it leads where that one was to lead.
    is_way_in = request.path.startswith(f"{home}accounts/")
    next_page = request.GET.get("next") if is_way_in else request.get_full_path()
    return {
        "reader": SimpleLazyObject(lambda: reader_of(request)) if has_session else None,
        "way_here": urlencode({"next": next_page}) if next_page else "",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "home": home,
        "path": escape_uri_path(request.path),
    }
