"""What answers questions: the site's own database, always."""

from search.engines.sql import SqlEngine
from search.query import SearchEngine


def engine() -> SearchEngine:
    """The engine that this site searches with."""
    return SqlEngine()
