"""The formal end of a debate: what was closed, its minutes, and the sealed record."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consultation.caching import public_page, site_version
from consultation.downloads import busy, in_turn
from consultation.head import Head
from consultation.presentation import page_of
from moderation.enums import DecisionKind
from moderation.models import Closing, Withholding
from moderation.seal.folder import in_force, seal_as_zip
from register.enums import ContributionKind, Status
from register.models import Debate

PIECE = 2**16
# In one word each, as headings of columns.
STATUSES = {
    Status.PUBLISHED: _("Published"),
    Status.HIDDEN: _("Hidden"),
    Status.WITHDRAWN: _("Withdrawn"),
}


@public_page(site_version)
def closing(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """What was closed, when and in what quality, and how anybody checks the record.

    A debate that was closed elsewhere, and brought in, has no record of ours.
    """
    debate = get_object_or_404(Debate, slug=slug, closed_at__isnull=False)
    held = Closing.objects.filter(debate=debate).first()
    page = page_of(debate)
    context: dict[str, Any] = {
        "debate": debate,
        "debate_title": page["title"] if page else debate.title,
        "debate_address": page["address"] if page else "",
        "moves": list(debate.moves.all()),
        "closing": held,
        "head": Head(
            title=debate.title,
            description="",
            address=request.path,
            language=get_language(),
        ),
    }
    if held:
        context |= _sealed(held)
    return render(request, "consultation/closing.html", context)


@public_page(site_version)
def seal(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """The sealed record as one file, without what is withheld now.

    It takes as long to write as all open data: one at a time; a HEAD writes nothing.
    """
    rows = Closing.objects.select_related("debate")
    held = get_object_or_404(rows, debate__slug=slug)
    name = f"{slug}-{held.root[:8]}.zip"
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    if request.method == "HEAD":
        return StreamingHttpResponse(headers=headers)
    pieces = in_turn(_pieces(held))
    return StreamingHttpResponse(pieces, headers=headers) if pieces else busy()


def _pieces(held: Closing) -> Iterator[bytes]:
    """Nothing is written before the first of them is asked for."""
    with seal_as_zip(held) as file:
        while piece := file.read(PIECE):
            yield piece


def _sealed(held: Closing) -> dict[str, Any]:
    acts = Withholding.objects.filter(leaf__closing=held).order_by("pk")
    withheld = list(in_force(acts.only("leaf_id", "part", "is_withheld", "is_final")))
    return {
        "counted": _counted(held.figures["contributions"]),
        "statuses": list(STATUSES.values()),
        "decisions": [
            (DecisionKind(kind).label, count)
            for kind, count in sorted(held.figures["decisions"].items())
        ],
        "votes": sum(held.figures[each] for each in ("agree", "mixed", "disagree")),
        "withheld": len(withheld),
        "withheld_for_good": sum(act.is_final for act in withheld),
    }


def _counted(by_kind: dict[str, dict[str, int]]) -> list[tuple[Any, list[int]]]:
    """By kind, how many are published, hidden and withdrawn."""
    return [
        (
            kind.label,
            [by_kind[kind].get(status, 0) for status in STATUSES],
        )
        for kind in ContributionKind
        if kind in by_kind
    ]
