from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from register.enums import ContributionKind
from search.documents import WORDS


@register(Tags.models)
def every_kind_has_a_document(**kwargs: Any) -> list[CheckMessage]:
    """Nothing that is public may be missing from what is searched."""
    return [
        Error(
            f"Contributions of the kind “{kind.value}” would never be found.",
            hint="Say in search.documents.WORDS what is searched of them.",
            id="search.E001",
        )
        for kind in ContributionKind
        if kind not in WORDS
    ]


HERE = {"localhost", "127.0.0.1", "::1"}


@register(Tags.security, deploy=True)
def the_search_server_is_reached_by_tls(**kwargs: Any) -> list[CheckMessage]:
    """Whoever can change what goes by decides what is found."""
    if settings.SEARCH_SERVER is None:
        return []
    address = urlsplit(settings.SEARCH_SERVER["options"]["hosts"])
    if address.scheme == "https" or address.hostname in HERE:
        return []
    return [
        Warning(
            "The search server is spoken to without TLS, on another machine.",
            hint="Write https:// in SEARCH_URL, or be sure of the network between.",
            id="search.W001",
        )
    ]
