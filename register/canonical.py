"""The one form in which lines of the register and receipts are written, byte for byte.

It stays inside the part of JSON on which every serialiser agrees: objects with ASCII
keys, arrays, strings, small integers, booleans and null. docs/register-format.md states
it, tests/exchange/vectors.json freezes it.
"""

import json
from typing import Any, NoReturn

# The integers that every reader of JSON holds exactly (RFC 8259 §6).
GREATEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """These bytes, or this value, are outside the form. The message says why."""


def dumps(value: Any) -> bytes:
    """The value's only form: sorted keys, no blanks, UTF-8, no line break.

    Raises NotCanonical for a float, a great integer, a key that is not ASCII or half
    of a surrogate pair.
    """
    _check(value)
    text = json.dumps(
        value,
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return text.encode()


def loads(line: bytes) -> Any:
    """The value of a line, which must be in its only form.

    Raises NotCanonical when it is not, or not JSON at all.
    """
    try:
        value = json.loads(
            line.decode(), object_pairs_hook=_object, parse_constant=_refuse_constant
        )
        form = dumps(value)
    except NotCanonical:
        raise
    except UnicodeDecodeError as error:
        raise NotCanonical("the line is not UTF-8") from error
    except RecursionError as error:
        raise NotCanonical("the line is nested too deeply") from error
    except ValueError as error:  # an integer of thousands of digits is one too
        raise NotCanonical(f"the line is not JSON: {error}") from error
    if form != line:
        raise NotCanonical(
            "the line is not in canonical form (sorted keys, no blanks, UTF-8)"
        )
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical("a key stands twice in one object")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise NotCanonical(f"{name} is not a number")


def _check(value: Any) -> None:
    match value:
        case str():
            _check_string(value)
        case list():
            for item in value:
                _check(item)
        case dict():
            for key, item in value.items():
                _check_key(key)
                _check(item)
        case None | bool():
            pass
        case int():
            if abs(value) > GREATEST_INTEGER:
                raise NotCanonical("an integer is too great")
        case _:
            raise NotCanonical(f"a {type(value).__name__} has no form here")


def _check_key(key: Any) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise NotCanonical("a key is not ASCII text")


def _check_string(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a text holds a lone surrogate") from error
