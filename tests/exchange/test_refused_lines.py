"""A line outside the format is refused in a sentence that names the field."""

from typing import Any

import pytest

from exchange.lines import BadLine, read_line
from register import canonical
from tests.exchange.values import LINES

# The kind of line, what it says instead, and what the refusal names.
CHANGED: list[tuple[str, dict[str, Any], str]] = [
    ("register", {"version": 3}, "version"),
    ("register", {"kind": "registre"}, "kind"),
    ("debate", {"slug": "les cantines"}, "slug"),
    ("debate", {"slug": "c" * 81}, "slug"),
    ("debate", {"title": ""}, "title"),
    ("debate", {"title": "t" * 256}, "title"),
    ("debate", {"title": "Les  cantines"}, "title"),
    ("debate", {"question": "ligne\r\nligne"}, "question"),
    ("debate", {"question": "e\u0301"}, "question"),
    ("debate", {"question": "nul\0"}, "question"),
    ("debate", {"opens_at": "2026-09-01"}, "opens_at"),
    ("debate", {"opens_at": "2026-09-01T00:00:00"}, "opens_at"),
    ("debate", {"opens_at": "hier"}, "opens_at"),
    ("debate", {"opens_at": 1}, "opens_at"),
    ("debate", {"opens_at": "2026-09-01T02:00:00+02:00"}, "opens_at"),
    ("debate", {"opens_at": "2026-09-01T00:00:00Z"}, "opens_at"),
    ("debate", {"opens_at": "2026-09-01T00:00:00.000000+00:00"}, "opens_at"),
    ("debate", {"opens_at": "0001-01-01T00:00:00+14:00"}, "opens_at"),
    ("debate", {"closes_at": "9999-12-31T23:59:59-14:00"}, "closes_at"),
    ("debate", {"closes_at": "2026-09-01T00:00:00+00:00"}, "closes_at"),
    ("debate", {"closed_at": "2026-09-30T00:00:00+00:00"}, "closed_at"),
    ("debate", {"accepts": ["votes", "arguments"]}, "accepts"),
    ("debate", {"accepts": ["votes", "votes"]}, "accepts"),
    ("debate", {"accepts": ["insults"]}, "accepts"),
    ("debate", {"sections": [{"slug": "menus"}]}, "title"),
    ("debate", {"sections": []}, "sections"),
    ("ground", {"title": ""}, "title"),
    ("ground", {"title_en": None}, "title_en"),
    ("institution", {"name": "Métropole\0"}, "name"),
    ("institution", {"institution_kind": "club"}, "institution_kind"),
    ("institution", {"siren": "12345678"}, "siren"),
    ("institution", {"website": "w" * 201}, "website"),
    (
        "institution",
        {"verifications": LINES["institution"]["verifications"][::-1]},
        "order",
    ),
    ("proposal", {"number": 0}, "number"),
    ("proposal", {"number": "1"}, "number"),
    ("proposal", {"number": True}, "number"),
    ("proposal", {"hangs_on": 1}, "hangs_on"),
    ("proposal", {"language": "français"}, "language"),
    ("proposal", {"language": "fr-trop-long"}, "language"),
    ("proposal", {"status": "waiting"}, "status"),
    ("proposal", {"status_at": "2026-09-01T00:00:00+00:00"}, "status_at"),
    ("proposal", {"ground": "insults"}, "ground"),
    ("proposal", {"status": "hidden"}, "ground"),
    ("proposal", {"title": ""}, "title"),
    ("proposal", {"text": " blanc"}, "text"),
    ("proposal", {"text": "<p onclick='x()'>a</p>"}, "text"),
    ("proposal", {"text": "<script>x()</script>"}, "text"),
    ("proposal", {"text": '<a href="javascript:x()">a</a>'}, "text"),
    ("proposal", {"appendices": [{"kind": "explanatory", "text": ""}]}, "text"),
    (
        "proposal",
        {"appendices": [{"kind": "explanatory", "text": "<img src=x>"}]},
        "text",
    ),
    ("proposal", {"themes": ["b", "a"]}, "themes"),
    ("proposal", {"themes": ["a", "a"]}, "themes"),
    ("proposal", {"totals": {"agree": {"live": 0}}}, "totals.agree"),
    ("proposal", {"totals": {"agree": {"live": -1}}}, "totals.agree"),
    ("proposal", {"totals": {"agree": {"live": 2_000_000_000}}}, "totals.agree"),
    ("proposal", {"totals": {"agree": {"dead": 1}}}, "totals.agree"),
    ("proposal", {"totals": {"support": {"live": 1}}}, "totals.support"),
    ("argument", {"totals": {"agree": {"live": 1}}}, "totals.agree"),
    ("argument", {"side": "neutral"}, "side"),
    ("argument", {"text": "x" * 2001}, "text"),
    ("argument", {"text": ""}, "text"),
    ("argument", {"author": {"key": "k", "name": ""}}, "author.name"),
    ("argument", {"author": {"key": "", "name": "n"}}, "author.key"),
    ("argument", {"author": {"key": "k", "name": "a\0"}}, "author.name"),
    ("argument", {"author": {"key": "k", "name": "n", "email": "e"}}, "author.email"),
    ("argument", {"votes": 3}, "votes"),
    ("source", {"category": ""}, "category"),
    ("source", {"link": "javascript:alert(1)"}, "link"),
    ("source", {"link": "ftp://exemple.fr"}, "link"),
    ("source", {"link": "https://exemple.fr/a b"}, "link"),
    ("source", {"link": "https://exemple.fr/\0"}, "link"),
    ("source", {"link": ""}, "link"),
    ("source", {"title": ""}, "title"),
    ("source", {"masked": 1}, "masked"),
    ("source", {"masked": False}, "masked"),
    ("response", {"title": "Un titre"}, "title"),
    ("response", {"text": ""}, "text"),
    ("response", {"text": "<script>x()</script>"}, "text"),
    ("response", {"outcome": "done"}, "outcome"),
    ("response", {"outcome": "accepted"}, "transferred_to"),
    ("response", {"transferred_to": ""}, "transferred_to"),
    ("response", {"transferred_to": "à" * 201}, "transferred_to"),
    ("response", {"agent_name": "n" * 151}, "agent_name"),
    ("response", {"institution": {"slug": "metropole"}}, "verified institution"),
    ("response", {"judgement": {"thanked": True}}, "judged_at"),
    ("response", {"totals": {"support": {"live": 1}}}, "totals"),
]


