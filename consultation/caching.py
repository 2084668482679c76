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

from journal.clock import database_now
from journal.enums import UNNOTICED_ACTS
from register.enums import STANDING_STATUSES
from search.changes import are_waiting

# For how many seconds a page may be shown again without asking. What moderators hide
# leaves every cache within that time, and a crowd costs one rendering a second.
PAGE_LIFE = 1
# Votes make no version of their own: they change a kept page within this many seconds.
VOTES_DELAY = 60

# What pages are made from.
READ = frozenset({".css", ".html", ".js", ".mo", ".py", ".svg", ".woff2"})
READ |= {".tsv", ".txt"}

# Answers that carry their ETag.
KNOWN_AGAIN = frozenset({200, 304})

FOLDERS = ("accounts", "arguments", "config", "consultation", "journal", "locale")
FOLDERS += ("moderation", "proposals", "register", "search", "static", "templates")


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
            response = _unchanged(request, etag)
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
# logs grow by an entry whenever a page, an account or an institution is edited. An
# entry may be committed after one that has a greater number: so the last 500 are
# counted too, and a page made in between is not taken for the one after.
def _last(log: str, which: str = "TRUE") -> str:
    return f"""(
        SELECT max(id) AS last, (
            SELECT count(*) FROM {log} WHERE {which}
            AND id > (SELECT max(id) FROM {log} WHERE {which}) - 500
        ) AS late FROM {log} WHERE {which}
    )"""  # noqa: S608 - the names of three tables and of acts, below


UNNOTICED = ", ".join(f"'{act.value}'" for act in sorted(UNNOTICED_ACTS))
PAGES = _last("wagtailcore_pagelogentry")
ENTRIES = _last("wagtailcore_modellogentry")
ACTS = _last("journal_journalentry", f"act NOT IN ({UNNOTICED})")
SITE = f"""
    SELECT pages.*, entries.*, acts.*, opens_at, closes_at
    FROM {PAGES} AS pages CROSS JOIN {ENTRIES} AS entries CROSS JOIN {ACTS} AS acts
    LEFT JOIN register_debate ON opens_at IS NOT NULL
    ORDER BY register_debate.id
"""  # noqa: S608
PROPOSAL = f"""
    SELECT pages.*, entries.*, version, closed_at, (
        SELECT count(*) FROM register_debate WHERE opens_at <= %s
    ), opens_at, closes_at
    FROM register_contribution
    JOIN register_debate ON register_debate.id = debate_id
    CROSS JOIN {PAGES} AS pages CROSS JOIN {ENTRIES} AS entries
    WHERE number = %s AND register_contribution.status IN (%s, %s)
"""  # noqa: S608


def site_version(at: datetime, *args: Any) -> Version:
    """Of a page that shows counts or lists: every act on the site may change it."""
    return _version(_rows(SITE), at)


def search_version(at: datetime, *args: Any) -> Version | None:
    """Of a page that a search server has a part in: None while it is behind the acts.

    Else what it does not find yet would be missing from the page until another act.
    """
    # In this order: an act may come between.
    version = site_version(at)
    return None if are_waiting() else version


def proposal_version(at: datetime, number: str) -> Version | None:
    """Of a proposal's page: every act that changes it counts on the proposal's row.

    And every opening: what cites it may have been prepared for another debate. None
    when there is no such page to know again.
    """
    instant = connection.ops.adapt_datetimefield_value(at)
    rows = _rows(PROPOSAL, instant, number, *sorted(STANDING_STATUSES))
    return _version(rows, at) if rows else None


Period = tuple[datetime, datetime]


def _version(rows: list[tuple[Any, ...]], at: datetime) -> Version:
    """Of rows that say the same, but for the periods that end each of them."""
    periods = [(_aware(row[-2]), _aware(row[-1])) for row in rows if row[-1]]
    parts = (*rows[0][:-2], *periods, *_clock(periods, at))
    return Version(parts=parts, boundary=_next(periods, at))


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


def _unchanged(request: HttpRequest, etag: str | None) -> HttpResponse | None:
    """304 for who holds this very version; `*` would name pages that are not there."""
    if request.headers.get("If-None-Match", "").strip() == "*":
        return None
    response: HttpResponse | None = get_conditional_response(request, etag=etag)
    return response


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
            if path.suffix in READ:
                made_from.update(path.read_bytes())
    return made_from.hexdigest()
