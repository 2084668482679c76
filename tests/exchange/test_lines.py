"""A line says everything of what it stands for, and nothing that it does not."""

from typing import Any

import pytest

from exchange.lines import BadLine, line_from_value, read_line, write_line
from tests.exchange.values import LINES

WITHHELD_ARGUMENT = {
    name: value
    for name, value in LINES["argument"].items()
    if name not in {"author", "title", "text", "totals"}
}


@pytest.mark.parametrize("kind", LINES)
def test_each_kind_of_line_reads_as_it_was_written(kind: str) -> None:
    line = line_from_value(LINES[kind])

    assert read_line(write_line(line)) == line
    assert line.as_value() == LINES[kind]


def test_a_field_that_holds_its_default_is_left_out() -> None:
    line = line_from_value(LINES["debate"] | {"question": "", "sections": []})

    assert b"question" not in write_line(line)
    assert b"sections" not in write_line(line)


def test_an_instant_is_written_in_utc() -> None:
    line = line_from_value(
        LINES["debate"] | {"opens_at": "2026-09-01T09:00:00.000001+02:00"}
    )

    assert b'"opens_at":"2026-09-01T07:00:00.000001+00:00"' in write_line(line)


def test_a_text_that_was_typed_irregularly_is_written_regularly() -> None:
    line = line_from_value(
        LINES["debate"] | {"question": " Voulez-vous\r\nle cafe\u0301 ? "}
    )

    assert "Voulez-vous\\nle café ?" in write_line(line).decode()


@pytest.mark.parametrize("status", ["published", "hidden", "withdrawn"])
def test_what_cannot_be_read_keeps_its_place_without_author_or_words(
    status: str,
) -> None:
    ground = {"ground": "insults"} if status == "hidden" else {}

    line = line_from_value(WITHHELD_ARGUMENT | ground | {"status": status})

    assert not line.is_signed


@pytest.mark.parametrize(
    "words",
    [
        {"text": "Des mots."},
        {"title": "Un titre"},
        {"totals": {"support": {"live": 1}}},
    ],
)
def test_words_that_nobody_signs_are_refused(words: dict[str, Any]) -> None:
    with pytest.raises(BadLine, match="nobody who signs"):
        line_from_value(WITHHELD_ARGUMENT | words)


def test_a_person_and_an_institution_do_not_sign_together() -> None:
    with pytest.raises(BadLine, match="not both"):
        line_from_value(LINES["argument"] | {"institution": {"slug": "metropole"}})


def test_one_line_cannot_use_up_the_numbers() -> None:
    assert line_from_value(LINES["proposal"] | {"number": 10**12})

    with pytest.raises(BadLine, match="number: "):
        line_from_value(LINES["proposal"] | {"number": 10**12 + 1})
