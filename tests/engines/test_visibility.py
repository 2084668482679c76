"""What nobody can read is never found, counted, suggested, corrected to or similar."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from moderation.actions import mask_passage, undo_decision
from register.actions import confirm_contributions, withdraw_contribution
from register.enums import Status
from search.facets import Facet
from search.query import Like
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
    act_on,
)
from tests.moderation.deciding import hide, publish, reasons

UNREAD = {
    "hidden": {"hidden": True},
    "waiting": {"waiting": True},
    "withdrawn": {"withdrawn": True},
    "unpublished": {"status": Status.UNPUBLISHED},
    "withheld": {"unsigned": True},
}


def like(title, text):
    return Like(title=title, text=text, language="fr", kind="proposal")


@pytest.fixture
def nothing_of_it(engine, ask, debate):
    """No way of searching tells that « Tramway » was said by this row."""

    def look(row, at=None):
        at = at or debate.opens_at + timedelta(days=5)
        for typed in ("tramway", '"le tramway"', f"tramway {row.pk}", ""):
            results = ask(typed, at=at)
            assert row.pk not in (*results.numbers, *results.partly)
            assert results.total == len(results.numbers)
            kinds = results.counts.get(Facet.KIND, {})
        assert sum(kinds.values()) == results.total
        assert row.pk not in engine.suggest("tram", at=at, size=8)
        assert ask("tramwey", at=at).correction == ""
        near = engine.similar(like("Tramway", "Le tramway"), at=at, size=8)
        assert row.pk not in [each.number for each in near]

    return look


@pytest.mark.parametrize("fields", UNREAD.values(), ids=UNREAD)
def test_what_cannot_be_read_is_nowhere(nothing_of_it, say, fields):
    row = say("Le tramway.", title="Tramway", **fields)

    nothing_of_it(row)


def test_what_can_be_read_is_everywhere(engine, ask, say, debate):
    """So that its absence in the other tests means something."""
    row = say("Le tramway.", title="Tramway")
    at = debate.opens_at + timedelta(days=5)

    assert list(ask("tramway", at=at).numbers) == [row.pk]
    assert list(engine.suggest("tram", at=at, size=8)) == [row.pk]
    assert ask("tramwey", at=at).correction == "tramway"
    near = engine.similar(like("Tramway", "Le tramway"), at=at, size=8)
    assert [each.number for each in near] == [row.pk]
    assert 0 < near[0].closeness <= 1


def test_nothing_of_a_debate_is_found_before_it_opens(
    nothing_of_it, engine, ask, upcoming_debate
):
    """At the opening instant it is, and no act has to make it so."""
    opening = upcoming_debate.opens_at
    row = ProposalFactory(
        debate=upcoming_debate,
        title="Tramway",
        text="<p>Le tramway.</p>",
        submitted_at=opening,
    )
    act_on(row)

    nothing_of_it(row, at=opening - timedelta(microseconds=1))

    assert list(ask("tramway", at=opening).numbers) == [row.pk]
    assert list(engine.suggest("tram", at=opening, size=8)) == [row.pk]


@pytest.fixture
def discussion(say):
    """A proposal, an argument under it and a source under that, all of the tramway."""
    proposal = say("Le tramway.", title="Tramway")
    argument = ArgumentFactory(hangs_on=proposal, text="Oui au tramway.")
    source = SourceFactory(hangs_on=argument, title="Tramway, un rapport")
    publish(proposal, argument, source)
    return [proposal, argument, source]


def test_what_hangs_on_something_hidden_goes_and_comes_back_with_it(
    ask, moderator, discussion
):
    proposal = discussion[0]
    with transaction.atomic():
        decision = hide(moderator, proposal)
        assert ask("tramway").total == 0

    undo_decision(actor=moderator, decision=decision, reasons=reasons())

    assert set(ask("tramway").numbers) == {row.pk for row in discussion}


def test_what_was_hidden_in_a_transaction_that_failed_is_still_found(
    ask, moderator, discussion
):
    with transaction.atomic():
        hide(moderator, discussion[0])
        assert ask("tramway").total == 0
        transaction.set_rollback(True)

    assert ask("tramway").total == 3


def test_what_hangs_on_something_withdrawn_is_still_found(ask, discussion):
    proposal, argument, source = discussion

    withdraw_contribution(author=proposal.author, contribution=proposal)

    assert set(ask("tramway").numbers) == {argument.pk, source.pk}


def test_what_waited_for_its_author_is_found_once_confirmed(
    ask, nothing_of_it, say, participant
):
    from tests.factories import SubmissionFactory

    row = say("Le tramway.", title="Tramway", waiting=True, author=participant)
    SubmissionFactory(contribution=row, key=uuid4())
    nothing_of_it(row)

    confirm_contributions(author=participant)

    assert list(ask("tramway").numbers) == [row.pk]


def test_a_masked_passage_is_not_found_and_the_rest_is(ask, moderator, say):
    row = say("Madame Quidam veut un tramway.")
    publish(row)
    assert ask("quidam").total == 1

    mask_passage(
        actor=moderator,
        contribution=row,
        reasons=reasons("personal-data"),
        passage="Madame Quidam",
    )

    assert ask("quidam").total == 0
    assert ask('"madame quidam"').total == 0
    assert list(ask("tramway").numbers) == [row.pk]


def test_hiding_the_only_source_leaves_nothing_sourced(ask, moderator, discussion):
    sourced = {Facet.SOURCED: frozenset({"yes"})}
    assert ask("tramway", chosen=sourced).total == 1

    hide(moderator, discussion[2])

    assert ask("tramway", chosen=sourced).total == 0
    assert ask("tramway").total == 2


def test_what_is_under_one_proposal_is_all_that_is_like_an_argument(engine, discussion):
    proposal, argument, _source = discussion
    elsewhere = ArgumentFactory(
        hangs_on__debate=DebateFactory(), text="Oui au tramway."
    )
    act_on(elsewhere)
    text = Like("", "Oui au tramway.", "fr", "argument", under=proposal.pk)

    near = engine.similar(text, at=proposal.submitted_at + timedelta(days=1), size=8)

    assert [each.number for each in near] == [argument.pk]
