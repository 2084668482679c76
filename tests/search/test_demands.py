"""What people look for is counted by day and by words, and nothing of who they are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event
from time import monotonic

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.demands import KEPT, MOST_A_DAY, count_search, searches
from search.facets import Facet
from search.models import Demand
from search.query import Place, SearchQuery, Sort
from search.typed import parse

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)


def search(typed, *, at=NOON, is_vain=False, **how):
    query = SearchQuery(parse(typed), **how)
    count_search(typed, query=query, is_vain=is_vain, at=at)


def counted():
    return {row.typed: (row.count, row.vain) for row in Demand.objects.all()}


def in_another_connection(act):
    try:
        return act()
    finally:
        connection.close()


def test_spellings_of_the_same_words_are_counted_together():
    for typed in (
        "L’Éducation  ouverte",
        "l'education\nouverte",
        "« EDUCATION » OUVERTE",
    ):
        search(typed)

    assert counted() == {"education ouverte": (3, 0)}


def test_what_was_found_and_what_was_not_are_counted_apart():
    search("vélo")
    search("vélo", is_vain=True)

    assert counted() == {"velo": (2, 1)}


def test_a_day_ends_at_midnight_by_the_clocks_of_the_site():
    search("vélo", at=datetime(2026, 3, 15, 22, 59, tzinfo=UTC))
    search("vélo", at=datetime(2026, 3, 15, 23, 1, tzinfo=UTC))

    days = Demand.objects.order_by("day").values_list("day", "count")
    assert list(days) == [(date(2026, 3, 15), 1), (date(2026, 3, 16), 1)]


@pytest.mark.parametrize(
    "typed",
    [
        "paul.durand@exemple.fr",
        "paul ＠ exemple",
        "06 12 34 56 78",
        "0612345678",
        "+33 6.12.34.56.78",
        "dossier 123-456",
        "",
        " « » ?! ",
        "mot " * 40,
    ],
)
def test_what_may_say_who_somebody_is_or_says_nothing_is_not_counted(typed):
    search(typed)

    assert counted() == {}


def test_years_and_articles_of_law_are_counted():
    search("budget 2026")
    search("article 12 345")

    assert counted() == {"budget 2026": (1, 0), "article 12 345": (1, 0)}


@pytest.mark.parametrize(
    "how",
    [
        {"chosen": {Facet.KIND: frozenset({"argument"})}},
        {"after": Place(key=1, number=1)},
        {"sort": Sort.NEWEST},
    ],
)
def test_whoever_reads_on_or_narrows_a_search_is_counted_once(how):
    search("vélo", **how)

    assert counted() == {}


def test_nothing_but_a_day_words_and_two_figures_is_kept():
    fields = {field.name for field in Demand._meta.concrete_fields}

    assert fields == {"day", "typed", "count", "vain"}


def test_a_day_is_forgotten_after_thirteen_months():
    for age in (KEPT + 1, KEPT):
        search("vélo", at=NOON - timedelta(days=age))

    search("eau")

    days = set(Demand.objects.values_list("day", flat=True))
    assert days == {NOON.date(), NOON.date() - timedelta(days=KEPT)}


def test_what_is_rare_or_old_is_shown_to_nobody():
    for typed, ages in {
        "eau": (0, 1, 1, 29, 29, 29),
        "velo": (0, 1, 2, 3, 4),
        "marie dupont": (0, 1, 2, 3, 30),
        "jadis": (1, 1, 2, 2, 30, 31),
    }.items():
        for age in ages:
            search(typed, at=NOON - timedelta(days=age), is_vain=age == 1)

    shown = [tuple(row.values()) for row in searches(NOON)]

    assert shown == [("eau", 6, 2, 3), ("velo", 5, 1, 5)]


def test_what_one_visitor_repeats_on_two_days_is_shown_to_nobody():
    for age in (0, 0, 0, 0, 1, 1, 1, 1):
        search("Jeanne Dupont 15 rue des Lilas", at=NOON - timedelta(days=age))

    assert not searches(NOON)


def test_no_more_than_so_many_different_texts_are_counted_a_day():
    search("vélo", at=NOON)
    yesterday = NOON - timedelta(days=1)
    some = range(MOST_A_DAY - 1)
    rows = [Demand(day=NOON.date(), typed=f"mot {n}", count=1) for n in some]
    Demand.objects.bulk_create(rows)

    search("eau")
    search("vélo")
    search("eau", at=yesterday)

    assert Demand.objects.filter(day=NOON.date()).count() == MOST_A_DAY
    assert counted()["velo"] == (2, 0)
    assert [row.day for row in Demand.objects.filter(typed="eau")] == [yesterday.date()]


def test_the_last_text_that_a_day_has_room_for_is_counted():
    some = range(MOST_A_DAY - 1)
    rows = [Demand(day=NOON.date(), typed=f"mot {n}", count=1) for n in some]
    Demand.objects.bulk_create(rows)

    search("eau", is_vain=True)

    assert counted()["eau"] == (1, 1)


def test_counting_costs_the_same_the_first_and_the_hundredth_time():
    costs = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            search("vélo")
        costs.append(len(queries))

    assert len(set(costs)) == 1
    assert costs[0] < 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_search_at_once_are_both_counted_or_neither_fails():
    def search_often():
        for _ in range(20):
            search("vélo")

    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(in_another_connection, search_often) for _ in "ab"]
        for run in runs:
            run.result()

    count, _vain = counted()["velo"]
    # Who finds the other one writing may go uncounted.
    assert 1 <= count <= 40


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_whoever_searches_does_not_wait_for_who_writes(caplog):
    search("vélo")
    is_held, is_over = Event(), Event()

    def write_slowly():
        with transaction.atomic():
            Demand.objects.update(vain=0)
            is_held.set()
            is_over.wait(10)

    with ThreadPoolExecutor(1) as threads:
        writer = threads.submit(in_another_connection, write_slowly)
        is_held.wait(10)
        began = monotonic()
        with caplog.at_level("INFO", logger="search.demands"):
            search("vélo")
        took = monotonic() - began
        is_over.set()
        writer.result()
    search("vélo")

    assert took < 2
    assert "not counted" in caplog.text
    assert counted() == {"velo": (2, 0)}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_other_writers_of_the_same_connection_wait_as_before():
    if connection.vendor == "postgresql":
        asked, usual = "SHOW lock_timeout", "0"
    else:
        asked, usual = "PRAGMA busy_timeout", 20_000

    search("vélo")

    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (usual,)
