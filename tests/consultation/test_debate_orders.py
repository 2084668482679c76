"""In which order a debate's proposals are read; the address keeps it."""

from datetime import timedelta
from itertools import chain

import pytest

from consultation.listing import PRIME, SEEDS, Sort, drawn
from consultation.views import pages
from proposals.models import Proposal
from tests.consultation.test_paging import follow, numbers
from tests.factories import ProposalFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages_of_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PROPOSALS_PER_PAGE", 5)


@pytest.fixture
def rows(page) -> list:
    """Thirteen proposals, many of them equal by every count."""
    counts = (3, 0, 7, 3, 3, 0, 1, 7, 2, 2, 2, 0, 5)
    return [
        ProposalFactory(
            debate=page.debate,
            submitted_at=page.debate.opens_at + timedelta(hours=hours // 2),
            for_count=count,
            against_count=(count * 5) % 4,
            agree_count=count // 2,
        )
        for hours, count in enumerate(counts)
    ]


KEYS = {
    "newest": lambda row: (row.submitted_at, row.number),
    "oldest": lambda row: (row.submitted_at, row.number),
    "argued": lambda row: (row.argument_count, row.submitted_at, row.number),
    "agreed": lambda row: (row.agree_count, row.submitted_at, row.number),
}


@pytest.mark.parametrize("order", KEYS)
def test_every_order_lists_every_proposal_once_page_after_page(read, page, rows, order):
    expected = sorted(rows, key=KEYS[order], reverse=order != "oldest")

    listed = follow(read, f"{page.url}?order={order}", "next")

    assert [*chain(*listed)] == [row.number for row in expected]
    assert [len(each) for each in listed] == [5, 5, 3]


@pytest.mark.parametrize("order", [*KEYS, "random&seed=7"])
def test_going_back_up_lists_the_same(read, page, rows, order):
    address = f"{page.url}?order={order}"
    down = follow(read, address, "next")
    last = read(f"{address}&after={down[1][-1]}").select_one('a[rel="prev"]')["href"]

    up = follow(read, page.url + last, "prev")

    assert [*chain(*reversed(up))] == [*chain(*down)][:10]


def test_a_random_order_repeats_and_loses_nothing(read, page, rows):
    listed = [*chain(*follow(read, f"{page.url}?order=random&seed=7", "next"))]

    assert sorted(listed) == [row.number for row in rows]
    assert listed != sorted(listed)
    assert listed != sorted(listed, reverse=True)


def test_everybody_who_has_the_seed_sees_the_same_order(read, page, rows):
    address = f"{page.url}?order=random&seed=4321"

    assert numbers(read(address)) == numbers(read(address))


def test_two_seeds_give_two_orders(read, page, rows):
    orders = {
        tuple(numbers(read(f"{page.url}?order=random&seed={n}"))) for n in range(1, 9)
    }

    assert len(orders) > 5


def test_a_random_order_without_a_seed_draws_one_for_this_reader_alone(client, page):
    answers = [client.get(f"{page.url}?order=random") for _ in range(3)]

    assert {each.status_code for each in answers} == {302}
    assert len({each.url for each in answers}) > 1
    assert all("order=random&seed=" in each.url for each in answers)
    assert {each["Cache-Control"] for each in answers} == {"no-store"}


@pytest.mark.parametrize("seed", ["0", "-1", "x", "1.5", "100000", "9" * 40, "٣", ""])
def test_a_seed_that_is_none_is_drawn_again(client, page, seed):
    answer = client.get(page.url, {"order": "random", "seed": seed})

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "query", ["order=best", "section=x", "theme=x", "institution=x"]
)
def test_what_does_not_exist_leads_nowhere(read, page, query):
    read(f"{page.url}?{query}", status=404)


def test_the_empty_fields_of_a_form_leave_the_address(client, page):
    section = SectionFactory(debate=page.debate)

    answer = client.get(page.url, {"section": section.slug, "theme": "", "order": ""})

    assert (answer.status_code, answer.url) == (
        302,
        f"{page.url}?section={section.slug}",
    )


def test_each_order_is_named_and_explained(read, page, rows):
    for sort in Sort:
        document = read(f"{page.url}?order={sort.value}&seed=1")
        current = document.select_one(".sorts [aria-current]")
        assert current.get_text() == str(sort.label)
        assert len(document.select(".filters__order .meta")[0].get_text()) > 20


def test_a_draw_is_the_same_on_every_database_for_the_greatest_numbers(page):
    numbers = [1, 2**31 - 2, 2**31, 999_999_999_999, 10**12]
    for number in numbers:
        ProposalFactory(debate=page.debate, number=number)

    for seed in (1, 2, 77_777, SEEDS - 1):
        drawn_here = Proposal.objects.annotate(draw=drawn(seed)).in_order()
        assert {row.number: row.draw for row in drawn_here} == {
            number: place_of(number, seed) for number in numbers
        }


def place_of(number: int, seed: int) -> int:
    """As in `drawn`, in Python's integers, which have no end."""
    place = number % PRIME
    first = place * (48_271 + 2 * seed) % PRIME
    second = (place * 16_807 + seed * 7_919 + 1) % PRIME
    return first * second % PRIME
