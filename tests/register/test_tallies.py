"""A tally says how many contributions of a kind a reader can read in a section."""

from importlib import import_module

import pytest
from django.apps import apps

from register.enums import Status
from register.models import Contribution, Ground, Tally
from register.models.tallies import SHARDS
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    act_on,
)


@pytest.fixture
def section(db):
    return SectionFactory()


@pytest.fixture
def proposal(section):
    return ProposalFactory(debate=section.debate, section=section)


@pytest.fixture
def discussed(proposal):
    """Two arguments, a source on one of them and one on the proposal; all counted."""
    argued = ArgumentFactory.create_batch(2, hangs_on=proposal)
    sources = [SourceFactory(hangs_on=argued[0]), SourceFactory(hangs_on=proposal)]
    act_on(proposal, *argued, *sources)
    return proposal


def in_section(section):
    tallies = Tally.objects.of([section.debate]).by_section()
    return tallies.get(section.pk, {})


def become(row, status):
    """What an act of moderation, or of the author, does to a row."""
    ground = Ground.objects.first() if status == Status.HIDDEN else None
    rows = Contribution.objects.filter(pk=row.pk)
    rows.update(status=status, ground=ground)
    act_on(row)


def test_what_is_published_is_counted_by_kind_in_its_section(section, discussed):
    assert in_section(section) == {"proposal": 1, "argument": 2, "source": 2}


def test_sections_and_debates_are_counted_apart(section, discussed):
    other = SectionFactory(debate=section.debate)
    in_other = ProposalFactory(debate=section.debate, section=other)
    outside = ProposalFactory(debate=section.debate)
    elsewhere = ProposalFactory()

    act_on(in_other, outside, elsewhere)

    debates = [section.debate, elsewhere.debate]
    assert Tally.objects.of([section.debate]).by_section() == {
        section.pk: {"proposal": 1, "argument": 2, "source": 2},
        other.pk: {"proposal": 1},
        None: {"proposal": 1},
    }
    assert Tally.objects.of(debates).by_debate() == {
        section.debate.pk: {"proposal": 3, "argument": 2, "source": 2},
        elsewhere.debate.pk: {"proposal": 1},
    }


def test_a_debate_in_which_nothing_was_said_has_no_tally(open_debate):
    assert Tally.objects.of([open_debate]).by_debate() == {}
    assert Tally.objects.of([open_debate]).by_section() == {}


def test_hiding_a_proposal_takes_away_all_that_hangs_on_it(section, discussed):
    become(discussed, Status.HIDDEN)

    assert in_section(section) == {}


def test_restoring_a_proposal_counts_all_that_hangs_on_it_again(section, discussed):
    become(discussed, Status.HIDDEN)

    become(discussed, Status.PUBLISHED)

    assert in_section(section) == {"proposal": 1, "argument": 2, "source": 2}


def test_withdrawing_a_proposal_takes_away_nothing_but_itself(section, discussed):
    become(discussed, Status.WITHDRAWN)

    assert in_section(section) == {"argument": 2, "source": 2}


def test_hiding_an_argument_takes_away_its_source(section, discussed):
    argued = Contribution.objects.get(hanging__kind="source", kind="argument")

    become(argued, Status.HIDDEN)

    assert in_section(section) == {"proposal": 1, "argument": 1, "source": 1}


def test_what_is_hidden_itself_stays_out_when_the_proposal_is_restored(
    section, discussed
):
    become(discussed.hanging.filter(kind="argument").last(), Status.HIDDEN)
    become(discussed, Status.HIDDEN)

    become(discussed, Status.PUBLISHED)

    assert in_section(section) == {"proposal": 1, "argument": 1, "source": 2}


@pytest.mark.parametrize("trait", ["waiting", "hidden", "withdrawn", "unsigned"])
def test_what_nobody_can_read_is_not_counted(section, trait):
    row = ProposalFactory(debate=section.debate, section=section, **{trait: True})

    act_on(row)

    assert in_section(section) == {}


def test_what_waited_is_counted_when_it_is_published(section):
    waiting = ProposalFactory(debate=section.debate, section=section, waiting=True)
    act_on(waiting)

    become(waiting, Status.PUBLISHED)

    assert in_section(section) == {"proposal": 1}


def test_an_argument_posted_under_what_is_hidden_is_not_counted(section, discussed):
    become(discussed, Status.HIDDEN)

    act_on(ArgumentFactory(hangs_on=discussed))

    assert in_section(section) == {}


def test_a_debate_that_has_not_begun_is_counted_already(upcoming_debate):
    act_on(ProposalFactory(debate=upcoming_debate))

    tallies = Tally.objects.of([upcoming_debate]).by_debate()
    assert tallies == {upcoming_debate.pk: {"proposal": 1}}


def test_an_act_repeated_counts_nothing_twice(section, discussed):
    act_on(discussed, *discussed.hanging.all())
    act_on(discussed, discussed)

    assert in_section(section) == {"proposal": 1, "argument": 2, "source": 2}


def test_each_contribution_is_counted_in_the_part_that_its_number_gives(section):
    rows = ProposalFactory.create_batch(
        SHARDS + 2, debate=section.debate, section=section
    )

    act_on(*rows)

    parts = Tally.objects.values_list("shard", "count")
    expected = [row.number % SHARDS for row in rows]
    assert dict(parts) == {shard: expected.count(shard) for shard in expected}
    assert in_section(section) == {"proposal": SHARDS + 2}


def test_what_is_counted_says_so(discussed):
    become(discussed.hanging.filter(kind="argument").last(), Status.HIDDEN)

    counted = Contribution.objects.filter(counted=True)

    assert set(counted) == set(Contribution.objects.visible())
    assert Contribution.objects.count() == counted.count() + 1


def test_the_migration_counts_what_was_there_before(section, discussed):
    become(discussed.hanging.filter(kind="argument").first(), Status.HIDDEN)
    outside = ProposalFactory(debate=section.debate, withdrawn=True)
    hidden = SourceFactory(hangs_on=ArgumentFactory(hangs_on__hidden=True))
    act_on(outside, ArgumentFactory(hangs_on=outside), ProposalFactory(unsigned=True))
    act_on(hidden, hidden.hangs_on)
    tallies = Tally.objects.filter(count__gt=0).order_by("shard", "kind", "section")
    places = ("debate", "section", "kind", "shard", "count")
    before = list(tallies.values_list(*places))
    counted = set(Contribution.objects.filter(counted=True))
    Tally.objects.all().delete()
    Contribution.objects.update(counted=False)

    migration = import_module("register.migrations.0004_tallies")
    migration.count_contributions(apps, None)

    assert list(tallies.values_list(*places)) == before
    assert set(Contribution.objects.filter(counted=True)) == counted
    assert len(before) > 3


def test_a_debate_counts_the_same_however_many_tallies_hold_it(
    db, django_assert_num_queries
):
    debates = DebateFactory.create_batch(3)
    act_on(*(ProposalFactory(debate=debate) for debate in debates for _ in range(9)))

    with django_assert_num_queries(1):
        by_debate = Tally.objects.of(debates).by_debate()

    assert by_debate == {debate.pk: {"proposal": 9} for debate in debates}
