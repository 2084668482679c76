"""After the closing, what is hidden leaves the files, and what is erased for good."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exchange.recounts import wrong_citations, wrong_receipts
from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import (
    AlreadyWithheld,
    NothingToDecide,
    NotSealed,
    hide_contribution,
    mask_passage,
    undo_decision,
)
from moderation.enums import SealedPart
from moderation.models import Decision, Withholding
from proposals.models import Appendix, Proposal
from register.actions import NotTheirs
from register.enums import Status
from register.models import Contribution, OriginalWords, Receipt
from tests.exchange.commands import export as export_register
from tests.exchange.commands import run
from tests.factories import ProposalFactory
from tests.moderation.sealing import (
    TELEPHONE,
    because,
    check,
    export,
    sealed,
    withhold,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(moderator):
    return sealed(moderator)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "seal"


def withheld(*rows):
    """The parts of these that are withheld now, by number."""
    last = {
        (act.leaf.contribution_id, act.part): act.is_withheld
        for act in Withholding.objects.order_by("pk").select_related("leaf")
    }
    numbers = {row.pk for row in rows}
    return {key for key, is_withheld in last.items() if is_withheld} & {
        (number, part) for number in numbers for part in SealedPart.values
    }


def both_parts(*rows):
    return {(row.pk, part) for row in rows for part in SealedPart.values}


def test_hiding_withholds_it_and_all_that_hangs_on_it(said, moderator, folder):
    hide_contribution(
        actor=moderator, contribution=said.proposal, reasons=because("hatred")
    )

    rows = (said.proposal, said.argument, said.source)
    assert withheld(*rows, said.withdrawn) == both_parts(*rows)
    decision = Decision.objects.get(contribution=said.proposal)
    acts = Withholding.objects.filter(decision=decision)
    assert {(act.ground.slug, act.is_final) for act in acts} == {("hatred", False)}
    entry = JournalEntry.objects.filter(act=Act.PART_WITHHELD).first()
    assert entry.facts == {"decision": decision.pk, "parts": 6}
    assert check(export(said, folder)).lines[0] == "intact"
    assert "Ouvrir le dimanche" not in (folder / "disclosures.jsonl").read_text()


def test_restoring_discloses_what_nothing_else_hides(said, moderator, folder):
    hide = because("insults")
    hide_contribution(actor=moderator, contribution=said.argument, reasons=hide)
    hide_contribution(actor=moderator, contribution=said.proposal, reasons=hide)

    undo_decision(
        actor=moderator, decision=Decision.objects.get(contribution=said.proposal)
    )

    assert withheld(said.proposal, said.argument, said.source) == both_parts(
        said.argument, said.source
    )
    assert JournalEntry.objects.filter(act=Act.PART_DISCLOSED).count() == 1
    assert check(export(said, folder)).lines[0] == "intact"
    assert "Ouvrir le dimanche" in (folder / "disclosures.jsonl").read_text()


def test_what_was_hidden_before_the_closing_agrees_with_the_seal_once_restored(
    said, moderator, folder
):
    undo_decision(
        actor=moderator, decision=Decision.objects.get(contribution=said.hidden)
    )

    assert withheld(said.hidden, said.under) == set()
    assert check(export(said, folder)).lines[0] == "intact"
    assert "Sous une injure" in (folder / "disclosures.jsonl").read_text()


def test_a_mask_withholds_the_text_until_it_is_taken_away(said, moderator, folder):
    mask_passage(
        actor=moderator,
        contribution=said.institutional,
        reasons=because("personal-data"),
        passage="bibliothèque",
    )
    assert withheld(said.institutional) == {(said.institutional.pk, "text")}

    undo_decision(
        actor=moderator,
        decision=Decision.objects.get(contribution=said.institutional),
    )
    undo_decision(
        actor=moderator, decision=Decision.objects.get(contribution=said.masked)
    )

    assert withheld(said.institutional, said.masked) == set()
    assert check(export(said, folder)).lines[0] == "intact"
    assert TELEPHONE in (folder / "disclosures.jsonl").read_text()


def test_a_text_withheld_for_good_is_nowhere_any_more(said, organiser, folder):
    said.proposal.themes.add("Secret")
    withhold(organiser, said.masked, SealedPart.TEXT)
    withhold(organiser, said.proposal, SealedPart.TEXT)

    row = Proposal.objects.get(pk=said.masked.pk)
    assert (row.status, row.title, row.text) == (Status.HIDDEN, "", "")
    assert not Appendix.objects.filter(
        proposal__in=[said.masked, said.proposal]
    ).exists()
    assert not OriginalWords.objects.exists()
    assert bytes(Receipt.objects.get(pk=row.pk).salt) == b""
    assert list(said.proposal.themes.all()) == []
    held = StringIO()
    call_command("dumpdata", "register", "proposals", "moderation", stdout=held)
    assert TELEPHONE not in held.getvalue()
    assert "Ouvrir le dimanche" not in held.getvalue()
    checked = check(export(said, folder))
    assert checked.lines[0] == "intact"
    assert any("for good" in line for line in checked.withheld)


def test_verify_and_the_register_stay_clean_after_it(said, organiser):
    withhold(organiser, said.argument, SealedPart.TEXT)
    withhold(organiser, said.proposal, SealedPart.NAME)
    withhold(organiser, said.institutional, SealedPart.NAME)

    assert list(wrong_receipts()) == list(wrong_citations()) == []
    assert run("verify").status == 0
    assert b"Ouvrir le dimanche" in export_register()


def test_a_name_withheld_for_good_gives_way_to_nobody(said, organiser, folder):
    author = said.argument.author
    withhold(organiser, said.argument, SealedPart.NAME)
    withhold(organiser, said.institutional, SealedPart.NAME)

    row = Contribution.objects.get(pk=said.argument.pk)
    assert row.status == Status.PUBLISHED
    assert row.author.pk != author.pk
    assert (row.author.email, row.author.is_active) == (None, False)
    assert not row.author.has_usable_password()
    unnamed = Contribution.objects.get(pk=said.institutional.pk)
    assert (unnamed.institution, unnamed.service, unnamed.verification) == (
        None,
        "",
        None,
    )
    assert check(export(said, folder)).lines[0] == "intact"
    published = (folder / "disclosures.jsonl").read_text()
    assert author.display_name not in published
    assert "Je dis" in published


def test_what_is_withheld_for_good_is_not_restored(said, organiser, moderator):
    withhold(organiser, said.argument, SealedPart.TEXT)
    hiding = Decision.objects.get(contribution=said.argument)

    with pytest.raises(NothingToDecide):
        undo_decision(actor=moderator, decision=hiding)
    with pytest.raises(AlreadyWithheld):
        withhold(organiser, said.argument, SealedPart.TEXT)


def test_a_name_withheld_for_good_stays_so_when_what_is_above_is_restored(
    said, organiser, moderator
):
    withhold(organiser, said.under, SealedPart.NAME)

    undo_decision(
        actor=moderator, decision=Decision.objects.get(contribution=said.hidden)
    )

    assert withheld(said.under) == {(said.under.pk, "name")}
    assert json.loads(said.closing.leaves.get(contribution=said.under).text)
    assert said.closing.leaves.get(contribution=said.under).name == ""


def test_the_lines_and_the_root_never_change(said, organiser):
    before = list(said.closing.leaves.values_list("position", "line"))
    root = said.closing.root

    withhold(organiser, said.argument, SealedPart.TEXT)
    withhold(organiser, said.argument, SealedPart.NAME)

    assert list(said.closing.leaves.values_list("position", "line")) == before
    assert said.closing.root == root


def test_only_administrators_withhold_for_good(said, moderator, participant):
    for person in (moderator, participant):
        with pytest.raises(NotTheirs):
            withhold(person, said.argument, SealedPart.TEXT)


def test_what_is_not_sealed_is_hidden_instead(organiser):
    with pytest.raises(NotSealed):
        withhold(organiser, ProposalFactory(), SealedPart.TEXT)


def test_the_command_withholds_as_the_administrator(said, organiser):
    out = StringIO()
    arguments = [str(said.argument.pk), "--part=name", "--ground=personal-data"]

    call_command("withhold", *arguments, f"--actor={organiser.email}", stdout=out)

    act = Withholding.objects.get(is_final=True)
    assert (act.by, act.ground.slug) == (organiser, "personal-data")
    assert f"Act {act.pk}" in out.getvalue()
    with pytest.raises(CommandError, match="already"):
        call_command("withhold", *arguments, f"--actor={organiser.email}")
    with pytest.raises(CommandError, match="#999"):
        call_command("withhold", "999", *arguments[1:])
