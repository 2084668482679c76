"""`manage.py verify` recounts what readers can count, and names each difference."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from accounts.models import User
from arguments.actions import submit_argument
from arguments.enums import Side
from arguments.models import Argument
from exchange.counters import COUNTERS
from register.actions import Posting
from register.models import Citation, Contribution, Debate, Receipt, Tally
from tests.exchange.commands import run
from tests.exchange.rich_record import fill
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    OfficialResponseFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    act_on,
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


def test_words_that_were_changed_after_they_were_received_are_named(
    participant: User,
) -> None:
    proposal = ProposalFactory()
    act_on(proposal)
    rows = [
        submit_argument(
            posting=Posting(author=participant, key=uuid4()),
            proposal=proposal,
            side=Side.FOR,
            text=f"Pour la raison {n}.",
        )
        for n in range(3)
    ]
    assert run("verify").status == 0
    Argument.objects.filter(pk=rows[1].pk).update(text="Contre.")
    Receipt.objects.filter(pk=rows[2].pk).update(salt=b"")

    result = run("verify")

    number = rows[1].pk
    assert result.out.decode() == (
        f"#{number} holds other words than its receipt covers\n"
        f"#{number} is searched by other words than it says\n"
    )
    assert result.status == 1


def test_what_is_hidden_no_longer_counts(record: None) -> None:
    number = first("proposal")
    argument = Contribution.objects.filter(
        hangs_on=number, kind="argument", argument__side="for"
    ).earliest("number")
    Contribution.objects.filter(pk=argument.pk).update(status="withdrawn")
    act_on(argument)

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


def a_response_under_an_argument() -> int:
    return OfficialResponseFactory(hangs_on=ArgumentFactory()).pk


def a_response_of_nobody_who_is_verified() -> int:
    return OfficialResponseFactory(verification=None).pk


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
        (a_response_under_an_argument, "hangs on a contribution of the wrong kind"),
        (
            a_response_of_nobody_who_is_verified,
            "answers in the name of no verified institution",
        ),
    ],
)
def test_a_misplaced_row_is_named(db: None, misplace: Any, sentence: str) -> None:
    number = misplace()
    Contribution.objects.update(for_count=0, against_count=0, source_count=0)

    result = run("verify")

    assert result.status == 1
    assert f"#{number} {sentence}\n" in result.out.decode()


def an_unsaid_citation() -> str:
    first, second = Contribution.objects.filter(kind="proposal")[:2]
    Citation.objects.create(citing=first, cited=second)
    return (
        f"#{first.number} is held to cite #{second.number}, which its words do not name"
    )


def a_citation_by_what_came_from_elsewhere() -> str:
    citation = Citation.objects.filter(cited__lt=F("citing")).first()
    Contribution.objects.filter(pk=citation.citing_id).update(origin="x/61")
    return (
        f"#{citation.citing_id} is held to cite #{citation.cited_id},"
        " which its words do not name"
    )


def a_lost_citation() -> str:
    citation = Citation.objects.filter(cited__lt=F("citing")).first()
    citation.delete()
    return (
        f"#{citation.citing_id} names #{citation.cited_id} and is not held to cite it"
    )


def counted_though_hidden() -> str:
    row = Contribution.objects.filter(status="hidden").first()
    Contribution.objects.filter(pk=row.pk).update(counted=True)
    return f"#{row.number} is counted and nobody can read it"


def not_counted() -> str:
    row = Contribution.objects.visible().first()
    Contribution.objects.filter(pk=row.pk).update(counted=False)
    return f"#{row.number} can be read and is not counted"


def a_tally_too_great() -> str:
    tally = Tally.objects.filter(section__slug="achats", count=1).first()
    Tally.objects.filter(pk=tally.pk).update(count=6)
    place = f"cantines/achats {tally.kind} {tally.shard}"
    return f"tally of {place}: held 6, counted 1"


def a_lost_tally() -> str:
    tally = Tally.objects.filter(section=None, debate__slug="velos").first()
    tally.delete()
    return f"tally of velos/ {tally.kind} {tally.shard}: held 0, counted 1"


def a_tally_of_nothing() -> str:
    debate = Debate.objects.get(slug="avenir")
    Tally.objects.create(debate=debate, kind="source", shard=3, count=2)
    return "tally of avenir/ source 3: held 2, counted 0"


DERIVED = [
    an_unsaid_citation,
    a_citation_by_what_came_from_elsewhere,
    a_lost_citation,
    counted_though_hidden,
    not_counted,
    a_tally_too_great,
    a_lost_tally,
    a_tally_of_nothing,
]


@pytest.mark.parametrize("spoil", DERIVED)
def test_a_citation_or_a_tally_that_is_wrong_is_named(record: None, spoil: Any) -> None:
    sentence = spoil()

    result = run("verify")

    assert (result.status, result.out.decode()) == (1, f"{sentence}\n")


def test_a_number_named_before_anything_had_it_is_not_missed(record: None) -> None:
    argument = ArgumentFactory()
    argument.text = f"#{argument.number + 1}"
    argument.save()
    act_on(argument, argument.hangs_on)

    later = ProposalFactory()
    act_on(later)

    assert later.number == argument.number + 1
    assert "names" not in run("verify").out.decode()


def test_what_is_wrong_is_mended(record: None) -> None:
    citations = set(Citation.objects.values_list("citing", "cited"))
    for spoil in DERIVED:
        if spoil is not a_citation_by_what_came_from_elsewhere:
            spoil()
    Contribution.objects.update(for_count=7)

    result = run("verify", mend=True)

    assert (result.status, result.out) == (0, b"")
    assert set(Citation.objects.values_list("citing", "cited")) == citations
    assert Contribution.objects.filter(counted=True).exists()
    assert not Contribution.objects.filter(for_count=7).exists()


def test_mending_finds_the_citations_of_a_record_that_had_none(record: None) -> None:
    citations = set(Citation.objects.values_list("citing", "cited"))
    Citation.objects.all().delete()

    run("verify", mend=True)

    assert set(Citation.objects.values_list("citing", "cited")) == citations != set()
