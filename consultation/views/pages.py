"""Home, consultations and debates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.query import PageQuerySet

from consultation.models import ConsultationPage, DebatePage, HomePage
from consultation.paging import newest_first
from journal.clock import database_now
from proposals.models import Proposal
from register.enums import DebateState
from register.models import Contribution, Debate

PROPOSALS_PER_PAGE = 20

# What is open comes first, then what is to come, then what is over.
STATE_ORDER = [DebateState.OPEN, DebateState.UPCOMING, DebateState.ENDED]


@dataclass
class PresentedDebate:
    """A debate as a card or a heading shows it."""

    page: DebatePage
    debate: Debate
    state: DebateState
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def contribution_count(self) -> int:
        return sum(self.counts.values())


def present(pages: Iterable[DebatePage]) -> list[PresentedDebate]:
    """Debates with their state now and what a reader can count in each."""
    now = database_now()
    presented = [
        PresentedDebate(page=page, debate=page.debate, state=page.debate.state(now))
        for page in pages
    ]
    counted = (
        Contribution.objects.visible()
        .begun(now)
        .filter(debate__in=[each.debate for each in presented])
        .order_by()
        .values_list("debate", "kind")
        .annotate(Count("pk"))
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for debate_id, kind, count in counted:
        counts[debate_id][kind] = count
    for each in presented:
        each.counts = counts[each.debate.pk]
    return sorted(presented, key=lambda each: STATE_ORDER.index(each.state))


def _published() -> PageQuerySet:
    return DebatePage.objects.live().select_related("debate")


def _first_state(debates: list[PresentedDebate]) -> int:
    """Where a consultation stands among others: as its first debate, or last."""
    return STATE_ORDER.index(debates[0].state) if debates else len(STATE_ORDER)


@require_safe
def home(request: HttpRequest, page: HomePage) -> HttpResponse:
    """The site's consultations, what is open now first."""
    consultations = list(ConsultationPage.objects.child_of(page).live())
    debates = present(_published().descendant_of(page))
    by_parent: dict[str, list[PresentedDebate]] = defaultdict(list)
    for each in debates:
        by_parent[each.page.path[: -DebatePage.steplen]].append(each)
    listed = [
        {"page": consultation, "debates": by_parent[consultation.path]}
        for consultation in consultations
    ]
    listed.sort(key=lambda each: _first_state(each["debates"]))
    return render(request, "consultation/home.html", {"page": page, "listed": listed})


@require_safe
def consultation(request: HttpRequest, page: ConsultationPage) -> HttpResponse:
    """What is asked, in which debates."""
    debates = present(_published().child_of(page))
    return render(
        request, "consultation/consultation.html", {"page": page, "debates": debates}
    )


@require_safe
def debate(request: HttpRequest, page: DebatePage) -> HttpResponse:
    """The question, its period and its proposals, newest first."""
    presented = present([page])[0]
    proposals = (
        Proposal.objects.filter(debate=page.debate)
        .standing()
        .begun(database_now())
        .with_author()
        .select_related("section")
    )
    listed = newest_first(
        proposals,
        within=Proposal.objects.filter(debate=page.debate).recorded(),
        address=request.GET,
        size=PROPOSALS_PER_PAGE,
    )
    context = {"page": page, "presented": presented, "listed": listed}
    return render(request, "consultation/debate.html", context)
