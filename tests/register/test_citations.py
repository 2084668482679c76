"""What a contribution's words cite is kept, and shows when both of them do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.models import Proposal
from register.derived import citations_said
from register.enums import Status
from register.models import Citation, Contribution, Ground
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SourceFactory,
    act_on,
)


def pairs():
    return set(Citation.objects.values_list("citing", "cited"))


@pytest.fixture
def cited(db):
    return ProposalFactory()


def a_proposal_by_its_title(text):
    return ProposalFactory(title=text)


def a_proposal_by_its_text(text):
    return ProposalFactory(text=f"<p>{text}</p>")


def a_proposal_by_an_appendix(text):
    return AppendixFactory(text=f"<p>{text}</p>").proposal


def an_argument_by_its_title(text):
    return ArgumentFactory(title=text)


def an_argument_by_its_text(text):
    return ArgumentFactory(text=text)


def a_source_by_its_title(text):
    return SourceFactory(title=text)


def a_source_by_its_note(text):
    return SourceFactory(note=text)


@pytest.mark.parametrize(
    "make",
    [
        a_proposal_by_its_title,
        a_proposal_by_its_text,
        a_proposal_by_an_appendix,
        an_argument_by_its_title,
        an_argument_by_its_text,
        a_source_by_its_title,
        a_source_by_its_note,
    ],
)
def test_each_kind_cites_by_each_of_its_words(cited, make):
    citing = make(f"Voir #{cited.number}")

    act_on(citing)

    assert pairs() == {(citing.number, cited.number)}


def test_the_address_of_a_source_cites_nothing(cited):
    source = SourceFactory(link=f"https://exemple.fr/?voir #{cited.number}")

    act_on(source)

    assert pairs() == set()


def test_any_kind_of_any_debate_is_cited_once(cited):
    argument, source = ArgumentFactory(), SourceFactory()
    numbers = [cited.number, argument.number, source.number, argument.number]
    citing = ArgumentFactory(text=" ".join(f"#{number}" for number in numbers))

    act_on(citing)

    assert pairs() == {(citing.number, number) for number in numbers}


def test_a_batch_cites_inside_itself_in_both_directions(db):
    first = ArgumentFactory()
    second = ArgumentFactory(text=f"#{first.number}")
    first.text = f"#{second.number}"
    first.save()

    act_on(first, second)

    assert pairs() == {
        (first.number, second.number),
        (second.number, first.number),
    }


def test_nothing_cites_itself_nor_what_is_not_there(db):
    argument = ArgumentFactory()
    argument.text = f"#{argument.number} et #{argument.number + 1000}"
    argument.save()

    act_on(argument)

    assert pairs() == citations_said([argument.number]) == set()


def test_what_came_from_another_platform_has_numbers_that_are_not_ours(cited):
    text = f"Voir modification #{cited.number}"

    act_on(ArgumentFactory(text=text, origin="capcollectif/argument/61"))

    assert pairs() == set()


def test_what_came_without_its_words_cites_nothing(db):
    withheld = [
        ProposalFactory(unsigned=True, hidden=True, title="", text=""),
        ArgumentFactory(unsigned=True, text=""),
        SourceFactory(unsigned=True, title="", link=""),
    ]

    act_on(*withheld)

    assert pairs() == set()


def test_citations_are_those_that_the_words_make_now(cited):
    other = ProposalFactory()
    argument = ArgumentFactory(text=f"#{cited.number}")
    act_on(argument)

    argument.text = f"#{other.number}"
    argument.save()
    act_on(argument)

    assert pairs() == {(argument.number, other.number)}


def test_an_act_on_the_same_words_keeps_the_same_citations(cited):
    argument = ArgumentFactory(text=f"#{cited.number}")
    act_on(argument)
    before = list(Citation.objects.values())

    act_on(argument)

    assert list(Citation.objects.values()) == before != []


def test_an_act_on_others_leaves_citations_alone(cited):
    argument = ArgumentFactory(text=f"#{cited.number}")
    act_on(argument)

    act_on(cited, ArgumentFactory())

    assert pairs() == {(argument.number, cited.number)}


STATES = {
    "published": ({}, True),
    "withdrawn": ({"withdrawn": True}, False),
    "hidden": ({"hidden": True}, False),
    "waiting": ({"waiting": True}, False),
    "unsigned": ({"unsigned": True}, False),
    "upcoming": ({"hangs_on__debate__upcoming": True}, False),
    "under what is hidden": ({"hangs_on__hidden": True}, False),
    "under what was withdrawn": ({"hangs_on__withdrawn": True}, True),
}


@pytest.mark.parametrize("citing", STATES)
@pytest.mark.parametrize("cited", STATES)
def test_a_citation_shows_when_both_of_its_ends_do(db, citing, cited):
    (traits, cited_shows), (own, citing_shows) = STATES[cited], STATES[citing]
    named = ArgumentFactory(**traits)
    act_on(ArgumentFactory(text=f"#{named.number}", **own))

    shown = Citation.objects.visible(timezone.now())

    assert Citation.objects.count() == 1
    assert shown.exists() is (cited_shows and citing_shows)


def test_hiding_keeps_the_citations_and_restoring_shows_them_again(cited):
    argument = ArgumentFactory(text=f"#{cited.number}")
    act_on(argument)
    row = Contribution.objects.filter(pk=argument.hangs_on_id)

    row.update(status=Status.HIDDEN, ground=Ground.objects.first())
    act_on(argument.hangs_on)
    hidden = list(Citation.objects.visible(timezone.now()))
    row.update(status=Status.PUBLISHED, ground=None)
    act_on(argument.hangs_on)

    assert hidden == []
    assert Citation.objects.visible(timezone.now()).count() == 1


def test_a_citation_shows_from_the_instant_at_which_its_debates_open(db):
    debate = DebateFactory(upcoming=True)
    first, second = ProposalFactory.create_batch(2, debate=debate)
    Proposal.objects.filter(pk=second.pk).update(text=f"<p>#{first.number}</p>")
    act_on(second)

    before = debate.opens_at - timedelta(microseconds=1)

    assert not Citation.objects.visible(before).exists()
    assert Citation.objects.visible(debate.opens_at).exists()
