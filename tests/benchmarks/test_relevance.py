"""The arithmetic of benchmarks.relevance, by hand, and what was judged beforehand."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain
from random import Random

import pytest

from benchmarks.answering import answers
from benchmarks.relevance import (
    HELD,
    JUDGEMENTS,
    TUNING,
    Question,
    judged,
    lines,
    measure,
    tables,
)
from tests.factories import ProposalFactory, act_on

# See benchmarks/judgements/README.md: the questions came in two batches.
FIRST_BATCH = 63
GRADES = {"opinion/1": 2, "opinion/2": 1, "opinion/3": 0, "opinion/4": 2}
WIFI = Question("q01", TUNING, "wifi", GRADES)
RADIO = Question("q02", HELD, "radio", {"opinion/5": 2, "opinion/6": 0})


def answering(*found: str):
    return lambda text: found


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # Gains of 3, 1 and 3, over 1, 1.585 and 2: against the best order, 3 + 1.893
        # + 0.5.
        (("opinion/1", "opinion/4", "opinion/2"), 1),
        (("opinion/1", "opinion/2", "opinion/4"), (3 + 0.6309 + 1.5) / 5.3928),
        (("opinion/3", "opinion/9", "opinion/1"), 1.5 / 5.3928),
        (("opinion/3", "opinion/9"), 0),
        ((), 0),
    ],
)
def test_the_gain_is_that_of_the_best_order_when_the_best_come_first(found, expected):
    score = measure(answering(*found), [WIFI])

    assert score.ndcg == pytest.approx(expected, abs=1e-4)


def test_what_comes_eleventh_gains_nothing_and_is_recalled_in_the_first_twenty():
    others = [f"opinion/{number}" for number in range(20, 29)]
    ranking = answering("opinion/1", *others, "opinion/4")

    score = measure(ranking, [WIFI])

    assert score.ndcg == pytest.approx(3 / 5.3928, abs=1e-4)
    assert (score.recall_first, score.recall_further) == (0.5, 1)


def test_what_comes_after_the_twentieth_is_not_recalled():
    others = [f"opinion/{number}" for number in range(20, 40)]

    score = measure(answering(*others, "opinion/1", "opinion/4"), [WIFI])

    assert score.recall_further == 0


def test_only_ten_good_answers_are_expected_on_the_first_page():
    grades = {f"opinion/{number}": 2 for number in range(12)}
    ranking = answering(*sorted(grades)[:10])

    score = measure(ranking, [replace(WIFI, grades=grades)])

    assert score.ndcg == pytest.approx(1)
    assert score.recall_first == pytest.approx(10 / 12)


def test_several_questions_count_alike_whatever_they_found():
    found = {"wifi": ("opinion/1", "opinion/4", "opinion/2"), "radio": ()}

    score = measure(found.__getitem__, [WIFI, RADIO])

    assert (score.ndcg, score.recall_first) == (0.5, 0.5)
    assert score.unanswered == 1


def test_what_nobody_judged_is_counted_among_the_first_ten():
    ranking = answering("opinion/3", "opinion/8", *["opinion/9"] * 9)

    assert measure(ranking, [WIFI]).unjudged == 9


def test_each_half_has_a_table_of_its_own_with_a_row_for_each_engine():
    rankings = {"one": answering("opinion/1", "opinion/5"), "none": answering()}

    said = [line for line in tables(rankings, [WIFI, RADIO]) if "engine" not in line]

    assert [line for line in said if line.startswith("| one")] == [
        "| one | 0.556 | 0.500 | 0.500 | 0 | 1.0 |",
        "| one | 0.631 | 1.000 | 1.000 | 0 | 1.0 |",
    ]
    assert said.count("| none | 0.000 | 0.000 | 0.000 | 1 | 0.0 |") == 2


def test_every_question_is_answered_by_something_that_was_judged():
    questions = judged()

    assert len(questions) >= 40
    assert all(2 in each.grades.values() for each in questions)
    assert {grade for each in questions for grade in each.grades.values()} == {0, 1, 2}


def test_the_judgements_name_proposals_by_their_ids_alone_and_once():
    pairs = [
        (line["question"], line["origin"])
        for line in lines(JUDGEMENTS / "relevance.tsv")
    ]

    asked = {each.key for each in judged()}

    assert max(Counter(pairs).values()) == 1
    assert {question for question, _ in pairs} == asked
    assert all(re.fullmatch(r"opinion/[0-9]+", origin) for _, origin in pairs)


def test_half_of_each_batch_is_held_back_as_the_seed_draws_it():
    questions = judged()
    keys = [each.key for each in questions]
    drawn = [
        Random(7).sample(batch, len(batch) // 2)  # noqa: S311
        for batch in (keys[:FIRST_BATCH], keys[FIRST_BATCH:])
    ]

    held = {each.key for each in questions if each.half == HELD}

    assert held == set(chain(*drawn))


def test_what_the_site_answers_is_named_as_in_the_judgements(db):
    titles = {61: "Des réseaux pour tous", 62: "Des écoles"}
    for key, title in titles.items():
        act_on(ProposalFactory(title=title, origin=f"capcollectif/opinion/{key}"))

    assert answers("réseaux") == ["opinion/61"]