@pytest.mark.parametrize(
    ("kind", "change", "named"), CHANGED, ids=[f"{k}-{list(c)}" for k, c, _ in CHANGED]
)
def test_a_line_that_says_otherwise_is_refused_by_the_name_of_the_field(
    kind: str, change: dict[str, Any], named: str
) -> None:
    line = canonical.dumps(LINES[kind] | change)

    with pytest.raises(BadLine) as refusal:
        read_line(line)

    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("debate", "opens_at"),
        ("ground", "title_en"),
        ("institution", "institution_kind"),
        ("proposal", "debate"),
        ("proposal", "submitted_at"),
        ("argument", "side"),
        ("argument", "hangs_on"),
        ("source", "category"),
        ("source", "language"),
        ("response", "outcome"),
        ("response", "hangs_on"),
    ],
)
def test_a_line_that_lacks_a_field_is_refused_by_its_name(
    kind: str, field: str
) -> None:
    value = {name: each for name, each in LINES[kind].items() if name != field}

    with pytest.raises(BadLine, match=f"^{field}"):
        read_line(canonical.dumps(value))


@pytest.mark.parametrize("line", [b"[]", b"null", b"1", b'"a"', b"{}", b"", b"\xff"])
def test_what_is_no_line_at_all_is_refused(line: bytes) -> None:
    with pytest.raises(BadLine):
        read_line(line)
