"""`manage.py verify` recounts what readers can count, and names each difference."""

from datetime import timedelta
from typing import Any

import pytest

from exchange.counters import COUNTERS
from register.models import Contribution, Debate
from tests.exchange.commands import run
from tests.exchange.rich_record import fill
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
)


@pytest.fixture
def record(db: None) -> None:
    fill()


def first(kind: str) -> int:
    rows = Contribution.objects.filter(kind=kind, debate__slug="cantines")
    return rows.earliest("number").number


def test_a_record_that_counts_right_is_clean(record: None) -> None:
    result = run("verify")

    assert (result.status, result.out) == (0, b"")
    assert "0 difference" in result.err


@pytest.mark.parametrize("counter", COUNTERS)
def test_each_counter_that_is_wrong_is_named_with_both_figures(
    record: None, counter: str
) -> None:
    number = first("proposal")
    row = Contribution.objects.filter(pk=number)
    counted = row.values_list(counter, flat=True).get()
    row.update(**{counter: counted + 5})

    result = run("verify")

    assert result.status == 1
    assert result.out.decode() == (
        f"#{number} {counter}: held {counted + 5}, counted {counted}\n"
    )
    assert "1 difference" in result.err


def test_what_is_hidden_no_longer_counts(record: None) -> None:
    number = first("proposal")
    argument = Contribution.objects.filter(
        hangs_on=number, kind="argument", argument__side="for"
    ).earliest("number")
    Contribution.objects.filter(pk=argument.pk).update(status="withdrawn")

    result = run("verify")

    assert result.out.decode() == f"#{number} for_count: held 1, counted 0\n"


def in_another_debate() -> int:
    argument = ArgumentFactory()
    Contribution.objects.filter(pk=argument.pk).update(debate=DebateFactory())
    return argument.pk


def in_a_section_of_another_debate() -> int:
    return ProposalFactory(section=SectionFactory()).pk


def an_argument_under_an_argument() -> int:
    return ArgumentFactory(hangs_on=ArgumentFactory()).pk


def a_source_under_a_source() -> int:
    return SourceFactory(hangs_on=SourceFactory()).pk


def at_the_closing_instant() -> int:
    debate = DebateFactory(ended=True)
    return ProposalFactory(debate=debate, submitted_at=debate.closes_at).pk


def before_the_opening() -> int:
    proposal = ProposalFactory()
    Debate.objects.update(opens_at=proposal.submitted_at + timedelta(microseconds=1))
    return proposal.pk


def without_words() -> int:
    proposal = ProposalFactory()
    type(proposal).objects.filter(pk=proposal.pk)._raw_delete("default")
    return proposal.pk


def in_another_section() -> int:
    argument = ArgumentFactory()
    section = SectionFactory(debate=argument.debate)
    Contribution.objects.filter(pk=argument.pk).update(section=section)
    return argument.pk


def under_the_badge_of_another() -> int:
    other = InstitutionFactory(verified=True).verification_in_force
    proposal = ProposalFactory(institutional=True)
    Contribution.objects.filter(pk=proposal.pk).update(verification=other)
    return proposal.pk


@pytest.mark.parametrize(
    ("misplace", "sentence"),
    [
        (in_another_section, "stands in another section than what it hangs on"),
        (under_the_badge_of_another, "carries the verification of another institution"),
        (in_another_debate, "stands in another debate than what it hangs on"),
        (in_a_section_of_another_debate, "stands in a section of another debate"),
        (an_argument_under_an_argument, "hangs on a contribution of the wrong kind"),
        (a_source_under_a_source, "hangs on a contribution of the wrong kind"),
        (at_the_closing_instant, "lies outside its debate's period"),
        (before_the_opening, "lies outside its debate's period"),
        (without_words, "has no words of its kind"),
    ],
)
def test_a_misplaced_row_is_named(db: None, misplace: Any, sentence: str) -> None:
    number = misplace()
    Contribution.objects.update(for_count=0, against_count=0, source_count=0)

    result = run("verify")

    assert result.status == 1
    assert f"#{number} {sentence}\n" in result.out.decode()
