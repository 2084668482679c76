"""What answers questions: the site's own database, or a server beside it."""

from django.conf import settings

from search.engines.sql import SqlEngine
from search.query import SearchEngine


def engine() -> SearchEngine:
    """The engine that this site searches with."""
    if settings.SEARCH_SERVER is None:
        return SqlEngine()
    # What nobody needs without a server takes a second to load.
    from search.engines.fallback import site_engine

    return site_engine()
