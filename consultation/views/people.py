"""Who spoke: the pages of persons and institutions, and the institutions' directory."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from accounts.models import (
    Institution,
    InstitutionQuerySet,
    User,
    Verification,
)
from consultation.addresses import query_of
from consultation.caching import public_page, site_version
from consultation.paging import slice_of
from consultation.responses import figures_of_responses
from consultation.summaries import said, summaries
from register.enums import ContributionKind
from register.models import Contribution

CONTRIBUTIONS_PER_PAGE = 20
WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@public_page(site_version)
def author(request: HttpRequest, at: datetime, public_key: str) -> HttpResponse:
    """What one person said in their own name.

    Who typed for an institution is never public: what they said for it is not here,
    and who has said nothing else has no page.
    """
    if "\0" in public_key:  # which PostgreSQL takes in no text
        raise Http404
    person = get_object_or_404(User, public_key=public_key)
    signed = Q(author=person, institution=None)
    spoken = _spoken(signed, at)
    if not spoken.counts:
        raise Http404
    context = {"author": person, "spoken": spoken}
    context |= _listed(request.GET, signed, spoken, at)
    return render(request, "consultation/author.html", context)


@public_page(site_version)
def institution(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """What is attested of an institution, and what was said in its name."""
    row = get_object_or_404(public_institutions(at), slug=slug)
    signed = Q(institution=row)
    spoken = _spoken(signed, at)
    services = (
        Contribution.objects.filter(signed)
        .visible()
        .begun(at)
        .exclude(service="")
        .order_by()
        .values_list("service", flat=True)
        .distinct()
    )
    context = {
        "institution": row,
        "attested": Attested.of(row),
        # An import may bring in anything; only a web address is made a link.
        "website": row.website if WEB_ADDRESS.match(row.website) else "",
        # Read in threes, as the French do: 000 205 377.
        "siren": "\u202f".join(re.findall("...", row.siren)),
        "services": sorted(services, key=alphabetical),
        "spoken": spoken,
        "answered": ContributionKind.RESPONSE in spoken.counts
        and figures_of_responses(row, at),
    }
    context |= _listed(request.GET, signed, spoken, at)
    return render(request, "consultation/institution.html", context)


@public_page(site_version)
def institutions(request: HttpRequest, at: datetime) -> HttpResponse:
    """Those who spoke or of whom something was attested, in alphabetical order."""
    counts = dict(
        Contribution.objects.visible()
        .begun(at)
        .exclude(institution=None)
        .order_by()
        .values_list("institution")
        .annotate(Count("pk"))
    )
    rows = sorted(public_institutions(at), key=lambda row: alphabetical(row.name))
    listed = [
        {
            "institution": row,
            "attested": Attested.of(row),
            "contribution_count": counts.get(row.pk, 0),
        }
        for row in rows
    ]
    return render(request, "consultation/institutions.html", {"listed": listed})


def alphabetical(name: str) -> tuple[str, str]:
    """Where a name stands in a list: accents and capitals count last."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters, name


@dataclass(frozen=True)
class Attested:
    """The attestation of an institution in force, or else the last revoked one."""

    in_force: Verification | None
    revoked: Verification | None

    @classmethod
    def of(cls, institution: Institution) -> "Attested":
        verifications = institution.verifications.all()
        in_force = [each for each in verifications if each.revoked_at is None]
        if in_force:
            return cls(in_force[0], None)
        return cls(None, max(verifications, key=_revoked_at, default=None))


def _revoked_at(verification: Verification) -> Any:
    return verification.revoked_at


def public_institutions(at: datetime) -> InstitutionQuerySet:
    spoke = Contribution.objects.visible().begun(at).filter(institution=OuterRef("pk"))
    verified = Verification.objects.filter(institution=OuterRef("pk"))
    return Institution.objects.filter(
        Exists(verified) | Exists(spoke)
    ).prefetch_related("verifications")


@dataclass(frozen=True)
class Spoken:
    """What somebody said, as a reader can count it, and since when."""

    counts: dict[str, int]
    since: datetime | None

    @property
    def kinds(self) -> list[str]:
        return [each for each in ContributionKind.values if each in self.counts]

    @property
    def first_kind(self) -> str:
        """What is shown to who asks for no kind."""
        return next(iter(self.kinds), ContributionKind.PROPOSAL.value)


def _spoken(signed: Q, at: datetime) -> Spoken:
    rows = list(
        Contribution.objects.filter(signed)
        .visible()
        .begun(at)
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"), Min("submitted_at"))
    )
    return Spoken(
        counts={kind: count for kind, count, _first in rows},
        since=min((first for _kind, _count, first in rows), default=None),
    )


def _listed(
    address: QueryDict, signed: Q, spoken: Spoken, at: datetime
) -> dict[str, Any]:
    """One kind of what was said, newest first, a page at a time.

    Any number may be named, whoever signed it: a page that accepted its own numbers
    alone would tell whose the hidden ones are.
    """
    kind = _kind(address, spoken)
    listed = slice_of(
        said(kind, at).filter(signed).select_related("debate"),
        within=Contribution.objects.recorded().begun(at),
        address=address,
        size=CONTRIBUTIONS_PER_PAGE,
    )
    turn = "before" if "before" in address else "after"
    unsaid = kind == spoken.first_kind
    return {
        "kind": kind,
        "summaries": summaries(listed.rows),
        "previous": listed.previous
        and query_of({"kind": kind, "before": listed.previous}),
        "following": listed.following
        and query_of({"kind": kind, "after": listed.following}),
        # The one address of this part of the list.
        "canonical": query_of(
            {"kind": None if unsaid else kind, turn: address.get(turn)}
        ),
    }


def _kind(address: QueryDict, spoken: Spoken) -> str:
    kind = address.get("kind", spoken.first_kind)
    if kind not in ContributionKind.values:
        raise Http404
    return kind
