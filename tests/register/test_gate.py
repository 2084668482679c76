"""Nothing passes at or after the end, nor before the opening, to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from register.enums import Accepted, DebateState
from register.gate import NotAccepted, enter, enter_alone, enter_to_confirm
from tests.factories import DebateFactory

pytestmark = pytest.mark.django_db

# Around both nights on which the clocks of Paris change, and far from them.
NIGHTS = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
INSTANTS = st.builds(
    lambda night, offset: night + offset,
    st.sampled_from(NIGHTS),
    st.timedeltas(timedelta(days=-3), timedelta(days=3)),
)
MICROSECOND = timedelta(microseconds=1)


@given(
    st.lists(INSTANTS, min_size=2, max_size=2, unique=True).map(sorted),
    st.sampled_from(["opens_at", "closes_at", None]),
    st.integers(-2, 2),
    INSTANTS,
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@example([NIGHTS[0], NIGHTS[0] + MICROSECOND], "closes_at", 0, NIGHTS[0])
def test_an_act_passes_from_the_opening_on_and_before_the_end(
    at, period, boundary, microseconds, anywhere
):
    opens_at, closes_at = period
    debate = DebateFactory(opens_at=opens_at, closes_at=closes_at)
    near = {"opens_at": opens_at, "closes_at": closes_at}.get(boundary)
    now = near + microseconds * MICROSECOND if near else anywhere
    at(now)

    with transaction.atomic():
        if opens_at <= now < closes_at:
            assert enter(debate.pk)[1] == now
        else:
            with pytest.raises(NotAccepted) as refusal:
                enter(debate.pk)
            is_upcoming = refusal.value.state is DebateState.UPCOMING
            assert is_upcoming is (now < opens_at)


@pytest.mark.parametrize("accepted", Accepted)
def test_an_open_debate_refuses_what_it_does_not_accept(accepted):
    debate = DebateFactory(**{f"accepts_{accepted}": False})

    with transaction.atomic():
        enter(debate.pk)
        for other in set(Accepted) - {accepted}:
            enter(debate.pk, other)
        with pytest.raises(NotAccepted):
            enter(debate.pk, accepted)


@pytest.mark.parametrize(("hours", "passes"), [(24, True), (25, False)])
def test_an_address_can_be_confirmed_for_a_day_after_the_end(at, hours, passes):
    debate = DebateFactory()
    at(debate.closes_at + timedelta(hours=hours) - MICROSECOND)

    with transaction.atomic():
        assert bool(enter_to_confirm(debate.pk)) is passes


def test_nothing_is_confirmed_once_the_debate_is_closed():
    debate = DebateFactory(closed=True, confirmation_hours=1000)

    with transaction.atomic():
        assert enter_to_confirm(debate.pk) is None


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_gate_is_passed_in_a_transaction():
    debate = DebateFactory()

    for pass_gate in (enter, enter_alone, enter_to_confirm):
        with pytest.raises(TransactionManagementError):
            pass_gate(debate.pk)
    assert not connection.in_atomic_block
