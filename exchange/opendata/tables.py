"""The tables of the open data: one for each kind of contribution, then their frame."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from exchange.lines import ContributionLine, ProposalLine
from exchange.opendata.dataset import Dataset
from exchange.opendata.fields import REQUIRED, columns_of
from exchange.opendata.frame import (
    DEBATES,
    GROUNDS,
    INSTITUTIONS,
    SECTIONS,
    VERIFICATIONS,
)
from exchange.opendata.table import POSITION, Part, Table, in_line, in_part, parts
from proposals.models import Appendix

TITLES = {
    "proposal": (_("Proposals"), _("What people want done, with the totals of votes.")),
    "argument": (_("Arguments"), _("Reasons for and against the proposals.")),
    "source": (_("Sources"), _("Documents added to proposals and to arguments.")),
    "response": (
        _("Official responses"),
        _("What verified institutions answer to the proposals."),
    ),
}
REFERS = {
    "debate": ("debates", "slug"),
    "ground": ("grounds", "slug"),
    "institution": ("institutions", "slug"),
}


def tables() -> tuple[Table, ...]:
    """What was said, then what frames it."""
    return (*_contributions(), DEBATES, SECTIONS, INSTITUTIONS, VERIFICATIONS, GROUNDS)


@cache
def _contributions() -> tuple[Table, ...]:
    """One for each kind that has lines; a new kind comes by itself."""
    made = [_of_kind(line) for line in get_args(ContributionLine)]
    return made[0], APPENDICES, *made[1:]


def _of_kind(line: Any) -> Table:
    [kind] = get_args(line.model_fields["kind"].annotation)
    title, description = TITLES[kind]
    return Table(
        name=f"{kind}s",
        title=title,
        description=description,
        columns=columns_of(line),
        rows=lambda dataset: dataset.lines(kind),
        count=lambda dataset: dataset.recorded.filter(kind=kind).count(),
        key=("number",),
        refers=REFERS,
    )


def _appendices(dataset: Dataset) -> Iterator[Part]:
    for line in dataset.lines("proposal"):
        if isinstance(line, ProposalLine):
            yield from parts(line, line.appendices)


APPENDICES = Table(
    name="appendices",
    title=_("Appendices"),
    description=_(
        "Texts annexed to proposals: explanatory statement, law in force, law proposed."
    ),
    columns=(
        in_line(
            "proposal",
            _("proposal"),
            _("Its number, in proposals.csv."),
            source="number",
            type="integer",
            constraints=REQUIRED | {"minimum": 1},
        ),
        POSITION,
        in_part(
            "kind",
            _("kind"),
            _("explanatory, law_in_force or law_proposed."),
            constraints=REQUIRED
            | {"enum": ["explanatory", "law_in_force", "law_proposed"]},
        ),
        in_part("title", _("title"), _("Plain text.")),
        in_part("text", _("text"), _("In HTML, with few tags."), constraints=REQUIRED),
    ),
    rows=_appendices,
    count=lambda dataset: Appendix.objects.filter(
        proposal__in=dataset.recorded.visible().order_by().values("pk")
    ).count(),
    key=("proposal", "position"),
    refers={"proposal": ("proposals", "number")},
)
