"""However the opening moves, what was prepared for it is said as the debate opens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proposals.actions import DebateHasOpened, drop_prepared
from proposals.models import Proposal
from register.actions import PeriodNotMoved, move_period
from register.models import Debate
from tests.factories import DebateFactory
from tests.proposals.preparing import prepare

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# Microseconds from the beginning, over five days: around the opening and the end.
FAR = 5 * 24 * 3_600_000_000
instants = st.integers(0, FAR).map(lambda n: timedelta(microseconds=n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("prepare"), st.text("ab", max_size=2)),
        st.tuples(st.just("drop"), st.integers(0, 5)),
        st.tuples(st.just("move"), instants, instants),
        st.tuples(st.just("wait"), instants),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_each_carries_the_opening_instant_whatever_moves_and_waits(
    steps, organiser, at
):
    begin = now = timezone.now()
    debate = DebateFactory(opens_at=begin + 24 * HOUR, closes_at=begin + 96 * HOUR)

    for act, *said in steps:
        if act == "wait":
            now = max(now, begin + said[0])
        at(now)
        do(act, said, debate, organiser)

        debate = Debate.objects.get(pk=debate.pk)
        for row in Proposal.objects.filter(debate=debate):
            assert row.submitted_at == row.status_at == debate.opens_at


def do(act, said, debate, organiser):
    rows = Proposal.objects.filter(debate=debate)
    try:
        if act == "prepare":
            prepare(debate, organiser, *said)
        elif act == "drop" and said[0] < len(rows):
            drop_prepared(proposal=rows[said[0]], actor=organiser)
        elif act == "move":
            opens_at, closes_at = (debate.opens_at - 24 * HOUR + each for each in said)
            move_period(
                debate=debate,
                opens_at=opens_at,
                closes_at=closes_at,
                motive="La salle est prise.",
                actor=organiser,
            )
    except (DebateHasOpened, PeriodNotMoved):
        pass


def test_moving_the_end_alone_changes_nothing_that_was_said(organiser, at):
    debate = DebateFactory(upcoming=True)
    (row,) = prepare(debate, organiser)
    at(debate.opens_at)

    move_period(
        debate=debate,
        opens_at=debate.opens_at,
        closes_at=debate.closes_at + HOUR,
        motive="Une fuite d’eau.",
        actor=organiser,
    )

    assert Proposal.objects.get(pk=row.pk).submitted_at == row.submitted_at


def test_the_form_of_the_period_moves_them_along(client, organiser):
    debate = DebateFactory(upcoming=True)
    (row,) = prepare(debate, organiser)
    client.force_login(organiser)

    client.post(
        reverse("move_period", args=(debate.pk,)),
        {"opens_at": "2090-01-01 00:00", "closes_at": "2090-02-01 00:00"}
        | {"motive": "Le préau est inondé."},
    )

    debate.refresh_from_db()
    assert debate.opens_at.year == 2089
    assert Proposal.objects.get(pk=row.pk).submitted_at == debate.opens_at


def test_what_is_prepared_is_not_dated_from_before_it_was(client, organiser):
    debate = DebateFactory(upcoming=True)
    (row,) = prepare(debate, organiser)
    client.force_login(organiser)

    client.post(
        reverse("move_period", args=(debate.pk,)),
        {"opens_at": "2020-01-01 00:00", "closes_at": "2090-02-01 00:00"}
        | {"motive": "Plus tôt."},
    )

    opens_at = debate.opens_at
    debate.refresh_from_db()
    assert debate.opens_at == opens_at
    assert Proposal.objects.get(pk=row.pk).submitted_at == opens_at
