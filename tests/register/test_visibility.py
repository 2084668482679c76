"""What a reader reads: the contribution's own status, then that of both above it."""

import pytest

from arguments.models import Argument, Source
from proposals.models import Proposal
from register.enums import Status
from register.models import Contribution, Ground
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

TRAITS = {
    "published": {},
    "withdrawn": {"withdrawn": True},
    "hidden": {"hidden": True},
    "waiting": {"waiting": True},
}

# The argument, the proposal above it: does what hangs on the argument stand?
ABOVE = [
    ("published", "published", True),
    ("published", "withdrawn", True),
    ("published", "hidden", False),
    ("published", "waiting", False),
    ("withdrawn", "published", True),
    ("withdrawn", "withdrawn", True),
    ("withdrawn", "hidden", False),
    ("withdrawn", "waiting", False),
    ("hidden", "published", False),
    ("hidden", "withdrawn", False),
    ("hidden", "hidden", False),
    ("hidden", "waiting", False),
    ("waiting", "published", False),
    ("waiting", "withdrawn", False),
    ("waiting", "hidden", False),
    ("waiting", "waiting", False),
]

# The contribution itself, whether it is signed: can its words be read, does it keep
# its place?
ITSELF = [
    ("published", True, True, True),
    ("published", False, False, False),
    ("withdrawn", True, False, True),
    ("withdrawn", False, False, True),
    ("hidden", True, False, False),
    ("hidden", False, False, False),
    ("waiting", True, False, False),
    ("waiting", False, False, False),
]


def with_status(factory, status, **fields):
    return factory(**TRAITS[status], **fields)


@pytest.mark.parametrize(("argument", "proposal", "stands"), ABOVE)
def test_a_source_shows_when_it_and_both_above_it_may(db, argument, proposal, stands):
    top = with_status(ProposalFactory, proposal)
    above = with_status(ArgumentFactory, argument, hangs_on=top)
    rows = {
        with_status(SourceFactory, status, hangs_on=above, unsigned=not signed): row
        for status, signed, *row in ITSELF
    }

    readable = {source for source, (read, _) in rows.items() if read}
    placed = {source for source, (_, place) in rows.items() if place}
    assert set(Source.objects.readable()) == readable
    assert set(Source.objects.visible()) == (readable if stands else set())
    assert set(Source.objects.standing()) == (placed if stands else set())
    assert set(Source.objects.standing_above()) == (set(rows) if stands else set())


@pytest.mark.parametrize(("status", "signed", "read", "placed"), ITSELF)
def test_a_proposal_shows_by_its_own_status(db, status, signed, read, placed):
    with_status(ProposalFactory, status, unsigned=not signed)

    assert Proposal.objects.visible().exists() is read
    assert Proposal.objects.standing().exists() is placed
    assert Contribution.objects.visible().exists() is read


def test_an_institution_alone_signs_too(db):
    argument = ArgumentFactory(institutional=True, unsigned=True)

    assert list(Argument.objects.visible()) == [argument]


def test_hiding_a_proposal_hides_all_that_hangs_on_it_and_restoring_shows_it(db):
    source = SourceFactory(hangs_on=ArgumentFactory())
    everything = set(Contribution.objects.visible())
    proposal = source.hangs_on.hangs_on

    proposal.status, proposal.ground = Status.HIDDEN, Ground.objects.first()
    proposal.save()
    assert not Contribution.objects.visible().exists()

    proposal.status, proposal.ground = Status.PUBLISHED, None
    proposal.save()
    assert set(Contribution.objects.visible()) == everything
    assert len(everything) == 3
