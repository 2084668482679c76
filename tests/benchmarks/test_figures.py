"""The arithmetic of `make bench`: what a table says is what was seen."""

import pytest

from benchmarks.client import Answer, Burst
from benchmarks.measures import Page, Subject, percentile
from benchmarks.served import Server
from benchmarks.tables import CLIENTS, Reading, growth_targets

KEYS = ("trivial", "ordinary", "contribution", "first", "last")


def seen(key: str, milliseconds: float, problem: str = "") -> Subject:
    page, server = Page(key, key, "/", queries=3), Server(port=0, group=0)
    subject = Subject(page, server, problem=problem)
    subject.requests, subject.processor_seconds = 10, milliseconds / 200
    for clients in CLIENTS if not problem else ():
        subject.seen[clients] = Burst()
        for _ in range(3):
            answer = Answer(200, {}, length=1_234)
            subject.seen[clients].add(milliseconds / 1000, answer)
    return subject


def reading(**milliseconds: float) -> Reading:
    every = dict.fromkeys(KEYS, 1.0) | milliseconds
    unchanged = ["first, unchanged", "contribution, unchanged"]
    return Reading(
        [seen(key, each) for key, each in every.items()]
        + [seen(key, 1, problem="no ETag") for key in unchanged],
        rounds=1,
    )


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7], 95, 7),
        ([3, 1, 2], 50, 2),
        (list(range(1, 101)), 95, 95),
        (list(range(1, 11)), 95, 10),
    ],
)
def test_a_percentile_is_a_value_that_was_seen(values, percent, expected):
    assert percentile(values, percent) == expected


def test_clients_who_wait_for_nothing_else_ask_as_fast_as_they_are_answered():
    subject = seen("home", milliseconds=4)

    assert subject.rate(1) == pytest.approx(250)
    assert subject.rate(8) == pytest.approx(2_000)


def test_every_figure_is_a_ratio_to_both_references():
    table = list(reading(trivial=0.5, ordinary=4, contribution=12).table())

    page = "| contribution | no | 200 | 1,234 | 3 | "
    processor, median = "6.00 (24.0 / 3.0) | ", "12.00 (24.0 / 3.0) |"
    assert table[6].startswith(page + processor + median)


def test_a_page_that_fails_stands_in_the_table_without_figures():
    table = list(reading().table())

    assert table[-1].startswith("| contribution, unchanged | no | no ETag | – | – |")


def test_a_target_is_met_or_missed_by_the_worse_number_of_clients():
    measured = reading(ordinary=4, contribution=12)
    measured.anonymous["first"].seen[8].seconds = [0.0121]

    contribution, first, *rest = measured.targets()

    assert contribution.startswith("- met · contribution: within 4x")
    assert first.startswith("- **missed** · first: within 3x of the ordinary")
    assert "0.25x at 1, 3.02x at 8" in first
    assert all(each.startswith("- not measured ·") for each in rest[:2])


def test_the_longest_list_is_compared_with_the_shortest_and_with_its_own_end():
    lists = {
        100: [seen("newest", 10), seen("last", 10)],
        10_000: [seen("newest", 99), seen("last", 99)],
        100_000: [seen("newest", 14), seen("last", 21)],
    }

    growth, place = growth_targets(lists)

    assert growth.startswith("- met ·")
    assert growth.endswith("of that of 100: 1.40x; processor 1.40x")
    assert place.startswith("- **missed** ·")
    assert place.endswith("of its first page: 1.50x; processor 1.50x")
