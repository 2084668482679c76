"""The form of a line is frozen: what these vectors say today they say for ever."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register import canonical

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
ASCII = st.text(st.characters(codec="ascii"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-canonical.GREATEST_INTEGER, canonical.GREATEST_INTEGER)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(ASCII, inner),
)
# Reads a JSON array and writes each item on its line, keys sorted.
JAVASCRIPT = """
const sorted = value =>
  Array.isArray(value) ? value.map(sorted)
  : value && typeof value === "object"
  ? Object.fromEntries(Object.keys(value).sort().map(k => ["." + k, sorted(value[k])]))
  : value;
const rows = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(rows.map(row => JSON.stringify(sorted(row)))));
"""


def says(vector: dict[str, Any]) -> str:
    return vector["says"]


@pytest.mark.parametrize("vector", VECTORS["written"], ids=says)
def test_a_value_is_written_in_these_bytes(vector: dict[str, Any]) -> None:
    assert canonical.dumps(vector["value"]) == vector["bytes"].encode()
    assert canonical.loads(vector["bytes"].encode()) == vector["value"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=says)
def test_these_bytes_are_refused_with_the_reason(vector: dict[str, Any]) -> None:
    line = bytes.fromhex(vector["hex"]) if "hex" in vector else vector["bytes"].encode()

    with pytest.raises(canonical.NotCanonical, match=vector["reason"]):
        canonical.loads(line)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.5, "float"),
        (float("nan"), "float"),
        (float("inf"), "float"),
        (2**53, "too great"),
        ({"é": 1}, "key"),
        ({1: 1}, "key"),
        ({None: 1}, "key"),
        ("\ud83d", "surrogate"),
        (["\ude00"], "surrogate"),
        (b"bytes", "bytes"),
        ({1, 2}, "set"),
        ((1, 2), "tuple"),
    ],
)
def test_a_value_outside_the_form_is_not_written(value: Any, reason: str) -> None:
    with pytest.raises(canonical.NotCanonical, match=reason):
        canonical.dumps(value)


# Just below the limit the reader succeeds, and what looks at its value may not.
@pytest.mark.parametrize("more", range(-60, 60, 7))
def test_a_line_nested_too_deeply_is_refused_and_stops_nothing(more: int) -> None:
    depth = sys.getrecursionlimit() + more

    with suppress(canonical.NotCanonical):
        canonical.loads(b"[" * depth + b"]" * depth)
    with pytest.raises(canonical.NotCanonical, match="nested too deeply"):
        canonical.loads(b"[" * 100_000 + b"]" * 100_000)


def test_an_integer_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(b"9" * 5000)


@given(VALUES)
def test_what_was_written_reads_as_it_was(value: Any) -> None:
    assert canonical.loads(canonical.dumps(value)) == value


@given(VALUES)
def test_a_value_is_always_written_alike_and_on_one_line(value: Any) -> None:
    line = canonical.dumps(value)

    assert canonical.dumps(json.loads(line)) == line
    assert b"\n" not in line


@given(st.binary())
def test_whatever_the_bytes_they_are_read_or_refused(line: bytes) -> None:
    try:
        value = canonical.loads(line)
    except canonical.NotCanonical:
        return
    assert canonical.dumps(value) == line


def test_javascript_writes_the_same_bytes() -> None:
    if shutil.which("node") is None:
        required = os.environ.get("REQUIRE_SERVICES") == "1"
        (pytest.fail if required else pytest.skip)("node is not there")
    rows = [vector["value"] for vector in VECTORS["written"]]
    rows += [random_value(Random(seed)) for seed in range(4_000)]  # noqa: S311

    node = subprocess.run(
        ["node", "-e", JAVASCRIPT],
        input=json.dumps(rows).encode(),
        capture_output=True,
        check=True,
    )

    for row, theirs in zip(rows, json.loads(node.stdout), strict=True):
        assert canonical.dumps(dotted(row)) == theirs.encode()


def dotted(value: Any) -> Any:
    """A dot before each key: JavaScript moves keys that look like integers first."""
    if isinstance(value, dict):
        return {f".{key}": dotted(each) for key, each in value.items()}
    return [dotted(each) for each in value] if isinstance(value, list) else value


def random_value(random: Random, depth: int = 0) -> Any:
    """A value of the form, with many of the characters on which serialisers differ."""
    kinds: list[Any] = [
        lambda: random_text(
            random, '\0\b\t\n\f\r\x1f\x7f\x85\u2028\u2029\ufeff"\\/é👍\U0010ffff'
        ),
        lambda: random.randint(-canonical.GREATEST_INTEGER, canonical.GREATEST_INTEGER),
        lambda: random.choice([None, True, False, 0, -1, ""]),
    ]
    if depth < 4:
        kinds += [
            lambda: [
                random_value(random, depth + 1) for _ in range(random.randint(0, 4))
            ],
            lambda: {
                random_text(random, 'abAB09_-. "\\\x7f\n'): random_value(
                    random, depth + 1
                )
                for _ in range(random.randint(0, 4))
            },
        ]
    return random.choice(kinds)()


def random_text(random: Random, characters: str) -> str:
    return "".join(random.choices(characters, k=random.randint(0, 6)))
