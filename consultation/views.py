"""Everything that visitors open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.query import PageQuerySet

from arguments.enums import Side
from arguments.models import Argument, Source
from consultation.models import ConsultationPage, DebatePage, HomePage
from consultation.paging import newest_first
from journal.clock import database_now
from proposals.enums import VoteChoice
from proposals.models import Proposal
from register.enums import DebateState, Status
from register.models import Contribution, ContributionQuerySet, Debate

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


@require_safe
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """One proposal in full, with the arguments for, against, and the sources."""
    now = database_now()
    row = get_object_or_404(
        Proposal.objects.standing()
        .begun(now)
        .with_author()
        .select_related("debate", "section")
        .prefetch_related("appendices", "themes", "received_totals"),
        pk=number,
    )
    arguments = (
        Argument.objects.filter(hangs_on=number)
        .standing()
        .with_author()
        .in_order()
        .prefetch_related("received_totals", Prefetch("hanging", _sources(), "sources"))
    )
    sides: dict[str, list[Argument]] = {side: [] for side in Side.values}
    for argument in arguments:
        sides[argument.side].append(argument)
    context = {
        "proposal": row,
        "debate": row.debate,
        "state": row.debate.state(now),
        "debate_page": _page_of(row.debate),
        "votes": _votes(row),
        "arguments_for": sides[Side.FOR],
        "arguments_against": sides[Side.AGAINST],
        "sources": _sources().filter(hangs_on=number),
    }
    return render(request, "consultation/proposal.html", context)


@require_safe
def permalink(request: HttpRequest, number: str) -> HttpResponse:
    """Lead from any number to where it stands, for ever.

    Answers 410 with number, date and ground when it, or what it hangs on, is hidden;
    404 when no contribution ever had this number in public.
    """
    row = get_object_or_404(
        Contribution.objects.recorded()
        .begun(database_now())
        .select_related("ground", "hangs_on__ground", "hangs_on__hangs_on__ground"),
        pk=int(number),
    )
    if not Contribution.objects.standing().filter(pk=row.pk).exists():
        return _gone(request, row)
    return redirect(_place_of(row))


def _sources() -> ContributionQuerySet:
    sources = Source.objects.standing().with_author().select_related("category")
    return sources.prefetch_related("received_totals").in_order()


def _page_of(debate: Debate) -> DebatePage | None:
    """The page that presents the debate in the reader's language, if there is one."""
    pages = DebatePage.objects.filter(debate=debate).live()
    return pages.filter(locale__language_code=get_language()).first() or pages.first()


def _votes(proposal: Proposal) -> list[dict[str, Any]]:
    """The three answers with their counts, shares in percent, and imported parts."""
    received = proposal.received
    counts = {
        VoteChoice.AGREE: proposal.agree_count,
        VoteChoice.MIXED: proposal.mixed_count,
        VoteChoice.DISAGREE: proposal.disagree_count,
    }
    return [
        {
            "choice": choice,
            "count": count,
            "share": round(100 * count / (proposal.vote_count or 1), 1),
            "imported": received.get(choice.value, 0),
        }
        for choice, count in counts.items()
    ]


def _chain(row: Contribution) -> list[Contribution]:
    """The row, then what it hangs on, up to the proposal."""
    chain = [row]
    while chain[-1].hangs_on:
        chain.append(chain[-1].hangs_on)
    return chain


def _place_of(row: Contribution) -> str:
    proposal = _chain(row)[-1]
    address = reverse("consultation:proposal", args=(proposal.pk,))
    return address if row == proposal else f"{address}#contribution-{row.pk}"


def _gone(request: HttpRequest, row: Contribution) -> HttpResponse:
    """Number, date and ground of what was hidden: itself, or what it hung on."""
    hidden = [each for each in _chain(row) if each.status == Status.HIDDEN]
    context = {"number": row.number, "hidden": hidden[0] if hidden else None}
    return render(request, "consultation/gone.html", context, status=410)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
