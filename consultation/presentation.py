"""Debates as cards, headings and calendars show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from consultation.addresses import page_address
from consultation.models import DebatePage
from register.enums import DebateState
from register.models import Contribution, Debate, Tally

# What is open comes first, then what is to come, then what is over.
STATE_ORDER = [DebateState.OPEN, DebateState.UPCOMING, DebateState.ENDED]


@dataclass
class PresentedDebate:
    """A debate as a card or a heading shows it."""

    page: DebatePage
    debate: Debate
    state: DebateState
    counts: dict[str, int] = field(default_factory=dict)
    # By section, and None for what stands in none.
    in_sections: dict[int | None, dict[str, int]] = field(default_factory=dict)

    @property
    def contribution_count(self) -> int:
        return sum(self.counts.values())


def present(pages: Iterable[DebatePage], at: datetime) -> list[PresentedDebate]:
    """Debates with their state at that instant and what a reader can count in each."""
    pages = list(pages)
    begun = [page.debate for page in pages if page.debate.opens_at <= at]
    counts = Tally.objects.of(begun).by_debate()
    presented = [
        PresentedDebate(
            page=page,
            debate=page.debate,
            state=page.debate.state(at),
            counts=counts.get(page.debate.pk, {}),
        )
        for page in pages
    ]
    return sorted(presented, key=lambda each: STATE_ORDER.index(each.state))


def present_in_full(page: DebatePage, at: datetime) -> PresentedDebate:
    """One debate, with what a reader can count in each of its sections too."""
    begun = [page.debate] if page.debate.opens_at <= at else []
    in_sections = Tally.objects.of(begun).by_section()
    counts: Counter[str] = Counter()
    for each in in_sections.values():
        counts.update(each)
    return PresentedDebate(
        page=page,
        debate=page.debate,
        state=page.debate.state(at),
        counts=dict(counts),
        in_sections=in_sections,
    )


def published_debates() -> PageQuerySet:
    return DebatePage.objects.live().select_related("debate")


def first_state(debates: list[PresentedDebate]) -> int:
    """Where a consultation stands among others: as its first debate, or last."""
    return STATE_ORDER.index(debates[0].state) if debates else len(STATE_ORDER)


class Milestone(models.TextChoices):
    """What happens to a debate on a day of the calendar."""

    OPENING = "opening", _("The debate opens")
    END = "end", _("The debate ends: nothing more can be written")
    CLOSING = "closing", _("The debate is closed: its record is final")


@dataclass(frozen=True)
class CalendarEntry:
    at: datetime
    milestone: Milestone
    page: DebatePage
    is_past: bool


def calendar_of(debates: list[PresentedDebate], at: datetime) -> list[CalendarEntry]:
    """Every known day of some debates, the earliest first."""
    entries = [
        CalendarEntry(instant, milestone, each.page, instant <= at)
        for each in debates
        for milestone, instant in (
            (Milestone.OPENING, each.debate.opens_at),
            (Milestone.END, each.debate.closes_at),
            (Milestone.CLOSING, each.debate.closed_at),
        )
        if instant
    ]
    return sorted(entries, key=lambda entry: entry.at)


@dataclass(frozen=True)
class Figures:
    """Of a consultation: what was said, and how many signed it."""

    contributions: int
    participants: int
    institutions: int


def figures_of(debates: list[PresentedDebate], at: datetime) -> Figures:
    signed = (
        Contribution.objects.visible()
        .begun(at)
        .filter(debate__in=[each.debate for each in debates])
        .aggregate(
            # Who typed for an institution is not counted beside it.
            participants=Count(
                "author", distinct=True, filter=models.Q(institution=None)
            ),
            institutions=Count("institution", distinct=True),
        )
    )
    total = sum(each.contribution_count for each in debates)
    return Figures(contributions=total, **signed)


def page_of(debate: Debate) -> dict[str, Any] | None:
    """Of the page that presents the debate, in the reader's language if it can be."""
    pages = {
        page["locale__language_code"]: page
        for page in DebatePage.objects.filter(debate=debate)
        .live()
        .values("title", "thanks", "url_path", "locale__language_code")
    }
    page = pages.get(get_language()) or next(iter(pages.values()), None)
    if page is None:
        return None
    place = page_address(page["url_path"], page["locale__language_code"])
    return page | {"address": place}
