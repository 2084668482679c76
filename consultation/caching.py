"""Pages that are the same for everybody: how they are known again, and for how long.

Without a session, a page's ETag is computed before the page is: from what was built,
what was written since, and where the clock stands in the debates' periods. A reader
who holds that version is answered 304 for the price of two queries.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from wagtail.models import ModelLogEntry, PageLogEntry

from journal.clock import database_now
from journal.models import JournalEntry
from register.enums import STANDING_STATUSES
from register.models import Contribution, Debate

# For how many seconds a page may be shown again without asking. What moderators hide
# leaves every cache within that time, and a crowd costs one rendering a second.
PAGE_LIFE = 1
# Votes make no version of their own: they change a kept page within this many seconds.
VOTES_DELAY = 60

# Answers that carry their ETag.
KNOWN_AGAIN = frozenset({200, 304})

FOLDERS = ("accounts", "arguments", "config", "consultation", "journal", "locale")
FOLDERS += ("proposals", "register", "static", "templates")


@dataclass(frozen=True)
class Version:
    """What a page was made of, and until when time alone does not change it."""

    parts: tuple[Any, ...]
    boundary: datetime | None = None


def public_page(version_of: Callable[..., Version | None]) -> Callable[..., Any]:
    """A view whose page is the same for every reader without a session.

    `version_of(at, *args)` is asked first, and the view is called as
    `view(request, at, *args)`, with the instant by the database's clock.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any) -> HttpResponse:
            at = database_now()
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                response = view(request, at, *args)
                response["Cache-Control"] = "private, no-store"
                return response
            version = version_of(at, *args)
            etag = _etag(request, version)
            response = get_conditional_response(request, etag=etag)
            if response is None:
                response = view(request, at, *args)
            if version and "Cache-Control" not in response:
                response["Cache-Control"] = f"public, max-age={_life(version, at)}"
                if etag and response.status_code in KNOWN_AGAIN:
                    response["ETag"] = etag
            return response

        return answer

    return decorate


# Written out, because a 304 costs little more than these statements. The admin's two
# logs grow by an entry whenever a page, an account or an institution is edited.
ADMIN = f"""
    (SELECT max(id) FROM {PageLogEntry._meta.db_table}) AS pages,
    (SELECT max(id) FROM {ModelLogEntry._meta.db_table}) AS entries
"""  # noqa: S608, SLF001
SITE = f"""
    SELECT pages, entries, acts, opens_at, closes_at FROM (
        SELECT {ADMIN}, (SELECT max(id) FROM {JournalEntry._meta.db_table}) AS acts
    ) AS logs LEFT JOIN {Debate._meta.db_table} ON opens_at IS NOT NULL
"""  # noqa: S608, SLF001
PROPOSAL = f"""
    SELECT {ADMIN}, version, closed_at, opens_at, closes_at
    FROM {Contribution._meta.db_table}
    JOIN {Debate._meta.db_table} ON {Debate._meta.db_table}.id = debate_id
    WHERE number = %s AND status IN ({", ".join(["%s"] * len(STANDING_STATUSES))})
"""  # noqa: S608, SLF001


def site_version(at: datetime, *args: Any) -> Version:
    """Of a page that shows counts or lists: every act on the site may change it."""
    rows = _rows(SITE)
    periods = [(_aware(row[3]), _aware(row[4])) for row in rows if row[3]]
    return Version(
        parts=(*rows[0][:3], *_clock(periods, at)), boundary=_next(periods, at)
    )


def proposal_version(at: datetime, number: str) -> Version | None:
    """Of a proposal's page: every act that changes it counts on the proposal's row.

    None when there is no such page to know again.
    """
    rows = _rows(PROPOSAL, number, *STANDING_STATUSES)
    if not rows:
        return None
    periods = [(_aware(rows[0][4]), _aware(rows[0][5]))]
    return Version(
        parts=(*rows[0][:4], *_clock(periods, at)), boundary=_next(periods, at)
    )


Period = tuple[datetime, datetime]


def _clock(periods: list[Period], at: datetime) -> tuple[int, int | None]:
    """How many openings and ends are past, and the minute while votes come in."""
    past = sum(instant <= at for period in periods for instant in period)
    is_voting = any(opens_at <= at < closes_at for opens_at, closes_at in periods)
    return past, int(at.timestamp() // VOTES_DELAY) if is_voting else None


def _next(periods: list[Period], at: datetime) -> datetime | None:
    ahead = (instant for period in periods for instant in period if instant > at)
    return min(ahead, default=None)


def _rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _aware(instant: datetime) -> datetime:
    """SQLite's columns hold UTC without saying so."""
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _etag(request: HttpRequest, version: Version | None) -> str | None:
    # In development a template changes without the program being started again.
    if version is None or settings.DEBUG:
        return None
    made_from = (build(), request.get_full_path(), *version.parts)
    return f'"{hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]}"'


def _life(version: Version, at: datetime) -> int:
    """In seconds; a cache counts whole ones and may be a second late."""
    if version.boundary is None:
        return PAGE_LIFE
    return max(0, min(PAGE_LIFE, int((version.boundary - at).total_seconds()) - 1))


@cache
def build() -> str:
    """What this very program would print differently from another version of it."""
    made_from = hashlib.sha256(
        repr((settings.SITE_NAME, settings.SITE_URL, settings.TIME_ZONE)).encode()
    )
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in {".css", ".html", ".js", ".mo", ".py", ".svg", ".woff2"}:
                made_from.update(path.read_bytes())
    return made_from.hexdigest()
