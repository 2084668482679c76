"""Hiding takes words out of sight everywhere at once; their number stays."""

from datetime import timedelta

import pytest

from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import NothingToDecide, hide_contribution
from moderation.enums import DecisionKind, StaffRole
from moderation.models import Decision
from register.actions import NotTheirs
from register.enums import Status
from register.gate import NotAccepted
from register.models import Contribution, Debate
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    OfficialResponseFactory,
    ProposalFactory,
    SourceFactory,
)
from tests.moderation.deciding import FACTS, discrepancies, hide, publish, reasons

pytestmark = pytest.mark.django_db

KINDS = {
    "proposal": ProposalFactory,
    "argument": ArgumentFactory,
    "source": SourceFactory,
    "response": OfficialResponseFactory,
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_is_out_of_sight_with_its_ground_and_instant(
    moderator, at, kind
):
    row = KINDS[kind]()
    publish(row)
    instant = row.submitted_at + timedelta(days=2)
    at(instant)

    decision = hide(moderator, row)

    assert (row.status, row.status_at) == (Status.HIDDEN, instant)
    assert row.ground.slug == "insults"
    assert not Contribution.objects.visible().filter(pk=row.pk).exists()
    assert Contribution.objects.recorded().filter(pk=row.pk).exists()
    assert (decision.kind, decision.facts) == (DecisionKind.HIDE, FACTS)
    assert (decision.decided_at, decision.decided_by) == (instant, moderator)
    assert decision.role == StaffRole.MODERATOR
    assert discrepancies() == []


def test_what_hangs_on_it_goes_with_it_and_keeps_its_own_status(moderator):
    proposal = ProposalFactory()
    argument = ArgumentFactory(hangs_on=proposal)
    source = SourceFactory(hangs_on=argument)
    publish(proposal, argument, source)

    hide(moderator, proposal)

    assert not Contribution.objects.visible().exists()
    argument.refresh_from_db()
    assert argument.status == Status.PUBLISHED
    assert discrepancies() == []


def test_what_it_hung_on_counts_it_no_more(moderator):
    argument = ArgumentFactory(against=True)
    publish(argument, ArgumentFactory(hangs_on=argument.hangs_on, against=True))

    hide(moderator, argument)

    argument.hangs_on.refresh_from_db()
    assert argument.hangs_on.against_count == 1


def test_a_number_cited_by_what_is_hidden_is_cited_by_nobody(moderator, read):
    cited = ProposalFactory()
    citing = ArgumentFactory(hangs_on__debate=cited.debate, text=f"Voir #{cited.pk}.")
    publish(cited, citing)

    hide(moderator, citing)

    shown = read(f"/propositions/{cited.pk}/").get_text()
    assert f"#{citing.pk}" not in shown


@pytest.mark.parametrize("debate", ["open", "ended", "closed"])
def test_it_can_be_done_whatever_has_become_of_the_debate(moderator, debate):
    row = ProposalFactory(debate=DebateFactory(**{debate: True}))
    publish(row)

    hide(moderator, row)

    assert row.status == Status.HIDDEN


def test_nothing_is_decided_before_the_opening(moderator, upcoming_debate: Debate):
    row = ProposalFactory(debate=upcoming_debate)

    with pytest.raises(NotAccepted):
        hide(moderator, row)


@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting"])
def test_only_what_is_published_is_hidden(moderator, trait):
    row = ArgumentFactory(**{trait: True})

    with pytest.raises(NothingToDecide):
        hide(moderator, row)

    assert not Decision.objects.exists()


def test_of_two_moderators_at_once_the_second_is_told(moderator, another_moderator):
    row = ArgumentFactory()
    publish(row)
    hide(moderator, row)

    with pytest.raises(NothingToDecide):
        hide(another_moderator, row)

    assert Decision.objects.get().decided_by == moderator


@pytest.mark.parametrize("who", ["participant", "stranger", "representative"])
def test_nobody_else_decides(request, who):
    row = ArgumentFactory()

    with pytest.raises(NotTheirs):
        hide(request.getfixturevalue(who), row)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED


def test_nobody_decides_about_their_own_words(moderator):
    row = ArgumentFactory(author=moderator)

    with pytest.raises(NotTheirs):
        hide(moderator, row)


def test_it_is_journalled_with_its_person_and_its_instant(moderator, organiser):
    row = ArgumentFactory()
    publish(row)

    decision = hide_contribution(actor=organiser, contribution=row, reasons=reasons())

    entry = JournalEntry.objects.get(act=Act.CONTRIBUTION_HIDDEN)
    assert (entry.actor, entry.number) == (organiser, row.pk)
    assert entry.at == decision.decided_at
    assert entry.facts == {"decision": decision.pk}
    assert decision.role == StaffRole.ORGANISER
