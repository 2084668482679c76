from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

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
