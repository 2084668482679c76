"""The middleware of our own."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageFromAddress:
    """Speak the language that the address names: French bare, English under /en/.

    Django's LocaleMiddleware also reads cookies and `Accept-Language` and sends a
    `Vary` header for it: two readers of one address would not get the same bytes.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = (
            translation.get_language_from_path(request.path_info)
            or settings.LANGUAGE_CODE
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class OneCharset:
    """Read every form in UTF-8, which is what our pages are sent in.

    A request may name another charset, in which half of a character can be written:
    the page that gives the text back could not be sent.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        return self.get_response(request)


class PersonalPages:
    """What is answered to somebody with a session is kept by nobody.

    The header of every page names the person, errors included.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response["Cache-Control"] = "private, no-store"
        return response


class AdminDoor:
    """Who comes into the admin: whoever has the right, and a second factor.

    Wagtail sends the others to the login page, which would send somebody who is logged
    in back again. In the demonstration, whose passwords are public, one factor is
    enough.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_inside = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        if is_inside and request.user.is_authenticated:
            if not request.user.has_perm("wagtailadmin.access_admin"):
                raise PermissionDenied
            if not settings.DEMO and not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)
