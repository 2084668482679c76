"""The texts to accept, which administrators write: a few tags, nothing that acts."""

import nh3

TAGS = {"a", "b", "br", "em", "h2", "h3", "i", "li", "ol", "p", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}


def clean_terms(html: str) -> str:
    return nh3.clean(
        html.strip(),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )
