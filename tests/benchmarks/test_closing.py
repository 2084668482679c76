"""The arithmetic of the referee: what it calls wrong is wrong, and nothing else is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.referee import Clock, Closing, Row, identity_of, judge, possible_ends
from benchmarks.storm import Held, wrongs
from benchmarks.writers import ARGUE, CLOSED, SEE_OTHER, VOTE, WITHDRAW, Act

END = datetime(2026, 11, 22, 18, 0, 0, tzinfo=UTC)
EXACT = Clock(ahead=0, error=0.001)


def act(verb=VOTE, target=1, *, sent=-3.0, status=SEE_OTHER, **said):
    """Sent so many seconds after the end, and answered 0.2 s later."""
    begun = END.timestamp() + sent
    done = begun + 0.2 if status else 0
    said = {"said": "agree", "number": target} | said
    return Act(verb, 7, target, sent=begun, done=done, status=status, **said)


def row(each, *, at=-2.9, **other):
    held = {"said": each.said, "number": each.number} | other
    return Row(at=END + timedelta(seconds=at), **held)


def closing(found, counted=None, clock=EXACT):
    return Closing(END, clock, found, found.keys() if counted is None else counted)


REFUSED = act(target=2, sent=0.1, status=CLOSED)


def test_an_end_that_nothing_crossed_is_clean():
    before = act()
    left = {identity_of(before): row(before)}

    verdict = judge([before, REFUSED], closing(left))

    assert verdict.is_clean
    assert (verdict.accepted_before, verdict.refused) == (1, 1)


def test_an_end_that_nobody_came_to_proves_nothing():
    before = act()

    assert not judge([before], closing({identity_of(before): row(before)})).is_clean
    assert not judge([REFUSED], closing({})).is_clean


@pytest.mark.parametrize(
    ("sent", "at"),
    [(0.1, -0.1), (-0.1, 0), (-0.1, 0.05)],
    ids=["sent after it", "received at the very end", "received after it"],
)
def test_what_was_accepted_after_the_end_is_seen(sent, at):
    late = act(sent=sent)

    verdict = judge([late, REFUSED], closing({identity_of(late): row(late, at=at)}))

    assert (verdict.accepted_before, verdict.accepted_after) == (0, 1)
    assert not verdict.is_clean


@pytest.mark.parametrize(
    "left",
    [
        lambda each: {},
        lambda each: {identity_of(each): row(each, said="mixed")},
        lambda each: {identity_of(each): row(each, number=9)},
        lambda each: {identity_of(replace(each, account=8)): row(each)},
    ],
    ids=["nothing", "something else", "under another number", "somebody else's"],
)
def test_what_was_accepted_and_is_not_there_as_it_was_sent_is_seen(left):
    lost = act()

    verdict = judge([lost, REFUSED], closing(left(lost)))

    assert verdict.not_found == 1
    assert not verdict.is_clean


def test_what_was_refused_and_is_there_is_seen():
    before = act()
    left = {identity_of(each): row(each) for each in (before, REFUSED)}

    verdict = judge([before, REFUSED], closing(left))

    assert verdict.not_accepted == 1
    assert not verdict.is_clean


def test_what_was_refused_before_the_end_is_seen():
    before, too_soon = act(), act(target=2, sent=-1, status=CLOSED)

    verdict = judge([before, too_soon], closing({identity_of(before): row(before)}))

    assert verdict.refused_before == 1
    assert not verdict.is_clean


def test_what_came_after_the_debate_was_counted_is_seen():
    before = act()
    left = {identity_of(before): row(before)}

    verdict = judge([before, REFUSED], closing(left, counted=set()))

    assert verdict.not_counted == 1
    assert not verdict.is_clean


def test_any_other_answer_is_seen():
    before, broken = act(), act(target=3, status=500)

    verdict = judge(
        [before, broken, REFUSED], closing({identity_of(before): row(before)})
    )

    assert verdict.other == 1
    assert not verdict.is_clean


def test_a_clock_that_is_ahead_moves_what_was_sent_and_its_error_accuses_nobody():
    near = act(sent=-0.01)
    left = {identity_of(near): row(near, at=-0.005)}

    assert judge([near], closing(left, clock=Clock(1, 0.001))).accepted_after == 1
    assert judge([near], closing(left, clock=Clock(0.011, 0.02))).accepted_after == 0


def test_only_the_writes_of_the_last_second_are_timed():
    acts = [
        replace(act(target=1, sent=-3), seconds=0.4),
        replace(act(target=2, sent=-0.9), seconds=0.1),
        replace(act(target=3, sent=-0.5), seconds=0.2),
    ]

    verdict = judge(acts, closing({identity_of(each): row(each) for each in acts}))

    assert sorted(verdict.milliseconds) == [100, 200]
    assert verdict.percentile(99) == 200


def test_of_acts_that_came_one_after_the_other_the_last_one_stands():
    assert possible_ends([act(said="agree", sent=-3), act(said="none", sent=-2)]) == {
        "none"
    }


def test_of_acts_that_were_under_way_together_either_may_stand():
    assert possible_ends([act(said="agree", sent=-3), act(said="none", sent=-2.9)]) == {
        "agree",
        "none",
    }


def test_an_act_that_was_never_answered_may_stand_and_may_not():
    unanswered = act(said="mixed", status=0)

    assert possible_ends([unanswered]) == {"mixed", ""}
    assert possible_ends([act(sent=-9), unanswered]) == {"agree", "mixed"}


ARGUED = act(ARGUE, 1, key="k", said="Oui.", number=5)
TAKEN_BACK = act(WITHDRAW, 5, sent=-1)
JOURNALLED = {("contribution_submitted", 5): 1}


def held(status="published", journalled=JOURNALLED, **other):
    left = {identity_of(ARGUED): row(ARGUED, status=status, **other)}
    return Held(arguments=left, opinions={}, journalled=journalled)


def test_a_storm_that_left_what_it_answered_is_clean():
    both = JOURNALLED | {("contribution_withdrawn", 5): 1}

    assert list(wrongs([ARGUED], held(), was_killed=False)) == []
    withdrawn = held("withdrawn", both)
    assert list(wrongs([ARGUED, TAKEN_BACK], withdrawn, was_killed=False)) == []


@pytest.mark.parametrize(
    ("acts", "left"),
    [
        ([ARGUED], Held({}, {}, JOURNALLED)),
        ([ARGUED], held(said="Non.")),
        ([ARGUED], held(journalled={})),
        ([ARGUED], held(journalled={("contribution_submitted", 5): 2})),
        ([ARGUED], held("withdrawn")),
        ([ARGUED, TAKEN_BACK], held()),
        ([ARGUED, TAKEN_BACK], held("withdrawn")),
        ([ARGUED, act(target=3)], held()),
        ([ARGUED, act(target=3, status=500)], held()),
        ([ARGUED, act(target=3, status=0)], held()),
    ],
    ids=[
        "lost",
        "changed",
        "not journalled",
        "journalled twice",
        "withdrawn by nobody",
        "not withdrawn",
        "withdrawal not journalled",
        "a vote that is lost",
        "an error",
        "no answer",
    ],
)
def test_a_storm_that_left_something_else_is_not(acts, left):
    assert list(wrongs(acts, left, was_killed=False))
