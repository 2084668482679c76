"""The contribution page, and the addresses that answer for ever."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from arguments.enums import Side
from consultation.addresses import address_of
from consultation.caching import proposal_version, public_page, site_version
from consultation.decided import hiding
from consultation.discussion import (
    PARTS,
    Discussion,
    Reading,
    Sort,
    discussion_of,
    reading_at,
)
from consultation.head import contribution_head
from consultation.offers import offers_of
from consultation.participation import vote_of
from consultation.presentation import page_of
from consultation.reader import reader_of
from consultation.responses import may_answer_for
from proposals.enums import VoteChoice
from proposals.models import Proposal
from register.enums import Accepted, ContributionKind, Status
from register.models import Contribution, ContributionQuerySet, Theme
from register.receipts import receipts_just_given

# How many numbers, before and after, are offered to who asked for an unknown one.
NEAREST = 2


@public_page(proposal_version)
def proposal(request: HttpRequest, at: datetime, number: str) -> HttpResponse:
    """One proposal in full, with the arguments for, against, and the sources."""
    reading = reading_at(int(number), request.GET)
    row = get_object_or_404(
        _proposals(at)
        .with_author()
        .select_related("debate", "section")
        .prefetch_related("appendices"),
        pk=number,
    )
    discussion = discussion_of(row, reading, at)
    page = page_of(row.debate)
    context = {
        "head": contribution_head(
            row,
            [
                *discussion.responses,
                *(each for side in Side for each in discussion.parts[side].shown[:5]),
            ],
            feed=address_of("consultation:feed", row.debate.slug),
        ),
        "proposal": row,
        "themes": Theme.objects.filter(contribution_links__content_object=row),
        "debate": row.debate,
        "state": row.debate.state(at),
        "debate_page": page,
        "debate_url": page["address"] if page else "",
        "thanks": page["thanks"] if page else "",
        "discussion": discussion,
        "reading": reading,
        "sorts": [(sort, Reading(sort=sort).query() or "?") for sort in Sort],
        "votes": _votes(row, discussion),
    } | _what_can_be_done(row, at, reader_of(request))
    return render(request, "consultation/proposal.html", context)


@public_page(site_version)
def permalink(request: HttpRequest, at: datetime, number: str) -> HttpResponse:
    """Lead from any number to where it stands, for ever.

    Answers 410 with number, date and ground when it, or what it hangs on, is hidden;
    404 with the nearest numbers when none was ever public under this one.
    """
    recorded = Contribution.objects.recorded().begun(at)
    row = (
        recorded.filter(pk=int(number))
        .select_related(
            "debate", "ground", "hangs_on__ground", "hangs_on__hangs_on__ground"
        )
        .first()
    )
    if row is None:
        return unknown(request, int(number), at)
    if not Contribution.objects.standing().filter(pk=row.pk).exists():
        return _gone(request, row)
    return redirect(_place_of(row, at))


def _what_can_be_done(row: Proposal, at: datetime, reader: Any) -> dict[str, Any]:
    receipts = receipts_just_given(reader, at) if reader else {}
    offers = replace(offers_of(row.debate, at, reader), receipts=receipts)
    is_there, is_theirs = not row.is_withdrawn, offers.is_theirs(row)
    if not is_there:
        offers = replace(offers, accepted=offers.accepted - {Accepted.ARGUMENTS.value})
    return {
        "offers": offers,
        "can_vote": "votes" in offers and is_there and not is_theirs,
        "my_vote": vote_of(reader, row),
        "vote_key": uuid4() if reader else "",
        "my_receipt": receipts.get(row.pk),
        "is_mine": offers.is_open and is_there and is_theirs,
        "is_author": is_theirs,
        "may_answer_for": may_answer_for(reader, row),
    }


def _proposals(at: datetime) -> ContributionQuerySet:
    """Proposals hang on nothing, so their own status says whether they stand."""
    return Proposal.objects.keeping_place().begun(at)


def _votes(proposal: Proposal, discussion: Discussion) -> list[dict[str, Any]]:
    """The three answers with their counts, shares in percent, and imported parts."""
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
            "imported": discussion.imported_votes.get(choice.value, 0),
        }
        for choice, count in counts.items()
    ]


def _chain(row: Contribution) -> list[Contribution]:
    """The row, then what it hangs on, up to the proposal."""
    chain = [row]
    while chain[-1].hangs_on:
        chain.append(chain[-1].hangs_on)
    return chain


def _place_of(row: Contribution, at: datetime) -> str:
    """The proposal's page; from this row on where the page's beginning lacks it."""
    *hanging, above = _chain(row)
    address = reverse("consultation:proposal", args=(above.pk,))
    if not hanging:
        return address
    if row.kind == ContributionKind.RESPONSE:
        return f"{address}#contribution-{row.pk}"
    query = "" if _is_at_first(hanging[-1], at) else f"?{_part_of(hanging[-1])}="
    start = hanging[-1].pk if query else ""
    return f"{address}{query}{start}#contribution-{row.pk}"


def _part_of(row: Contribution) -> str:
    is_source = row.kind == ContributionKind.SOURCE
    return PARTS[-1] if is_source else row.argument.side


def _is_at_first(row: Contribution, at: datetime) -> bool:
    above = Proposal.objects.prefetch_related("appendices").get(pk=row.hangs_on_id)
    shown = discussion_of(above, Reading(), at).parts[_part_of(row)].shown
    return any(each.row.pk == row.pk for each in shown)


def _gone(request: HttpRequest, row: Contribution) -> HttpResponse:
    """Number, date and ground of what was hidden: itself, or what it hung on."""
    hidden = [each for each in _chain(row) if each.status == Status.HIDDEN]
    first = hidden[0] if hidden else None
    context = {"number": row.number, "hidden": first, "line": hiding(first)}
    context["debate"] = row.debate
    return render(request, "consultation/gone.html", context, status=410)


def unknown(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """The contributions whose numbers come before and after one that leads nowhere."""
    visible = Contribution.objects.visible().begun(at).with_author()
    below = visible.filter(pk__lt=number).order_by("-pk")[:NEAREST]
    above = visible.filter(pk__gt=number).order_by("pk")[:NEAREST]
    context = {"number": number, "nearest": [*reversed(below), *above]}
    return render(request, "consultation/unknown.html", context, status=404)
