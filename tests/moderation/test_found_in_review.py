"""What an independent review could do, and nobody can now."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.counters import misplaced
from moderation.actions import close_debate, refuse_held, suspend_author, undo_decision
from moderation.enums import SealedPart
from moderation.models import SealedLeaf
from proposals.models import OfficialResponse
from register.actions.posting import give_receipt
from register.enums import Status
from tests.exchange.commands import export as export_register
from tests.factories import (
    ArgumentFactory,
    OfficialResponseFactory,
    ProposalFactory,
    UserFactory,
    act_on,
)
from tests.moderation.deciding import discrepancies, reasons
from tests.moderation.sealing import check, discuss, export, read_lines, withhold
from tests.moderation.test_held_items import held_argument

pytestmark = pytest.mark.django_db


def suspend(moderator, row):
    until = timezone.now() + timedelta(days=7)
    return suspend_author(
        actor=moderator, contribution=row, reasons=reasons(), until=until
    )


def test_the_seal_does_not_say_for_what_somebody_was_suspended(moderator):
    said = discuss(moderator)
    suspension = suspend(moderator, said.argument)
    end = undo_decision(actor=moderator, decision=suspension)

    close_debate(debate=said.debate, actor=moderator)

    leaves = SealedLeaf.objects.filter(line__contains='"kind":"decision"')
    about = {
        line["number"]: line["contribution"]
        for line in map(json.loads, leaves.values_list("line", flat=True))
    }
    assert about[suspension.pk] is about[end.pk] is None
    assert said.hidden.pk in about.values()


def test_who_wrote_below_does_not_learn_whom_a_suspension_is_about(
    client, moderator, participant
):
    row = ProposalFactory()
    below = ArgumentFactory(hangs_on=row, author=participant)
    act_on(row, below)
    decision = suspend(moderator, row)
    client.force_login(participant)

    page = client.get(decision.get_absolute_url()).content.decode()

    assert f"#{below.pk}" not in page
    assert client.get(f"/decisions/{decision.pk}/texte/").status_code == 404


def test_a_response_whose_name_is_withheld_stays_its_institutions(
    moderator, tmp_path, client
):
    said = discuss(moderator)
    row = OfficialResponseFactory(hangs_on=said.proposal, agent_name="Jeanne Agent")
    act_on(row)
    give_receipt(row)
    close_debate(debate=said.debate, actor=moderator)
    administrator = UserFactory(is_staff=True, is_superuser=True, display_name="Ada")

    withhold(administrator, row, SealedPart.NAME)

    folder = export(said, tmp_path / "seal")
    page = client.get(f"/propositions/{said.proposal.pk}/").content
    files = [(folder / "disclosures.jsonl").read_bytes(), export_register(), page]
    assert not any(b"Jeanne Agent" in file for file in files)
    assert OfficialResponse.objects.get(pk=row.pk).institution == row.institution
    assert check(folder).lines[0] == "intact"
    assert [*misplaced(), *discrepancies()] == []


def test_what_was_refused_still_waits_for_its_authors_address(moderator):
    row = held_argument(UserFactory())
    decision = refuse_held(actor=moderator, contribution=row, reasons=reasons())

    undo_decision(actor=moderator, decision=decision)

    row.refresh_from_db()
    assert (row.status, row.submission.is_held) == (Status.WAITING, False)
    assert discrepancies() == []


@pytest.mark.parametrize(
    ("sign", "forged"),
    [
        (b'"text":', b'"text":"forged","text":'),
        (b'{"leaf"', b'{"words":"forged","leaf"'),
    ],
)
def test_words_that_nothing_commits_to_are_seen(moderator, tmp_path, sign, forged):
    said = discuss(moderator)
    close_debate(debate=said.debate, actor=moderator)
    folder = export(said, tmp_path / "seal")
    lines = read_lines(folder / "disclosures.jsonl")
    lines[0] = lines[0].replace(sign, forged, 1)
    (folder / "disclosures.jsonl").write_bytes(b"".join(lines))

    checked = check(folder)

    assert checked.status == 1
    assert "differs: disclosures.jsonl (line 1)" in checked.problems
