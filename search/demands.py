"""What people look for, counted by day: words, and nothing of who typed them."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from search.analysis import folded_words
from search.models import Demand
from search.query import SearchQuery, Sort

# In days: how far organisers look back, and when a day is forgotten.
PERIOD = 30
KEPT = 400
# In the period: what is typed less often, or on fewer days, may name a person, and is
# shown to nobody. It is a threshold: somebody who comes back every day passes it.
LEAST = 5
LEAST_DAYS = 3
# Different texts a day; beyond, a script is writing, and only known ones are counted.
MOST_A_DAY = 2_000
LONGEST = 100
# An address, or as many digits as a telephone number or a file has.
PERSONAL = re.compile(r"@|\d(?:\W*\d){5}")
COUNT = """
    INSERT INTO search_demand (day, typed, count, vain)
    SELECT %(day)s, %(typed)s, 1, %(vain)s
    WHERE EXISTS (SELECT 1 FROM search_demand WHERE day = %(day)s AND typed = %(typed)s)
    OR (SELECT count(*) FROM search_demand WHERE day = %(day)s) < %(most)s
    ON CONFLICT (day, typed) DO UPDATE SET
    count = search_demand.count + 1, vain = search_demand.vain + excluded.vain
"""
logger = logging.getLogger(__name__)


def count_search(
    typed: str, *, query: SearchQuery, is_vain: bool, at: datetime
) -> None:
    """Count one search, if it is the first page of one and says nothing personal.

    Whoever searches neither waits for it nor fails by it: while somebody else writes,
    the search goes uncounted.
    """
    is_first = not query.chosen and query.after is None
    words = _counted(typed) if is_first and query.sort is Sort.RELEVANCE else ""
    if not words:
        return
    day = timezone.localdate(at)
    row: dict[str, Any] = {
        "day": day,
        "typed": words,
        "vain": int(is_vain),
        "most": MOST_A_DAY,
    }
    try:
        with _without_waiting():
            Demand.objects.filter(day__lt=day - timedelta(days=KEPT)).delete()
            with connection.cursor() as cursor:
                cursor.execute(COUNT, row)
    except DatabaseError as error:
        logger.info("A search was not counted: %s", error)


def _counted(typed: str) -> str:
    """Folded, in one line; empty when it is not to be counted."""
    if PERSONAL.search(unicodedata.normalize("NFKC", typed)):
        return ""
    words = " ".join(folded_words(typed))
    return words if len(words) <= LONGEST else ""


@contextmanager
def _without_waiting() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            # What is lost with the server's memory is a count.
            cursor.execute("SET LOCAL lock_timeout = '20ms'")
            cursor.execute("SET LOCAL synchronous_commit = off")
            yield
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def searches(at: datetime) -> models.QuerySet[Demand, dict[str, Any]]:
    """What was searched lately, the most searched first: words, times, in vain, days.

    Only what was typed so often, and on so many days, that it seldom names somebody.
    """
    since = timezone.localdate(at) - timedelta(days=PERIOD - 1)
    rows = Demand.objects.filter(day__gte=since).order_by().values("typed")
    counted = rows.annotate(
        searches=Sum("count"), without_result=Sum("vain"), days=Count("day")
    )
    shown = counted.filter(searches__gte=LEAST, days__gte=LEAST_DAYS)
    return shown.order_by("-searches", "typed")
