"""What hangs on a proposal, as far as one page goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from arguments.enums import Side
from arguments.models import Argument, Source
from consultation.addresses import query_of
from consultation.linked import Linked
from consultation.paging import NEWEST, OLDEST, Order, row_named
from consultation.responses import responses_to
from consultation.templatetags.texts import plain_text
from moderation.models import Decision
from proposals.models import OfficialResponse, Proposal
from register.enums import ContributionKind
from register.models import Contribution, ContributionQuerySet

# How many arguments of a side, or sources, one page shows at most.
SHOWN_AT_ONCE = 100
# What the page of a proposal weighs at most, in bytes of HTML; a part takes what the
# others leave, and one item at least. What a proposal itself weighs is never cut.
PAGE_WEIGHT = 260_000
SOURCES_WEIGHT = 40_000
MARKUP_WEIGHT = 950
CITATION_WEIGHT = 80
MASK_WEIGHT = 400
# How many of the numbers that cite a contribution are named beside it.
NAMED_CITATIONS = 20


class Sort(models.TextChoices):
    """The orders in which arguments and sources can be read."""

    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")
    SUPPORTED = "supported", _("most supported first")


ORDERS = {
    Sort.NEWEST: NEWEST,
    Sort.OLDEST: OLDEST,
    Sort.SUPPORTED: Order(("support_count", *NEWEST.keys)),
}
SOURCES = "sources"
PARTS = (Side.FOR.value, Side.AGAINST.value, SOURCES)


@dataclass(frozen=True)
class Author:
    """A person, as far as a signature names them."""

    public_key: str
    display_name: str


@dataclass
class Utterance:
    """An argument or a source, with what its page says of it."""

    row: Any
    # Who speaks in their own name; of what an institution signs, its row says more.
    author: Author | None = None
    sources: list["Utterance"] = field(default_factory=list)
    # Numbers that its words name and that lead somewhere.
    cites: frozenset[int] = frozenset()
    cited_by: list[int] = field(default_factory=list)
    # Of its supports, those that came with an import.
    imported_supports: int = 0
    # By which passages of its words are masked.
    masks: list[Decision] = field(default_factory=list)

    @cached_property
    def words(self) -> SafeString:
        """As the page shows them."""
        plain = getattr(self.row, "text", "") or getattr(self.row, "note", "")
        return plain_text(plain, self.cites)

    @cached_property
    def weight(self) -> int:
        """In bytes of HTML: nearly what it is, and not less."""
        row = self.row
        beside = f"{row.title}{getattr(row, 'link', '')}{row.service}"
        if row.verification_id:
            beside += row.verification.evidence
        cited_by = CITATION_WEIGHT * min(len(self.cited_by), NAMED_CITATIONS)
        beside_words = cited_by + MASK_WEIGHT * len(self.masks)
        own = MARKUP_WEIGHT + len(self.words.encode()) + weight_of(beside)
        return own + beside_words + sum(each.weight for each in self.sources)


@dataclass(frozen=True)
class Part:
    """One side's arguments or the sources: some in order, and where to go on."""

    name: str
    shown: list[Utterance]
    # The number from which the next page goes on.
    following: int | None
    is_from_the_start: bool


def weight_of(text: str) -> int:
    return len(escape(text).encode())


@dataclass(frozen=True)
class Reading:
    """In what order, and from which numbers on: all of it stands in the address."""

    sort: Sort = Sort.NEWEST
    starts: tuple[tuple[str, Contribution], ...] = ()

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def starting_at(self, part: str) -> Q:
        """Which rows of a part this page can show: those from its start on."""
        start = dict(self.starts).get(part)
        return self.order.starting_at(start) if start else Q()

    def query(self, **changed: int | None) -> str:
        """The address's query. None takes a start away."""
        said: dict[str, Any] = {
            "order": self.sort.value if self.sort != Sort.NEWEST else None
        }
        return query_of(
            said | {name: row.number for name, row in self.starts} | changed
        )


def reading_at(number: int, address: QueryDict) -> Reading:
    """What an address asks for. Raises Http404 for what does not hang there."""
    name = address.get("order") or Sort.NEWEST
    if name not in Sort.values:
        raise Http404
    below = Contribution.objects.filter(hangs_on=number).recorded()
    starts = ((part, address.get(part)) for part in PARTS)
    return Reading(
        sort=Sort(name),
        starts=tuple(
            (part, row_named(below, start)) for part, start in starts if start
        ),
    )


@dataclass(frozen=True)
class Discussion:
    """The three parts under a proposal, and how its own words are linked."""

    parts: dict[str, Part]
    cites: frozenset[int]
    cited_by: list[int]
    # Of the proposal's votes, by answer, those that came with an import.
    imported_votes: dict[str, int]
    # Above the rest, the newest first.
    responses: list[Utterance]
    # By which passages of its own words are masked.
    masks: list[Decision]

    @property
    def response_count(self) -> int:
        return sum(not each.row.is_withdrawn for each in self.responses)


