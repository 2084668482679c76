"""A proposal's version grows with each act that changes what its page shows."""

import pytest

from register.enums import Status
from register.models import Contribution, Ground
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory, act_on


@pytest.fixture
def source(db):
    """On an argument, so two steps below its proposal."""
    return SourceFactory(hangs_on=ArgumentFactory())


@pytest.fixture
def other(db):
    return ProposalFactory()


def renewed_by(act):
    """Of each proposal whose version an act changed, by how much."""
    before = dict(Contribution.objects.values_list("pk", "version"))
    act()
    after = dict(Contribution.objects.values_list("pk", "version"))
    return {
        number: version - before.get(number, 0)
        for number, version in after.items()
        if version != before.get(number, 0)
    }


def hide(row):
    rows = Contribution.objects.filter(pk=row.pk)
    rows.update(status=Status.HIDDEN, ground=Ground.objects.first())
    act_on(row)


def test_an_act_renews_the_page_on_which_the_row_is_read(source, other):
    argument, proposal = source.hangs_on, source.hangs_on.hangs_on

    for row in (proposal, argument, source):
        assert renewed_by(lambda row=row: act_on(row)) == {proposal.number: 1}


def test_an_act_on_many_rows_renews_each_page_once(source, other):
    argument, proposal = source.hangs_on, source.hangs_on.hangs_on

    renewed = renewed_by(lambda: act_on(other, proposal, argument, source, source))

    assert renewed == {proposal.number: 1, other.number: 1}


def test_an_act_on_no_row_renews_nothing(source):
    assert renewed_by(act_on) == {}


def test_what_cites_renews_the_page_of_what_it_cites(source, other):
    citing = ArgumentFactory(hangs_on=other, text=f"#{source.number}")

    renewed = renewed_by(lambda: act_on(citing))

    assert renewed == {other.number: 1, source.hangs_on.hangs_on_id: 1}


def test_hiding_what_is_cited_renews_the_page_that_cites_it(source, other):
    citing = ArgumentFactory(hangs_on=other, text=f"#{source.number}")
    act_on(citing)

    renewed = renewed_by(lambda: hide(source))

    assert renewed == {other.number: 1, source.hangs_on.hangs_on_id: 1}


def test_hiding_a_proposal_renews_the_pages_linked_to_what_hangs_on_it(source, other):
    proposal, third = source.hangs_on.hangs_on, ProposalFactory()
    act_on(ArgumentFactory(hangs_on=other, text=f"#{source.number}"))
    type(source).objects.filter(pk=source.pk).update(note=f"#{third.number}")
    act_on(source)

    renewed = renewed_by(lambda: hide(proposal))

    assert renewed == {proposal.number: 1, other.number: 1, third.number: 1}


def test_what_is_no_longer_cited_has_its_page_renewed_once_more(source, other):
    citing = ArgumentFactory(hangs_on=other, text=f"#{source.number}")
    act_on(citing)
    citing.text = "Plus rien."
    citing.save()

    renewed = renewed_by(lambda: act_on(citing))

    assert renewed == {other.number: 1, source.hangs_on.hangs_on_id: 1}
    assert renewed_by(lambda: act_on(citing)) == {other.number: 1}


def test_pages_that_neither_cite_nor_are_cited_stay_as_they_are(source, other):
    act_on(ArgumentFactory(hangs_on=other, text=f"#{source.number}"))
    third = ProposalFactory(text=f"<p>#{other.number}</p>")
    act_on(third)

    renewed = renewed_by(lambda: hide(source))

    assert third.number not in renewed
