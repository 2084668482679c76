"""A period moves for a motive, for everybody at once, and never over what is past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.enums import Act
from journal.models import JournalEntry
from register.actions import PeriodNotMoved, move_period
from register.models import Debate, PeriodMove
from tests.factories import DebateFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def move(debate, organiser, **changed):
    fields = {"opens_at": debate.opens_at, "closes_at": debate.closes_at}
    return move_period(
        **fields
        | {"motive": "Une fuite d’eau.", "debate": debate, "actor": organiser}
        | changed
    )


def test_readers_find_both_periods_and_the_motive(organiser, open_debate):
    before = open_debate.closes_at

    move(open_debate, organiser, closes_at=before + DAY)

    held = PeriodMove.objects.get()
    assert (held.closes_at_before, held.closes_at) == (before, before + DAY)
    assert held.motive == "Une fuite d’eau."
    assert Debate.objects.get().closes_at == before + DAY
    entry = JournalEntry.objects.get(act=Act.PERIOD_MOVED)
    assert entry.actor == organiser
    assert "motive" not in entry.facts


def test_an_upcoming_debate_may_open_sooner_or_later(organiser, upcoming_debate):
    for step in (-DAY, DAY):
        opens_at = upcoming_debate.opens_at + step
        move(upcoming_debate, organiser, opens_at=opens_at)

        upcoming_debate.refresh_from_db()
        assert upcoming_debate.opens_at == opens_at


@pytest.mark.parametrize(
    ("trait", "changed"),
    [
        ("open", {"motive": " "}),
        ("open", {"closes_at": timezone.now() - DAY}),
        ("open", {"opens_at": timezone.now() - 20 * DAY}),
        ("open", {"opens_at": timezone.now() + DAY}),
        ("upcoming", {"opens_at": timezone.now() - DAY}),
        ("upcoming", {"opens_at": timezone.now() + 30 * DAY}),
        ("ended", {"closes_at": timezone.now() + DAY}),
        ("closed", {"closes_at": timezone.now() + DAY}),
    ],
)
def test_what_is_past_or_impossible_is_refused(organiser, trait, changed):
    debate = DebateFactory(**{trait: True})

    with pytest.raises(PeriodNotMoved):
        move(debate, organiser, **changed)

    assert not PeriodMove.objects.exists()
    kept = Debate.objects.get()
    assert (kept.opens_at, kept.closes_at) == (debate.opens_at, debate.closes_at)


def test_an_end_is_moved_up_to_the_end_itself_and_no_later(organiser, open_debate, at):
    end = open_debate.closes_at
    at(end - timedelta(microseconds=1))
    move(open_debate, organiser, closes_at=end + DAY)

    at(end + DAY)
    open_debate.refresh_from_db()
    with pytest.raises(PeriodNotMoved):
        move(open_debate, organiser, closes_at=end + 2 * DAY)
