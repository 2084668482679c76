"""What the record says of no one: no export holds a word that readers cannot read."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from register.enums import ContributionKind
from register.models import Contribution
from tests.exchange.commands import export, run
from tests.exchange.rich_record import SECRET, fill
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory


def lines(record: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in record.splitlines()]


def test_hidden_words_typists_and_addresses_stand_nowhere_in_an_export(
    db: None,
) -> None:
    fill()

    record = export().decode()

    assert SECRET not in record
    for user in User.objects.exclude(email=None):
        assert user.email not in record
    assert "password" not in record


def test_waiting_rows_and_debates_that_have_not_begun_have_no_line(db: None) -> None:
    fill()

    exported = lines(export())

    slugs = {line["slug"] for line in exported if line["kind"] == "debate"}
    assert slugs == {"cantines", "velos"}
    waiting = set(Contribution.objects.filter(status="waiting").values_list(flat=True))
    assert waiting
    assert not waiting & {line.get("number") for line in exported}


def test_frames_come_first_then_contributions_in_order_of_number(db: None) -> None:
    fill()

    kinds = [line["kind"] for line in lines(export())]
    numbers = [line["number"] for line in lines(export()) if "number" in line]

    frames = [kind for kind in kinds if kind not in ContributionKind.values]
    assert kinds[: len(frames)] == frames
    assert list(dict.fromkeys(frames)) == [
        "register",
        "debate",
        "ground",
        "institution",
    ]
    assert numbers == sorted(set(numbers))


def test_one_debate_is_exported_with_what_it_refers_to_and_nothing_else(
    db: None,
) -> None:
    fill()

    exported = lines(export("--debate", "velos"))

    assert [line["kind"] for line in exported] == [
        "register",
        "debate",
        "proposal",
        "argument",
    ]
    assert {line.get("debate", "velos") for line in exported} == {"velos"}


def test_an_upcoming_debate_has_no_line_until_it_begins(db: None) -> None:
    DebateFactory(slug="avenir", opens_at=timezone.now() + timedelta(minutes=1))

    assert export() == export("--debate", "avenir")
    assert export().count(b"\n") == 1


def test_an_unknown_debate_is_said_in_a_sentence(db: None) -> None:
    result = run("export_register", "--debate", "nulle-part")

    assert (result.status, result.out) == (1, b"")
    assert "nulle-part" in result.err


@pytest.mark.parametrize(
    ("status", "words_stay"), [("hidden", False), ("withdrawn", True)]
)
def test_what_hangs_on_a_withdrawn_row_keeps_its_words_and_on_a_hidden_one_does_not(
    db: None, status: str, words_stay: bool
) -> None:
    proposal = ProposalFactory(**{status: True}, title="Mots de la proposition")
    ArgumentFactory(hangs_on=proposal, text="Mots de quelqu’un d’autre")

    record = export().decode()

    assert "Mots de la proposition" not in record
    assert ("Mots de quelqu’un d’autre" in record) == words_stay


def test_a_record_may_be_exported_whatever_an_organiser_typed_in_the_admin(
    db: None,
) -> None:
    DebateFactory(title="Deux  blancs", question="une\r\nautre e\u0301 ", slug="admin")

    (debate,) = [line for line in lines(export()) if line["kind"] == "debate"]

    assert (debate["title"], debate["question"]) == ("Deux blancs", "une\nautre é")
