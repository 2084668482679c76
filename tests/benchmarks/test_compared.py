"""How alike two engines are said to be, counted by hand."""

import pytest

from benchmarks.compared import overlap, overlap_table, same_table, shared


@pytest.mark.parametrize(
    ("ones", "others", "expected"),
    [
        (range(10), range(10), 10),
        (range(10), reversed(range(10)), 10),
        (range(10), range(3, 13), 7),
        (range(30), range(20, 50), 0),
        # What comes after the first ten does not count.
        ([*range(10), 98], [*range(10), 99], 10),
        # Two of the four that one could have shared.
        ([1, 2], [1, 2, 3, 4], 5),
        ([1], [], 0),
        ([], [], 10),
    ],
)
def test_what_is_shared_is_told_in_tenths_of_what_could_be(ones, others, expected):
    assert shared(list(ones), list(others)) == pytest.approx(expected)


def test_questions_that_nothing_answers_say_nothing_of_how_alike_engines_are():
    found = overlap([([], []), ([1, 2], [2, 1]), ([1, 2], [1, 3]), ([4], [4])])

    assert found.compared == 3
    assert found.mean == pytest.approx((10 + 5 + 10) / 3)
    assert (found.worst, found.identical) == (5, 1)


def test_engines_that_answer_nothing_at_all_are_alike():
    assert overlap([([], [])]).mean == 10


def test_what_differs_is_named_by_its_place():
    ones = [{"total": 3, "set": [1, 2, 3]}, {"total": 1, "set": [4]}]
    others = [{"total": 3, "set": [1, 2, 3]}, {"total": 1, "set": [5]}]

    assert list(same_table(["total", "set"], ones, others))[2:] == [
        "| total | 2 | 2 | – |",
        "| set | 1 | 2 | 1 |",
    ]


def test_each_list_that_is_compared_has_a_line():
    pairs = [([1, 2], [1, 2]), ([1, 2], [1, 3])]

    assert list(overlap_table({"first": overlap(pairs)}))[2:] == [
        "| first | 2 | 7.50 | 5.0 | 1 |"
    ]
