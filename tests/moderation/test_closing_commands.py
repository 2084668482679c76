"""Closing a debate and exporting its seal as an operator does."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moderation.models import Closing
from tests.factories import DebateFactory, ProposalFactory
from tests.moderation.sealing import check, discuss

pytestmark = pytest.mark.django_db


def test_a_debate_is_closed_exported_and_checked_by_commands(moderator, tmp_path):
    said = discuss(moderator)
    out = StringIO()

    call_command(
        "close_debate",
        said.debate.slug,
        motive="Fin prévue.",
        actor=moderator.email,
        stdout=out,
    )
    folder = tmp_path / "made" / "here"
    call_command("export_seal", said.debate.slug, output=folder, stderr=StringIO())

    closing = Closing.objects.get()
    assert (closing.motive, closing.closed_by) == ("Fin prévue.", moderator)
    assert closing.root_in_base64 in out.getvalue()
    assert "participants: " in out.getvalue()
    checked = check(folder)
    assert checked.lines[0] == "intact"
    assert closing.root_in_base64 in checked.lines[-1]


def test_what_waits_is_named_and_nothing_is_closed():
    debate = DebateFactory(ended=True, confirmation_hours=0)
    rows = ProposalFactory.create_batch(25, debate=debate, waiting=True)
    err = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command("close_debate", debate.slug, stderr=err)

    assert refusal.value.returncode == 1
    assert f"too_late: #{rows[0].pk} " in err.getvalue()
    assert "and 5 more" in err.getvalue()
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("trait", "sentence"), [("open", "has not ended"), ("closed", "is closed")]
)
def test_what_cannot_be_closed_is_refused_with_a_sentence(db, trait, sentence):
    debate = DebateFactory(**{trait: True})

    with pytest.raises(CommandError, match=sentence):
        call_command("close_debate", debate.slug)


def test_unknown_names_are_refused(db):
    debate = DebateFactory(ended=True)
    for command, arguments in (
        ("close_debate", ["rien"]),
        ("close_debate", [debate.slug, "--actor=rien@exemple.fr"]),
        ("export_seal", [debate.slug, "--output=/tmp"]),
    ):
        with pytest.raises(CommandError, match="No "):
            call_command(command, *arguments)
