from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from register.period import BadInstant, instant_from_text


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-01-15T14:30", "2026-01-15T13:30"),
        ("2026-07-15 14:30", "2026-07-15T12:30"),
        ("2026-07-15", "2026-07-14T22:00"),
        ("2026-07-15T14:30:05.000001", "2026-07-15T12:30:05.000001"),
        ("2026-07-15T14:30Z", "2026-07-15T14:30"),
        ("2026-07-15T14:30-05:00", "2026-07-15T19:30"),
        # The last and first minutes of either side of a change of clocks.
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
        # The hour that clocks show twice, each time named by its offset.
        ("2026-10-25T02:30+02:00", "2026-10-25T00:30"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30"),
    ],
)
def test_a_local_time_or_one_with_an_offset_is_one_instant(typed, instant):
    assert instant_from_text(typed) == utc(instant)


@pytest.mark.parametrize(
    "typed", ["2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T02:59:59.999999"]
)
def test_a_time_that_clocks_skip_is_refused(typed):
    with translation.override("en"), pytest.raises(BadInstant, match="skip"):
        instant_from_text(typed)


@pytest.mark.parametrize(
    "typed", ["2026-10-25T02:00", "2026-10-25T02:30", "2026-10-25T02:59:59.999999"]
)
def test_a_time_that_clocks_show_twice_asks_for_the_offset(typed):
    with translation.override("en"), pytest.raises(BadInstant, match="offset"):
        instant_from_text(typed)


@pytest.mark.parametrize(
    "typed", ["", "demain", "15/07/2026 14:30", "2026-02-30", "2026-07-15T24:30", "1e9"]
)
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(BadInstant, match="2026-11-21T14:30"):
        instant_from_text(typed)


@given(st.text() | st.datetimes().map(datetime.isoformat))
def test_whatever_is_typed_is_an_instant_or_refused(typed):
    try:
        instant = instant_from_text(typed)
    except BadInstant:
        return

    assert instant.utcoffset() is not None
