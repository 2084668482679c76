"""What a single value of a register line may be."""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from register.text import clean_text, clean_title

# One line cannot use up the numbers of those that come after.
GREATEST_NUMBER = 1_000_000_000_000
# Two of them still fit in a counter of the database.
GREATEST_COUNT = 1_000_000_000


def _instant(value: Any) -> Any:
    """An instant is written in UTC with its offset, to the microsecond at most."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("an instant is needed, with its offset from UTC")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the instant is before year 1 or after year 9999") from error


_Ordered = TypeVar("_Ordered", bound=list)


def in_order(values: _Ordered) -> _Ordered:
    if sorted(set(values)) != values:
        raise ValueError("the values are not in order, each once")
    return values


Instant = Annotated[
    datetime, BeforeValidator(_instant), PlainSerializer(datetime.isoformat)
]
# Texts are made regular on the way out; on the way in `read_line` refuses the others.
Text = Annotated[str, AfterValidator(clean_text)]
OneLine = Annotated[str, AfterValidator(clean_title)]
Title = Annotated[OneLine, Field(max_length=255)]
Name = Annotated[OneLine, Field(min_length=1, max_length=200)]
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=100)]
Number = Annotated[int, Field(gt=0, le=GREATEST_NUMBER)]
Count = Annotated[int, Field(ge=0, le=GREATEST_COUNT)]
