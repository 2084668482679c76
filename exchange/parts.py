"""What the lines of a register file are made of."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from exchange.fields import Count, Instant, Name, OneLine, Slug, Text, Title


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def as_value(self) -> dict[str, Any]:
        """The fields that do not hold their default."""
        return self.model_dump(exclude_defaults=True)


class SectionPart(Part):
    slug: Slug
    title: Title


class VerificationPart(Part):
    verified_at: Instant
    attested_by: Name
    evidence: Annotated[Text, Field(min_length=1)]
    revoked_at: Instant | None = None


class AuthorPart(Part):
    key: Annotated[OneLine, Field(min_length=1, max_length=150)]
    name: Annotated[OneLine, Field(min_length=1, max_length=150)]


class SpokenForPart(Part):
    """The institution in whose name it was said."""

    slug: Slug
    service: Annotated[OneLine, Field(max_length=200)] = ""
    # When the verification in force then was made.
    verification: Instant | None = None


class TotalPart(Part):
    """`live`: given by accounts of the site. `imported`: announced by another one."""

    live: Count = 0
    imported: Count = 0

    @model_validator(mode="after")
    def _is_not_zero(self) -> Self:
        if not self.live and not self.imported:
            raise ValueError("a total of zero is left out")
        return self


class AppendixPart(Part):
    kind: Literal["explanatory", "law_in_force", "law_proposed"]
    title: Title = ""
    text: Annotated[Text, Field(min_length=1)]


class JudgementPart(Part):
    """What the author of the proposal says of the response."""

    judged_at: Instant
    thanked: bool = False
    answers: Literal["", "yes", "partly", "no"] = ""
