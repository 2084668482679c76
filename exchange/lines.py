"""The lines of a register file: which fields each kind has, and what they may hold.

docs/register-format.md is written from this file. A field that holds its default is
left out of the line.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from arguments.models import ARGUMENT_MAX_LENGTH
from exchange.fields import (
    Count,
    Instant,
    Name,
    Number,
    OneLine,
    Slug,
    Text,
    Title,
    in_order,
)
from exchange.parts import (
    AppendixPart,
    AuthorPart,
    JudgementPart,
    Part,
    SectionPart,
    SpokenForPart,
    TotalPart,
    VerificationPart,
)
from register import canonical
from register.text import clean_rich_text


class RegisterLine(Part):
    """The first line: what the file is."""

    kind: Literal["register"]
    version: Literal[1, 2]


# What is written. Version 1 knew no official response and no masked passage.
HEADING = RegisterLine(kind="register", version=2)
HEADINGS = [RegisterLine(kind="register", version=1), HEADING]


class DebateLine(Part):
    kind: Literal["debate"]
    slug: Annotated[Slug, Field(max_length=80)]
    title: Annotated[Title, Field(min_length=1)]
    question: Text = ""
    opens_at: Instant
    closes_at: Instant
    closed_at: Instant | None = None
    # With how many contributions it was closed: a file cut short does not close it.
    # Official responses that came after are not among them.
    contributions: Count = 0
    accepts: Annotated[
        list[Literal["arguments", "proposals", "sources", "votes"]],
        AfterValidator(in_order),
    ] = []
    sections: list[SectionPart] = []

    @model_validator(mode="after")
    def _opens_then_ends_then_is_closed(self) -> Self:
        if self.closes_at <= self.opens_at:
            raise ValueError("closes_at must come after opens_at")
        if self.closed_at and self.closed_at < self.closes_at:
            raise ValueError("closed_at comes before closes_at")
        if self.contributions and not self.closed_at:
            raise ValueError("contributions are counted once the debate is closed")
        return self


class GroundLine(Part):
    kind: Literal["ground"]
    slug: Annotated[Slug, Field(max_length=60)]
    title: Name
    title_en: Name


class InstitutionLine(Part):
    kind: Literal["institution"]
    slug: Annotated[Slug, Field(max_length=80)]
    name: Name
    institution_kind: Literal[
        "state",
        "local_authority",
        "public_body",
        "association",
        "federation",
        "company",
        "organiser",
    ]
    website: Annotated[OneLine, Field(max_length=200)] = ""
    siren: Annotated[str, Field(pattern=r"^([0-9]{9})?$")] = ""
    verifications: list[VerificationPart] = []

    @model_validator(mode="after")
    def _verifications_stand_in_order(self) -> Self:
        in_order([part.verified_at for part in self.verifications])
        return self


class _ContributionLine(Part):
    number: Number
    debate: Slug
    submitted_at: Instant
    language: Annotated[
        str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)?$", max_length=8)
    ]
    status: Literal["published", "hidden", "withdrawn"]
    status_at: Instant
    ground: Slug | None = None
    origin: Annotated[OneLine, Field(max_length=150)] = ""
    author: AuthorPart | None = None
    institution: SpokenForPart | None = None
    # Moderators put a mark in the place of a passage.
    masked: bool = False

    # What a signed contribution cannot lack, and an unsigned one cannot have.
    _essential_words: tuple[str, ...] = ()
    _other_words: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        return self.author is not None or self.institution is not None

    @model_validator(mode="after")
    def _signature_and_words_come_together(self) -> Self:
        if self.author and self.institution:
            raise ValueError("either a person or an institution signs, not both")
        if self.is_signed:
            missing = [
                name for name in self._essential_words if not getattr(self, name)
            ]
            if missing:
                raise ValueError(f"{', '.join(missing)}: nothing is there")
        elif self.masked or any(
            getattr(self, name) for name in (*self._essential_words, *self._other_words)
        ):
            raise ValueError("there are words and nobody who signs them")
        return self

    @model_validator(mode="after")
    def _only_what_is_hidden_has_a_ground(self) -> Self:
        if (self.status == "hidden") != (self.ground is not None):
            raise ValueError("what is hidden has a ground, and nothing else has one")
        if self.status_at < self.submitted_at:
            raise ValueError("status_at comes before submitted_at")
        return self


class ProposalLine(_ContributionLine):
    kind: Literal["proposal"]
    section: Slug | None = None
    title: Title = ""
    text: Text = ""
    themes: Annotated[
        list[Annotated[OneLine, Field(min_length=1, max_length=100)]],
        AfterValidator(in_order),
    ] = []
    appendices: list[AppendixPart] = []
    totals: dict[Literal["agree", "mixed", "disagree"], TotalPart] = {}

    _essential_words = ("title",)
    _other_words = ("text", "themes", "appendices", "totals")


class ArgumentLine(_ContributionLine):
    kind: Literal["argument"]
    hangs_on: Number
    side: Literal["for", "against"]
    title: Title = ""
    text: Annotated[Text, Field(max_length=ARGUMENT_MAX_LENGTH)] = ""
    totals: dict[Literal["support"], TotalPart] = {}

    _essential_words = ("text",)
    _other_words = ("title", "totals")


class SourceLine(_ContributionLine):
    kind: Literal["source"]
    hangs_on: Number
    category: Annotated[Title, Field(min_length=1, max_length=100)]
    title: Title = ""
    link: Annotated[OneLine, Field(pattern=r"^(https?://\S+)?$", max_length=2000)] = ""
    note: Text = ""
    totals: dict[Literal["support"], TotalPart] = {}

    _essential_words = ("title", "link")
    _other_words = ("note", "totals")


class ResponseLine(_ContributionLine):
    kind: Literal["response"]
    hangs_on: Number
    outcome: Literal["accepted", "partly", "refused", "under_study", "transferred"]
    transferred_to: Annotated[OneLine, Field(max_length=200)] = ""
    text: Text = ""
    agent_name: Annotated[OneLine, Field(max_length=150)] = ""
    agent_function: Annotated[OneLine, Field(max_length=200)] = ""
    judgement: JudgementPart | None = None

    _essential_words = ("text",)
    _other_words = ("transferred_to", "agent_name", "agent_function", "judgement")

    @model_validator(mode="after")
    def _is_signed_by_a_verified_institution(self) -> Self:
        institution = self.institution
        if self.author or (institution and not institution.verification):
            raise ValueError("a verified institution signs a response, and nobody else")
        is_handed_on = self.outcome == "transferred"
        if self.is_signed and bool(self.transferred_to) != is_handed_on:
            raise ValueError("transferred_to says to whom, and only if it is")
        return self


ContributionLine = ProposalLine | ArgumentLine | SourceLine | ResponseLine
FrameLine = RegisterLine | DebateLine | GroundLine | InstitutionLine
Line = Annotated[FrameLine | ContributionLine, Field(discriminator="kind")]

_LINE: TypeAdapter[FrameLine | ContributionLine] = TypeAdapter(Line)


class BadLine(ValueError):
    """A line cannot be read. The message says which field and why."""


def line_from_value(value: Any) -> FrameLine | ContributionLine:
    """Check a value against the format. Raises BadLine."""
    try:
        return _LINE.validate_python(value)
    except ValidationError as error:
        raise BadLine("; ".join(map(_sentence, error.errors()))) from error


def read_line(data: bytes) -> FrameLine | ContributionLine:
    """Read the bytes of one line, without its line break. Raises BadLine."""
    try:
        value = canonical.loads(data)
    except canonical.NotCanonical as error:
        raise BadLine(str(error)) from error
    line = line_from_value(value)
    regular = line.as_value()
    if irregular := [name for name in value if value[name] != regular.get(name)]:
        raise BadLine(
            f"{', '.join(irregular)}: not as the format writes it (regular text,"
            " instants in UTC, defaults left out)"
        )
    if isinstance(line, ProposalLine):
        _check_rich_texts(line.text, *(each.text for each in line.appendices))
    elif isinstance(line, ResponseLine):
        _check_rich_texts(line.text)
    return line


def _check_rich_texts(*texts: str) -> None:
    """Raises BadLine for HTML that the register does not keep; blanks may differ."""
    for text in texts:
        if clean_rich_text(text).split() != text.split():
            raise BadLine("text: it holds HTML that the register does not keep")


def write_line(line: FrameLine | ContributionLine) -> bytes:
    """The bytes of one line, without its line break."""
    return canonical.dumps(line.as_value())


def _sentence(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"][1:])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
