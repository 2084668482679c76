"""What was posted before its author's address was confirmed is kept, and dated then."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.actions import tell_confirmed, vouch_for_address
from arguments.actions import submit_argument
from arguments.enums import Side
from exchange.counters import counter_differences
from exchange.recounts import miscounted, wrong_tallies
from proposals.actions import submit_proposal
from register.actions import Posting, withdraw_contribution
from register.enums import Status
from register.models import Contribution
from tests.factories import DebateFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(db):
    return UserFactory()


@pytest.fixture
def posted(newcomer):
    """A proposal and an argument under one that is already there."""
    debate = DebateFactory()
    other = UserFactory(confirmed=True)
    held = submit_proposal(
        posting=Posting(author=other, key=uuid4()),
        debate=debate,
        title="Déjà là",
        text="<p>Depuis hier.</p>",
    )
    proposal = submit_proposal(
        posting=Posting(author=newcomer, key=uuid4()),
        debate=debate,
        title="Nouvelle",
        text="<p>D’aujourd’hui.</p>",
    )
    argument = submit_argument(
        posting=Posting(author=newcomer, key=uuid4()),
        proposal=held,
        side=Side.FOR,
        text="Oui.",
    )
    return proposal, argument


def confirm(user):
    vouch_for_address(user=user)


def statuses(rows):
    numbers = [row.number for row in rows]
    return set(
        Contribution.objects.filter(pk__in=numbers).values_list("status", flat=True)
    )


def test_confirming_publishes_all_that_waited_with_its_first_date(newcomer, posted, at):
    later = posted[0].debate.opens_at + timedelta(days=12)
    at(later)

    confirm(newcomer)

    for row in posted:
        kept = Contribution.objects.visible().get(pk=row.number)
        assert (kept.submitted_at, kept.status_at) == (row.submitted_at, later)
    assert Contribution.objects.get(pk=posted[1].hangs_on_id).for_count == 1
    assert [*counter_differences(), *miscounted(), *wrong_tallies()] == []


def test_within_the_hours_of_grace_it_is_published_after_the_end(newcomer, posted, at):
    at(posted[0].debate.closes_at + timedelta(hours=23))

    confirm(newcomer)

    assert statuses(posted) == {Status.PUBLISHED}


def test_later_it_stays_unpublished_and_is_not_lost(newcomer, posted, at):
    at(posted[0].debate.closes_at + timedelta(hours=24))

    confirm(newcomer)

    assert statuses(posted) == {Status.WAITING}
    assert newcomer.contributions.count() == 2


def test_confirming_twice_counts_once(newcomer, posted):
    confirm(newcomer)
    tell_confirmed(request=None, user=newcomer)

    assert list(counter_differences()) == []


def test_what_was_withdrawn_while_it_waited_stays_withdrawn(newcomer, posted):
    withdraw_contribution(author=newcomer, contribution=posted[1])

    confirm(newcomer)

    assert statuses(posted) == {Status.PUBLISHED, Status.WITHDRAWN}
    assert list(counter_differences()) == []
