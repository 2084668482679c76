"""Home, consultations and debates."""

from collections import defaultdict
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from consultation.addresses import address_of
from consultation.caching import public_page, site_version
from consultation.head import page_head
from consultation.listing import Sort, choices_for, is_canonical, listing_at
from consultation.models import ConsultationPage, DebatePage, HomePage, InformationPage
from consultation.offers import offers_of
from consultation.paging import slice_of
from consultation.presentation import (
    PresentedDebate,
    calendar_of,
    figures_of,
    first_state,
    present,
    present_in_full,
    published_debates,
)
from consultation.responses import outcomes_of
from proposals.models import Proposal
from register.models import Debate

PROPOSALS_PER_PAGE = 20


# What can stand so many steps below the home page.
KINDS = {0: [HomePage], 1: [ConsultationPage, InformationPage], 2: [DebatePage]}


@public_page(site_version)
def page(request: HttpRequest, at: datetime, path: str) -> HttpResponse:
    """What stands in the tree of pages at this address.

    The pages that people come for are found by a query or two. Whatever else there is,
    and where a page that moved now stands, is for Wagtail to find, in some more.
    """
    request.at = at
    found = next(
        filter(None, (_at(path, kind) for kind in KINDS[path.count("/")])), None
    )
    return found.serve(request) if found else wagtail_serve(request, path)


def _at(path: str, kind: type[Page]) -> Page | None:
    pages = kind.objects.live().filter(
        depth=2 + path.count("/"), locale__language_code=get_language()
    )
    if path:
        pages = pages.filter(slug=path.split("/")[-2])
    if kind is DebatePage:
        pages = pages.select_related("debate")
    return next((each for each in pages if each.url_path.endswith(f"/{path}")), None)


def home(request: HttpRequest, at: datetime, page: HomePage) -> HttpResponse:
    """The site's consultations, what is open now first."""
    consultations = list(ConsultationPage.objects.child_of(page).live())
    debates = present(published_debates().descendant_of(page), at)
    by_parent: dict[str, list[PresentedDebate]] = defaultdict(list)
    for each in debates:
        by_parent[each.page.path[: -DebatePage.steplen]].append(each)
    listed = [
        {"page": consultation, "debates": by_parent[consultation.path]}
        for consultation in consultations
    ]
    listed.sort(key=lambda each: first_state(each["debates"]))
    context = {
        "page": page,
        "head": page_head(page, page.introduction),
        "listed": listed,
    }
    return render(request, "consultation/home.html", context)


def consultation(
    request: HttpRequest, at: datetime, page: ConsultationPage
) -> HttpResponse:
    """What is asked, in which debates, until when, and who took part."""
    debates = present(published_debates().child_of(page), at)
    context = {
        "page": page,
        "head": page_head(page, page.introduction),
        "debates": debates,
        "begun": [each for each in debates if each.debate.opens_at <= at],
        "calendar": calendar_of(debates, at),
        "figures": figures_of(debates, at),
        "open_data": _open_data(page, debates, at),
    }
    return render(request, "consultation/consultation.html", context)


def _open_data(
    page: ConsultationPage, debates: list[PresentedDebate], at: datetime
) -> str:
    """Where its files are listed; nowhere as long as none of its debates has begun."""
    if all(at < each.debate.opens_at for each in debates):
        return ""
    return address_of("consultation:open-data-of-all", page.slug)


def debate(request: HttpRequest, at: datetime, page: DebatePage) -> HttpResponse:
    """The question, its period, and its proposals as the address asks for them."""
    listing = listing_at(page.debate, request.GET)
    if not is_canonical(request.GET):
        return redirect(request.path + listing.query())
    if listing.sort is Sort.RANDOM and listing.seed is None:
        response = redirect(request.path + listing.with_seed().query())
        response["Cache-Control"] = "no-store"  # the next reader draws another
        return response
    presented = present_in_full(page, at)
    has_begun = page.debate.opens_at <= at
    nothing = Proposal.objects.none()
    listed = slice_of(
        listing.proposals().with_author() if has_begun else nothing,
        order=listing.order,
        within=listing.recorded() if has_begun else nothing,
        address=request.GET,
        size=PROPOSALS_PER_PAGE,
    )
    previous, following = listed.previous, listed.following
    for_machines = _for_machines(page.debate) if has_begun else ("", "")
    context = {
        "page": page,
        "head": page_head(page, page.introduction, feed=for_machines[0]),
        "open_data": for_machines[1],
        "presented": presented,
        "moves": page.debate.moves.all(),
        "offers": offers_of(page.debate, at),
        "listing": listing,
        "outcomes": outcomes_of(listed.rows),
        "listed": listed,
        "previous": listing.query(before=previous) if previous else "",
        "following": listing.query(after=following) if following else "",
        "first_query": listing.query(),
        "canonical_query": listing.query(**_paging(request)),
        "choices": choices_for(listing, presented.in_sections, at),
    }
    return render(request, "consultation/debate.html", context)


def _for_machines(debate: Debate) -> tuple[str, str]:
    """The addresses of what programs follow and download."""
    feed = address_of("consultation:feed", debate.slug)
    return feed, address_of("consultation:open-data", debate.slug)


def _paging(request: HttpRequest) -> dict[str, int]:
    """By what the list was cut: its number was checked then."""
    used = next((name for name in ("before", "after") if name in request.GET), None)
    return {used: int(request.GET[used])} if used else {}
