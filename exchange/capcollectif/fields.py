"""One field of what a platform served: there, and of its type, or a sentence."""

from datetime import UTC, datetime
from typing import Any

from exchange.lines import BadLine

# What a document that is not as expected may raise.
UNREADABLE = (BadLine, ValueError, TypeError, RecursionError, OverflowError)


def field(item: Any, name: str, kind: type, *default: Any) -> Any:
    """A field of that type; null or missing only where a default is given."""
    if not isinstance(item, dict):
        raise BadLine("an object is needed")
    value = item.get(name)
    if value is None and default:
        return default[0]
    if value is None:
        raise BadLine(f"{name}: it is missing")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BadLine(f"{name}: it is of the wrong type")
    return value


def instant(item: Any, name: str) -> str:
    """In UTC, in one form, so that instants sort as text."""
    text = field(item, name, str)
    try:
        read = datetime.fromisoformat(text)
        in_utc = read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f"{name}: {error}") from error
    if read.tzinfo is None:
        raise BadLine(f"{name}: {text} has no offset from UTC")
    return in_utc.isoformat(timespec="microseconds")
