"""The tables of what frames contributions: debates, sections, institutions, grounds."""

from collections.abc import Iterator
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from accounts.models import Institution
from exchange.lines import DebateLine, InstitutionLine
from exchange.opendata.columns import Column
from exchange.opendata.dataset import Dataset
from exchange.opendata.fields import REQUIRED
from exchange.opendata.table import (
    ADDRESS,
    POSITION,
    SLUG,
    Part,
    Table,
    in_line,
    in_part,
    length,
    parts,
)
from exchange.record import debate_line, ground_line, institution_line
from register.models import Ground


def _grounds(dataset: Dataset) -> Any:
    used = dataset.recorded.exclude(ground=None).order_by().values("ground")
    return Ground.objects.filter(pk__in=used).order_by("slug")


def _institutions(dataset: Dataset) -> Any:
    """Those in whose name something that can be read was said."""
    spoken_for = dataset.recorded.visible().order_by().values("institution")
    return Institution.objects.filter(pk__in=spoken_for).order_by("slug")


def _institution_lines(dataset: Dataset) -> Iterator[InstitutionLine]:
    return map(
        institution_line, _institutions(dataset).prefetch_related("verifications")
    )


def _debate_lines(dataset: Dataset) -> Iterator[DebateLine]:
    return map(debate_line, dataset.debates)


def _sections(dataset: Dataset) -> Iterator[Part]:
    for line in _debate_lines(dataset):
        yield from parts(line, line.sections)


def _verifications(dataset: Dataset) -> Iterator[Part]:
    for line in _institution_lines(dataset):
        yield from parts(line, line.verifications)


DEBATES = Table(
    name="debates",
    title=_("Debates"),
    description=_("The questions that were put, and for which period."),
    columns=(
        SLUG,
        Column("title", _("title"), _("Plain text."), constraints=REQUIRED),
        Column("question", _("question"), _("What a vote on a proposal answers.")),
        Column("opens_at", _("opens on"), _("In UTC."), "datetime", REQUIRED),
        Column(
            "closes_at",
            _("ends on"),
            _("In UTC: from this instant on, nothing more is accepted."),
            "datetime",
            REQUIRED,
        ),
        Column(
            "closed_at",
            _("closed on"),
            _("In UTC: when its record was declared final, if it was."),
            "datetime",
        ),
    ),
    rows=_debate_lines,
    count=lambda dataset: len(dataset.debates),
    key=("slug",),
)

SECTIONS = Table(
    name="sections",
    title=_("Sections"),
    description=_("The headings under which a debate’s proposals stand."),
    columns=(
        in_line(
            "debate",
            _("debate"),
            _("Address of its debate."),
            source="slug",
            constraints=REQUIRED,
        ),
        in_part("slug", _("address"), ADDRESS, constraints=REQUIRED),
        in_part("title", _("title"), _("Plain text."), constraints=REQUIRED),
        POSITION,
    ),
    rows=_sections,
    count=length(_sections),
    key=("debate", "slug"),
    refers={"debate": ("debates", "slug")},
)

GROUNDS = Table(
    name="grounds",
    title=_("Grounds"),
    description=_("The clauses for which something here is hidden."),
    columns=(
        SLUG,
        Column("title", _("title"), _("In French."), constraints=REQUIRED),
        Column("title_en", _("title"), _("In English."), constraints=REQUIRED),
    ),
    rows=lambda dataset: map(ground_line, _grounds(dataset)),
    count=lambda dataset: _grounds(dataset).count(),
    key=("slug",),
)

INSTITUTIONS = Table(
    name="institutions",
    title=_("Institutions"),
    description=_("In whose name something that can be read here was said."),
    columns=(
        SLUG,
        Column("name", _("name"), _("Plain text."), constraints=REQUIRED),
        Column(
            "institution_kind",
            _("kind"),
            _("What sort of body it is."),
            constraints=REQUIRED
            | {
                "enum": list(
                    get_args(
                        InstitutionLine.model_fields["institution_kind"].annotation
                    )
                )
            },
        ),
        Column("website", _("website"), _("If it gave one.")),
        Column(
            "siren",
            _("SIREN"),
            _("Its number in the French register of companies."),
            constraints={"pattern": "[0-9]{9}"},
        ),
    ),
    rows=_institution_lines,
    count=lambda dataset: _institutions(dataset).count(),
    key=("slug",),
)

VERIFICATIONS = Table(
    name="verifications",
    title=_("Attestations"),
    description=_("Who attested that an institution is who it says it is, and when."),
    columns=(
        in_line(
            "institution",
            _("institution"),
            _("A row of institutions.csv."),
            source="slug",
            constraints=REQUIRED,
        ),
        in_part("verified_at", _("verified on"), _("In UTC."), type="datetime"),
        in_part(
            "attested_by", _("attested by"), _("Plain text."), constraints=REQUIRED
        ),
        in_part("evidence", _("evidence"), _("Plain text."), constraints=REQUIRED),
        in_part(
            "revoked_at",
            _("revoked on"),
            _("In UTC, if it was."),
            type="datetime",
        ),
    ),
    rows=_verifications,
    count=length(_verifications),
    key=("institution", "verified_at"),
    refers={"institution": ("institutions", "slug")},
)
