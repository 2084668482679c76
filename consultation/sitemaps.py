"""What search engines are told of: pages and proposals, in every language."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import F, Max, Q
from django.utils import translation
from wagtail.models import Page

from consultation.addresses import address_of, page_address
from proposals.models import Proposal
from register.enums import ContributionKind, Status
from register.models import ContributionQuerySet

# How many numbers one part covers, whatever bears them: the last part costs what the
# first does. The protocol allows 50,000 addresses; writing so many takes seconds.
PART_SIZE = 1_000


@dataclass(frozen=True)
class Entry:
    """One thing to read, with its address in each language that has it."""

    addresses: dict[str, str]
    changed_at: datetime | None


@dataclass(frozen=True)
class Part:
    """The proposals from one number to another, `PART_SIZE` numbers further."""

    index: int
    changed_at: datetime


def page_entries() -> list[Entry]:
    """Every page that can be opened, with its translations."""
    translations: dict[object, list[Page]] = defaultdict(list)
    for page in _live_pages():
        translations[page.translation_key].append(page)
    return [
        Entry(
            addresses={
                code: settings.SITE_URL + page_address(each.url_path, code)
                for each in versions
                if (code := each.locale.language_code)
            },
            changed_at=max(
                filter(None, (each.last_published_at for each in versions)),
                default=None,
            ),
        )
        for versions in translations.values()
    ]


def _live_pages() -> Iterator[Page]:
    """Below a page that is not published, nothing is told of."""
    closed = None
    pages = Page.objects.filter(depth__gt=1).select_related("locale")
    for page in pages.order_by("path"):
        if closed and page.path.startswith(closed):
            continue
        closed = None if page.live else page.path
        if page.live:
            yield page


def proposal_parts(at: datetime) -> list[Part]:
    """The parts that hold at least one proposal."""
    parts = (
        _proposals(at)
        .order_by()
        .values_list(F("number") / PART_SIZE)
        .annotate(Max("status_at"))
    )
    return [Part(index, changed_at) for index, changed_at in sorted(parts)]


def proposal_entries(index: int, at: datetime) -> Iterator[Entry]:
    """The proposals of one part; each changed when something was last said under it."""
    first = index * PART_SIZE
    rows = (
        _proposals(at)
        .filter(number__gte=first, number__lt=first + PART_SIZE)
        .order_by("number")
        .values_list("number", "status_at")
        .annotate(
            said_at=Max(
                "hanging__submitted_at", filter=Q(hanging__status=Status.PUBLISHED)
            )
        )
    )
    for number, status_at, last_said_at in rows:
        yield Entry(
            addresses=_addresses(number),
            changed_at=max(filter(None, (status_at, last_said_at))),
        )


def _proposals(at: datetime) -> ContributionQuerySet:
    rows = Proposal.objects.filter(kind=ContributionKind.PROPOSAL)
    return rows.visible().begun(at)


def _addresses(number: int) -> dict[str, str]:
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses[code] = settings.SITE_URL + address_of(
                "consultation:proposal", number
            )
    return addresses