def discussion_of(proposal: Proposal, reading: Reading, at: datetime) -> Discussion:
    """Everything that a page shows under the proposal, in a fixed number of queries."""
    found: dict[str, list[Any]] = {
        side: list(_arguments(proposal, side, reading)) for side in Side.values
    }
    arguments = [row for rows in found.values() for row in rows]
    sources = list(_sources(proposal, arguments, reading))
    found[SOURCES] = [row for row in sources if row.hangs_on_id == proposal.pk]
    responses = responses_to(proposal)
    everything = [*arguments, *sources]
    linked = Linked([proposal, *everything, *responses], at)
    authors = _authors(everything)
    utterances = {
        row.pk: _utterance(row, linked, authors.get(row.author_id))
        for row in everything
    }
    for row in sources:
        if row.hangs_on_id != proposal.pk:
            utterances[row.hangs_on_id].sources.append(utterances[row.pk])
    room = _room_beside(proposal, responses)
    return Discussion(
        parts=_fitted(room, reading, found, utterances),
        cites=linked.cites[proposal.pk],
        cited_by=linked.cited_by[proposal.pk],
        imported_votes=linked.received[proposal.pk],
        responses=[_utterance(row, linked) for row in responses],
        masks=linked.masks[proposal.pk],
    )


def _utterance(row: Any, linked: Linked, author: Author | None = None) -> Utterance:
    """An institution signs alone: who typed for it is not public."""
    return Utterance(
        row=row,
        author=author if row.institution_id is None else None,
        cites=linked.cites[row.pk],
        cited_by=linked.cited_by[row.pk],
        imported_supports=linked.received[row.pk].get("support", 0),
        masks=linked.masks[row.pk],
    )


def _arguments(proposal: Proposal, side: str, reading: Reading) -> ContributionQuerySet:
    """One more than is shown, to know from which number to go on."""
    rows = Argument.objects.filter(
        reading.starting_at(side),
        hangs_on=proposal.pk,
        kind=ContributionKind.ARGUMENT,
        side=side,
    )
    return reading.order.apply(rows.keeping_place())[: SHOWN_AT_ONCE + 1]


def _sources(
    proposal: Proposal, arguments: list[Argument], reading: Reading
) -> ContributionQuerySet:
    """Those of the proposal and of the arguments: all of them, as they are few."""
    rows = Source.objects.filter(
        Q(reading.starting_at(SOURCES), hangs_on=proposal.pk)
        | Q(hangs_on__in=[row.pk for row in arguments]),
        kind=ContributionKind.SOURCE,
    )
    return reading.order.apply(rows.keeping_place().select_related("category"))


def _authors(rows: list[Any]) -> dict[int, Author]:
    """By account, who speaks in their own name; institutions are fetched on the way."""
    signed = [row for row in rows if row.institution_id]
    if signed:
        prefetch_related_objects(signed, "institution", "verification")
    accounts = User.objects.filter(
        pk__in={row.author_id for row in rows if row.institution_id is None}
    ).values_list("pk", "public_key", "display_name")
    return {pk: Author(key, name) for pk, key, name in accounts}


def _room_beside(proposal: Proposal, responses: list[OfficialResponse]) -> int:
    """What a page's greatest weight leaves; texts of law are shown twice there."""
    appendices = sum(weight_of(each.text) for each in proposal.appendices.all())
    answered = sum(weight_of(each.text) for each in responses)
    return PAGE_WEIGHT - weight_of(proposal.text) - 2 * appendices - answered


def _fitted(
    room: int,
    reading: Reading,
    found: dict[str, list[Any]],
    utterances: dict[int, Utterance],
) -> dict[str, Part]:
    """Cut each part where the page would weigh too much; the sources come first."""
    sources = list(_as_fit(found[SOURCES], utterances, min(room, SOURCES_WEIGHT)))
    room -= sum(each.weight for each in sources)
    shown = {SOURCES: sources}
    for side in Side.values:
        shown[side] = list(_as_fit(found[side], utterances, room // 2))
    started = dict(reading.starts)
    return {
        name: Part(
            name=name,
            shown=shown[name],
            following=next((row.pk for row in found[name][len(shown[name]) :]), None),
            is_from_the_start=name not in started,
        )
        for name in PARTS
    }


def _as_fit(
    rows: list[Any], utterances: dict[int, Utterance], room: int
) -> Iterator[Utterance]:
    """At least one, so that one can always go on."""
    for position, row in enumerate(rows[:SHOWN_AT_ONCE]):
        room -= utterances[row.pk].weight
        if position and room < 0:
            return
        yield utterances[row.pk]
