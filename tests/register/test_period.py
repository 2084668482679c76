from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.enums import DebateState
from register.models import Debate
from tests.factories import DebateFactory

OPENS = datetime(2026, 5, 1, 8, tzinfo=UTC)
CLOSES = datetime(2026, 6, 1, 22, tzinfo=UTC)
AN_INSTANT = timedelta(microseconds=1)

# The clocks of Paris change at 01:00 UTC on these nights.
NIGHTS = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]


def sql_states(debate: Debate, at: datetime) -> set[str]:
    rows = Debate.objects.filter(pk=debate.pk)
    adjectives = ("upcoming", "open", "ended", "begun")
    return {word for word in adjectives if getattr(rows, word)(at).exists()}


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (OPENS - AN_INSTANT, DebateState.UPCOMING),
        (OPENS, DebateState.OPEN),
        (CLOSES - AN_INSTANT, DebateState.OPEN),
        (CLOSES, DebateState.ENDED),
        (CLOSES + AN_INSTANT, DebateState.ENDED),
    ],
)
def test_a_debate_is_open_from_its_first_instant_to_before_its_last(db, instant, state):
    debate = DebateFactory(opens_at=OPENS, closes_at=CLOSES)

    assert debate.state(instant) is state
    assert debate.is_open(instant) is (state is DebateState.OPEN)
    assert sql_states(debate, instant) - {"begun"} == {state.value}


def test_closing_a_debate_formally_does_not_change_its_state(db):
    debate = DebateFactory(opens_at=OPENS, closes_at=CLOSES, closed_at=CLOSES)

    assert debate.state(CLOSES) is DebateState.ENDED
    assert debate.state(OPENS) is DebateState.OPEN


@st.composite
def periods_and_instants(draw):
    night = draw(st.sampled_from(NIGHTS))
    around = st.datetimes(
        min_value=(night - timedelta(hours=3)).replace(tzinfo=None),
        max_value=(night + timedelta(hours=3)).replace(tzinfo=None),
        timezones=st.just(UTC),
    )
    opens, closes = sorted(draw(st.lists(around, min_size=2, max_size=2, unique=True)))
    near = st.sampled_from([opens, closes]).flatmap(
        lambda end: st.sampled_from([end - AN_INSTANT, end, end + AN_INSTANT])
    )
    instant = draw(near | around)
    zone = draw(
        st.sampled_from([UTC, ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Tokyo")])
    )
    return opens, closes, instant.astimezone(zone)


# The three answers are read inside one example, whose row is then left behind.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(periods_and_instants())
def test_page_and_query_agree_on_the_nights_when_clocks_change(db, example):
    opens, closes, instant = example
    made = DebateFactory(opens_at=opens, closes_at=closes)
    debate = Debate.objects.get(pk=made.pk)

    state = debate.state(instant)

    begun = set() if state is DebateState.UPCOMING else {"begun"}
    assert sql_states(debate, instant) == {state.value} | begun
    assert debate.is_open(instant) is (opens <= instant.astimezone(UTC) < closes)
