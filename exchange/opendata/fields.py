"""The columns that the fields of a contribution's line become."""

from typing import get_args

from django.utils.translation import gettext_lazy as _

from exchange.lines import ProposalLine
from exchange.opendata.columns import Column
from exchange.opendata.values import (
    SHOWN,
    WITHHELD,
    author_key,
    author_name,
    themes_of,
    total_columns,
    whether_masked,
    whether_shown,
)
from proposals.enums import Outcome, Satisfaction

REQUIRED = {"required": True}


class NotDescribed(LookupError):
    """A line has a field that no column of the open data describes."""


def columns_of(line: type) -> tuple[Column, ...]:
    """The columns of one kind of line, in the order of its fields. Raises NotDescribed.

    What one kind alone writes in its own way is described under `kind.field`.
    """
    kind = get_args(line.model_fields["kind"].annotation)[0]  # type: ignore[attr-defined]
    columns: list[Column] = []
    for name in line.model_fields:  # type: ignore[attr-defined]
        described = FIELDS.get(f"{kind}.{name}", FIELDS.get(name))
        if described is None:
            raise NotDescribed(f"{kind}.{name}: exchange/opendata/fields.py")
        columns += described
    return tuple(columns)


_TEXT = Column("text", _("text"), _("Plain text, as it was typed."))
_RICH = Column("text", _("text"), _("In HTML, with few tags."))

FIELDS: dict[str, tuple[Column, ...]] = {
    # The file says it.
    "kind": (),
    "number": (
        Column(
            "number",
            _("number"),
            _("Of the contribution: never given twice, whatever its kind."),
            "integer",
            REQUIRED | {"unique": True, "minimum": 1},
        ),
    ),
    "debate": (
        Column(
            "debate", _("debate"), _("Address of its debate."), constraints=REQUIRED
        ),
    ),
    "submitted_at": (
        Column(
            "submitted_at",
            _("submitted on"),
            _("When it was received, in UTC."),
            "datetime",
            REQUIRED,
        ),
    ),
    "language": (
        Column(
            "language",
            _("language"),
            _("In which it was written, such as fr."),
            constraints=REQUIRED,
        ),
    ),
    "status": (
        Column(
            "status",
            _("status"),
            _(
                "published; hidden by moderation; withdrawn by its author. What is not"
                " published keeps its row."
            ),
            constraints=REQUIRED
            | {"enum": list(get_args(ProposalLine.model_fields["status"].annotation))},
        ),
        Column(
            "words",
            _("words"),
            _(
                "shown; or withheld, with the author and the figures, because it is"
                " hidden or withdrawn, or stands under something hidden."
            ),
            constraints=REQUIRED | {"enum": [SHOWN, WITHHELD]},
            value=whether_shown,
        ),
    ),
    "status_at": (
        Column(
            "status_at",
            _("in this status since"),
            _("In UTC."),
            "datetime",
            REQUIRED,
        ),
    ),
    "ground": (
        Column(
            "ground",
            _("ground"),
            _("For which it is hidden: a row of grounds.csv."),
        ),
    ),
    "origin": (
        Column("origin", _("origin"), _("Where it was imported from, if it was.")),
    ),
    "author": (
        Column(
            "author_key",
            _("author’s key"),
            _(
                "The same for all that one person signed in this consultation, and"
                " another one in any other consultation."
            ),
            constraints={"pattern": "[0-9a-f]{16}"},
            value=author_key,
        ),
        Column(
            "author_name",
            _("author’s name"),
            _("The public name of the person who signs."),
            value=author_name,
        ),
    ),
    "institution": (
        Column(
            "institution",
            _("institution"),
            _(
                "Which signs instead of a person, who is not told: a row of"
                " institutions.csv."
            ),
            value=lambda line, _dataset: line.institution and line.institution.slug,
        ),
        Column(
            "service",
            _("service"),
            _("The part of the institution that speaks."),
            value=lambda line, _dataset: line.institution and line.institution.service,
        ),
        Column(
            "verification",
            _("verification"),
            _(
                "When the attestation in force at that instant was made: a row of"
                " verifications.csv."
            ),
            "datetime",
            value=lambda line, _dataset: (
                line.institution and line.institution.verification
            ),
        ),
    ),
    "title": (Column("title", _("title"), _("Plain text.")),),
    "section": (
        Column(
            "section",
            _("section"),
            _("Of the debate in which it stands: a row of sections.csv."),
        ),
    ),
    "themes": (
        Column(
            "themes",
            _("themes"),
            _("A list in JSON."),
            "array",
            value=themes_of,
        ),
    ),
    # A table of their own.
    "appendices": (),
    "text": (_TEXT,),
    "proposal.text": (_RICH,),
    "response.text": (_RICH,),
    "proposal.totals": (
        *total_columns("agree", _("agree"), _("Votes “agree”, in all.")),
        *total_columns("mixed", _("mixed"), _("Votes “mixed”, in all.")),
        *total_columns("disagree", _("disagree"), _("Votes “disagree”, in all.")),
    ),
    "totals": total_columns(
        "support", _("supports"), _("How many people find it convincing.")
    ),
    "hangs_on": (
        Column(
            "hangs_on",
            _("hangs on"),
            _("Number of the contribution under which it stands."),
            "integer",
            REQUIRED | {"minimum": 1},
        ),
    ),
    "side": (
        Column(
            "side",
            _("side"),
            _("for or against the proposal."),
            constraints=REQUIRED | {"enum": ["for", "against"]},
        ),
    ),
    "category": (
        Column(
            "category",
            _("category"),
            _("What sort of document it is."),
            constraints=REQUIRED,
        ),
    ),
    "link": (Column("link", _("address"), _("Where the document is.")),),
    "note": (Column("note", _("note"), _("Plain text, as it was typed.")),),
    "masked": (
        Column(
            "masked",
            _("masked"),
            _("Whether moderators put a mark in the place of a passage."),
            "boolean",
            value=whether_masked,
        ),
    ),
    "outcome": (
        Column(
            "outcome",
            _("outcome"),
            _("What becomes of the proposal, as the institution answers."),
            constraints={"enum": Outcome.values},
        ),
    ),
    "transferred_to": (
        Column(
            "transferred_to",
            _("transferred to"),
            _("Whom the proposal concerns, where it is handed on."),
        ),
    ),
    "agent_name": (
        Column(
            "agent_name",
            _("name of the agent"),
            _("Who signs for the institution, where they agree to be named."),
        ),
    ),
    "agent_function": (
        Column("agent_function", _("function of the agent"), _("Plain text.")),
    ),
    "judgement": (
        Column(
            "judged_at",
            _("judged on"),
            _("In UTC: when the author of the proposal said what they think of it."),
            "datetime",
            value=lambda line, _dataset: line.judgement and line.judgement.judged_at,
        ),
        Column(
            "thanked",
            _("thanked"),
            _("Whether the author of the proposal says thank you."),
            "boolean",
            value=lambda line, _dataset: line.judgement and line.judgement.thanked,
        ),
        Column(
            "answers",
            _("answers the question"),
            _("Whether it does, as the author of the proposal finds."),
            constraints={"enum": Satisfaction.values},
            value=lambda line, _dataset: line.judgement and line.judgement.answers,
        ),
    ),
}
