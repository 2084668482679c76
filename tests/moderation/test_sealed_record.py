"""What the sealed record holds, and what nobody can find in it."""

import json
import re

import pytest

from exchange.record import record_lines
from journal.clock import database_now
from moderation.actions import close_debate
from moderation.enums import SealedPart
from moderation.models import Decision
from moderation.seal.folder import NAMES, export_seal
from register import canonical
from register.models import Debate, OriginalWords
from tests.factories import DebateFactory
from tests.moderation.sealing import (
    TELEPHONE,
    check,
    export,
    read_lines,
    sealed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(moderator):
    return sealed(moderator)


@pytest.fixture
def folder(said, tmp_path):
    return export(said, tmp_path / "seal")


def values(folder, name):
    return [canonical.loads(line[:-1]) for line in read_lines(folder / name)]


def disclosed(folder, row):
    """The parts of one contribution that are published, by name."""
    for each in values(folder, "disclosures.jsonl"):
        if each["number"] == row.pk:
            return {
                part: json.loads(each[part])[2]
                for part in SealedPart.values
                if part in each
            }
    return {}


def test_it_is_intact_and_says_what_is_withheld(folder, said):
    checked = check(folder)

    assert (checked.status, checked.lines[0]) == (0, "intact")
    hiding = Decision.objects.get(contribution=said.hidden)
    mask = Decision.objects.get(contribution=said.masked)
    named = [
        (
            re.search(r"#(\d+) \((\w+)\)", line).groups(),
            re.search(r"decision (\d+), ground ([\w-]+)", line).groups(),
        )
        for line in checked.withheld
    ]
    by_hiding, by_mask = (str(hiding.pk), "insults"), (str(mask.pk), "personal-data")
    assert named == [
        ((str(said.masked.pk), "text"), by_mask),
        ((str(said.hidden.pk), "name"), by_hiding),
        ((str(said.hidden.pk), "text"), by_hiding),
        ((str(said.under.pk), "name"), by_hiding),
        ((str(said.under.pk), "text"), by_hiding),
    ]
    assert said.closing.root_in_base64 in checked.lines[-1]


def test_each_line_of_the_record_stands_in_its_place(folder, said):
    lines = values(folder, "record.jsonl")

    kinds = [line["kind"] for line in lines]
    assert kinds[:5] == [
        *("sealed_record", "debate", "ground", "ground", "institution")
    ]
    numbers = [line["number"] for line in lines if "submitted_at" in line]
    assert numbers == sorted(said.debate.contributions.values_list("pk", flat=True))
    assert kinds[-3:] == ["decision", "decision", "period_change"]
    assert lines[0]["figures"] == said.closing.figures


def test_no_word_and_no_name_of_anybody_stands_in_the_lines(folder, said):
    record = (folder / "record.jsonl").read_text()

    for word in (
        "oui",
        "Ouvrir",
        "injure",
        "Lecture",
        "exemple.fr",
        "page 3",
        "Voirie",
    ):
        assert word not in record
    for row in said.debate.contributions.select_related("author"):
        assert row.author.display_name not in record
        assert row.author.public_key not in record


def test_no_hash_of_words_is_published_without_its_salt(folder, said):
    """The receipts' digests have salts of their own, which are the authors'."""
    everything = b"".join((folder / name).read_bytes() for name in NAMES).decode()

    for row in said.debate.contributions.select_related("receipt"):
        assert row.receipt.digest not in everything
        assert bytes(row.receipt.salt).hex() not in everything


def test_what_is_disclosed_is_what_a_reader_reads(folder, said):
    proposal, argument = (
        disclosed(folder, row) for row in (said.proposal, said.argument)
    )

    assert proposal["text"] == {
        "title": "Ouvrir le dimanche",
        "text": said.proposal.text,
        "themes": ["Lecture"],
        "appendices": [{"kind": "explanatory", "text": "<p>Exposé</p>"}],
    }
    author = said.argument.author
    assert argument["name"] == {
        "author": {"key": author.public_key, "name": author.display_name}
    }
    assert disclosed(folder, said.institutional)["name"]["institution"]["service"]
    assert disclosed(folder, said.withdrawn) == {"name": None, "text": None}
    assert disclosed(folder, said.hidden) == {}
    assert disclosed(folder, said.masked).keys() == {"name"}


def test_what_is_under_a_mark_is_committed_to_as_it_was_received(said):
    leaf = said.closing.leaves.get(contribution=said.masked)

    _salt, _part, text = json.loads(leaf.text)

    assert TELEPHONE in text["text"]
    assert TELEPHONE in text["appendices"][0]["text"]
    assert OriginalWords.objects.get().pk == said.masked.pk


def test_totals_of_what_shows_stand_in_the_line(folder, said):
    record = values(folder, "record.jsonl")
    lines = {line["number"]: line for line in record if "submitted_at" in line}

    assert lines[said.proposal.pk]["totals"] == {"agree": {"live": 1}}
    assert lines[said.argument.pk]["totals"] == {"support": {"live": 1}}
    assert "totals" not in lines[said.hidden.pk]


def test_every_salt_is_another_one(moderator):
    leaves = sealed(moderator).closing.leaves.exclude(contribution=None)

    salts = [json.loads(said)[0] for leaf in leaves for said in (leaf.name, leaf.text)]

    assert len(set(salts)) == len(salts) == 16
    assert all(re.fullmatch("[0-9a-f]{32}", salt) for salt in salts)


def test_a_debate_without_a_contribution_is_sealed_too(moderator, tmp_path):
    closing = close_debate(debate=DebateFactory(ended=True), actor=moderator)

    export_seal(closing, tmp_path)

    assert check(tmp_path).lines[:1] == ["intact"]
    assert closing.size == 2


def test_the_lines_are_those_of_the_register_but_for_what_is_committed_to(
    moderator, tmp_path
):
    said = sealed(moderator)
    debates = Debate.objects.filter(pk=said.debate.pk)

    lines = values(export(said, tmp_path / "seal"), "record.jsonl")

    for line in record_lines(debates, at=database_now()):
        value = line.as_value()
        if value["kind"] == "register":
            continue
        sealed_line = next(
            each
            for each in lines
            if each["kind"] == value["kind"]
            and each.get("number", each.get("slug"))
            == value.get("number", value.get("slug"))
        )
        shared = sealed_line.keys() & value.keys()
        if "number" in value:
            shared -= {"name", "text"}
            assert {"status", "status_at", "submitted_at"} <= shared
        assert {key: value[key] for key in shared} == {
            key: sealed_line[key] for key in shared
        }
