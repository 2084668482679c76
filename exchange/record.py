"""From the rows of the register to the lines of its file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Institution
from arguments.models import Argument, Source
from exchange.lines import (
    HEADING,
    ArgumentLine,
    ContributionLine,
    DebateLine,
    FrameLine,
    GroundLine,
    InstitutionLine,
    ProposalLine,
    ResponseLine,
    SourceLine,
)
from exchange.parts import (
    AppendixPart,
    AuthorPart,
    JudgementPart,
    SectionPart,
    SpokenForPart,
    TotalPart,
    VerificationPart,
)
from proposals.models import OfficialResponse, Proposal
from register.enums import COUNTER_OF_MEASURE, RECORDED_STATUSES
from register.models import (
    Contribution,
    ContributionTheme,
    Debate,
    Ground,
    ReceivedTotal,
)

BATCH_SIZE = 500


def record_lines(debates: QuerySet[Debate], at: datetime) -> Iterator[Any]:
    """Every line of the record of these debates, in order.

    Debates that have not begun at that instant, and contributions that were never
    public, have none.
    """
    begun = list(debates.begun(at).order_by("slug").prefetch_related("sections"))
    recorded = Contribution.objects.filter(
        debate__in=begun, status__in=RECORDED_STATUSES
    )
    yield HEADING
    yield from map(debate_line, begun)
    yield from _ground_lines(recorded)
    yield from _institution_lines(recorded)
    last = 0
    while rows := list(recorded.filter(pk__gt=last).order_by("pk")[:BATCH_SIZE]):
        yield from contribution_lines(rows)
        last = rows[-1].pk


def recorded_count(debate: Debate, closed_at: datetime | None = None) -> int:
    """What a debate holds, or held at its closing: responses may come afterwards."""
    recorded = debate.contributions.filter(status__in=RECORDED_STATUSES)
    if closed_at:
        recorded = recorded.filter(submitted_at__lt=closed_at)
    return recorded.count()


def debate_line(debate: Debate) -> DebateLine:
    accepted = ("arguments", "proposals", "sources", "votes")
    closed_at = debate.closed_at
    return DebateLine(
        kind="debate",
        slug=debate.slug,
        title=debate.title,
        question=debate.question,
        opens_at=debate.opens_at,
        closes_at=debate.closes_at,
        closed_at=closed_at,
        contributions=recorded_count(debate, closed_at) if closed_at else 0,
        accepts=[name for name in accepted if getattr(debate, f"accepts_{name}")],
        sections=[
            SectionPart(slug=section.slug, title=section.title)
            for section in debate.sections.all()
        ],
    )


def ground_line(ground: Ground) -> GroundLine:
    return GroundLine(
        kind="ground", slug=ground.slug, title=ground.title, title_en=ground.title_en
    )


def institution_line(institution: Institution) -> InstitutionLine:
    return InstitutionLine(
        kind="institution",
        slug=institution.slug,
        name=institution.name,
        institution_kind=institution.kind,
        website=institution.website,
        siren=institution.siren,
        verifications=[
            VerificationPart(
                verified_at=verification.verified_at,
                attested_by=verification.attested_by,
                evidence=verification.evidence,
                revoked_at=verification.revoked_at,
            )
            for verification in institution.verifications.all()
        ],
    )


def _ground_lines(recorded: QuerySet[Contribution]) -> Iterator[FrameLine]:
    used = recorded.exclude(ground=None).order_by().values("ground")
    yield from map(ground_line, Ground.objects.filter(pk__in=used).order_by("slug"))


def _institution_lines(recorded: QuerySet[Contribution]) -> Iterator[FrameLine]:
    """The institutions in whose name something that can be read was said."""
    spoken_for = recorded.visible().order_by().values("institution")
    institutions = Institution.objects.filter(pk__in=spoken_for).order_by("slug")
    yield from map(institution_line, institutions.prefetch_related("verifications"))


def contribution_lines(
    rows: Iterable[Contribution], *, withhold: bool = True
) -> Iterator[ContributionLine]:
    """The lines of some contributions, in the order given.

    With `withhold`, as everywhere outside this site, what a reader cannot read keeps
    its place without author or words.
    """
    numbers = [row.pk for row in rows]
    asked = Contribution.objects.filter(pk__in=numbers)
    shown = set(
        (asked.visible() if withhold else asked.signed()).values_list("pk", flat=True)
    )
    totals = _totals(numbers)
    themes = _themes(numbers)
    for row in _with_words(numbers):
        place = _place(row)
        if row.pk not in shown:
            yield _LINES[type(row)](row, place, {})
            continue
        signature = _signature(row) | {"masked": row.is_masked}
        words = _WORDS[type(row)](row)
        if shown_totals := _shown_totals(row, totals[row.pk]):
            words["totals"] = shown_totals
        if themes[row.pk]:
            words["themes"] = sorted(themes[row.pk])
        yield _LINES[type(row)](row, place, signature | words)


def _with_words(numbers: list[int]) -> list[Any]:
    related = ("debate", "section", "ground", "author", "institution", "verification")
    found: dict[int, Any] = {}
    for queryset in (
        Proposal.objects.prefetch_related("appendices"),
        Argument.objects.all(),
        Source.objects.select_related("category"),
        OfficialResponse.objects.select_related("judgement"),
    ):
        rows = queryset.filter(pk__in=numbers).select_related(*related)
        found |= {row.pk: row for row in rows}
    return [found[number] for number in numbers]


def _place(row: Contribution) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "number": row.pk,
        "debate": row.debate.slug,
        "submitted_at": row.submitted_at,
        "language": row.language,
        "status": row.status,
        "status_at": row.status_at,
        "ground": row.ground.slug if row.ground else None,
        "origin": row.origin,
    }


def _signature(row: Contribution) -> dict[str, Any]:
    """An institution signs alone: who typed for it is not public."""
    if row.institution is None:
        author = AuthorPart(key=row.author.public_key, name=row.author.display_name)
        return {"author": author}
    verification = row.attestation
    spoken_for = SpokenForPart(
        slug=row.institution.slug,
        service=row.service,
        verification=verification.verified_at if verification else None,
    )
    return {"institution": spoken_for}


def _proposal_line(row: Proposal, place: dict, rest: dict) -> ProposalLine:
    section = row.section.slug if row.section else None
    return ProposalLine(**place, section=section, **rest)


def _argument_line(row: Argument, place: dict, rest: dict) -> ArgumentLine:
    return ArgumentLine(**place, hangs_on=row.hangs_on_id, side=row.side, **rest)


def _source_line(row: Source, place: dict, rest: dict) -> SourceLine:
    category = row.category.title
    return SourceLine(**place, hangs_on=row.hangs_on_id, category=category, **rest)


def _response_line(row: OfficialResponse, place: dict, rest: dict) -> ResponseLine:
    return ResponseLine(**place, hangs_on=row.hangs_on_id, outcome=row.outcome, **rest)


def _proposal_words(row: Proposal) -> dict[str, Any]:
    appendices = [
        AppendixPart(kind=appendix.kind, title=appendix.title, text=appendix.text)
        for appendix in row.appendices.all()
    ]
    return {"title": row.title, "text": row.text, "appendices": appendices}


def _argument_words(row: Argument) -> dict[str, Any]:
    return {"title": row.title, "text": row.text}


def _source_words(row: Source) -> dict[str, Any]:
    return {"title": row.title, "link": row.link, "note": row.note}


def _response_words(row: OfficialResponse) -> dict[str, Any]:
    said = row.judged
    judgement = said and JudgementPart(
        judged_at=said.judged_at, thanked=said.is_thanked, answers=said.satisfaction
    )
    return {
        "transferred_to": row.transferred_to,
        "text": row.text,
        "agent_name": row.agent_name,
        "agent_function": row.agent_function,
        "judgement": judgement,
    }


_LINES: dict[type, Any] = {
    Proposal: _proposal_line,
    Argument: _argument_line,
    Source: _source_line,
    OfficialResponse: _response_line,
}
_WORDS: dict[type, Any] = {
    Proposal: _proposal_words,
    Argument: _argument_words,
    Source: _source_words,
    OfficialResponse: _response_words,
}


def _totals(numbers: list[int]) -> dict[int, dict[str, int]]:
    imported: dict[int, dict[str, int]] = defaultdict(dict)
    received = ReceivedTotal.objects.filter(contribution__in=numbers, imported__gt=0)
    for number, measure, count in received.values_list(
        "contribution", "measure", "imported"
    ):
        imported[number][measure] = count
    return imported


def _shown_totals(row: Contribution, imported: dict[str, int]) -> dict[str, TotalPart]:
    """What is not imported was given live, here or where the record comes from."""
    return {
        measure.value: TotalPart(
            live=total - imported.get(measure, 0), imported=imported.get(measure, 0)
        )
        for measure, counter in COUNTER_OF_MEASURE.items()
        if (total := getattr(row, counter))
    }


def _themes(numbers: list[int]) -> dict[int, list[str]]:
    themes: dict[int, list[str]] = defaultdict(list)
    links = ContributionTheme.objects.filter(content_object__in=numbers)
    for number, name in links.values_list("content_object", "tag__name"):
        themes[number].append(name)
    return themes
