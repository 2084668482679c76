"""The contribution page, and the addresses that answer for ever."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from arguments.enums import Side
from arguments.models import Argument, Source
from consultation.models import DebatePage
from journal.clock import database_now
from proposals.enums import VoteChoice
from proposals.models import Proposal
from register.enums import Status
from register.models import Contribution, ContributionQuerySet, Debate


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
