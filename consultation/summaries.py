"""One contribution of any kind in a line or two, for lists and feeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from arguments.enums import Side
from arguments.models import Argument, Source
from consultation.templatetags.texts import excerpt, shortened
from proposals.models import OfficialResponse, Proposal
from register.enums import ContributionKind
from register.models import ContributionQuerySet

MODELS: dict[str, Any] = {
    model.KIND.value: model for model in (Proposal, Argument, Source, OfficialResponse)
}
# Whose text is HTML.
RICH = frozenset({ContributionKind.PROPOSAL, ContributionKind.RESPONSE})
# In characters.
WORDS_LENGTH = 260
# An argument may have no title: its first words stand for one.
TITLE_LENGTH = 150


def said(kind: str, at: datetime) -> ContributionQuerySet:
    """What readers can read of one kind; `proposal_number` is what it hangs on."""
    rows: ContributionQuerySet = MODELS[kind].objects.filter(kind=kind)
    above = Coalesce("hangs_on__hangs_on_id", "hangs_on_id")
    return rows.visible().begun(at).annotate(proposal_number=above)


@dataclass(frozen=True)
class Summary:
    """A contribution, and what one line says of it in plain text."""

    row: Any
    title: str
    words: str
    # What hangs on a proposal is about: its number, title and language, if it can be
    # read.
    about: Any = None
    # Whether the title is its own, and no part of its words.
    is_titled: bool = True

    @property
    def side(self) -> str:
        return self.row.side if self.row.kind == ContributionKind.ARGUMENT else ""

    @property
    def name(self) -> str:
        """What it is: a proposal, an argument on one side, a source, a response."""
        if self.side:
            against = self.side == Side.AGAINST
            return _("Argument against") if against else _("Argument for")
        if self.row.kind == ContributionKind.RESPONSE:
            return _("Official response")
        is_source = self.row.kind == ContributionKind.SOURCE
        return _("Source") if is_source else _("Proposal")


def summary(row: Any, about: Any = None) -> Summary:
    if row.kind == ContributionKind.RESPONSE:
        return Summary(row, row.get_outcome_display(), _words(row), about)
    title = row.title or shortened(row.text, TITLE_LENGTH)
    return Summary(row, title, _words(row), about, is_titled=bool(row.title))


def summaries(rows: Iterable[Any]) -> list[Summary]:
    """For the price of one query, with the proposals that they hang on."""
    rows = list(rows)
    proposals = (
        Proposal.objects.readable()
        .filter(pk__in={row.proposal_number for row in rows if row.proposal_number})
        .values_list("number", "title", "language", named=True)
    )
    by_number = {each.number: each for each in proposals}
    return [summary(row, by_number.get(row.proposal_number)) for row in rows]


def _words(row: Any) -> str:
    if row.kind in RICH:
        return excerpt(row.text, WORDS_LENGTH)
    is_source = row.kind == ContributionKind.SOURCE
    return shortened(row.note if is_source else row.text, WORDS_LENGTH)
