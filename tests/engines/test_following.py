"""Where a page goes on is in its address, which anybody can write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.query import Place, Sort
from tests.factories import DebateFactory, ProposalFactory


@pytest.fixture
def soon(db):
    return DebateFactory(
        opens_at=timezone.now() + timedelta(days=2),
        closes_at=timezone.now() + timedelta(days=9),
    )


@pytest.mark.parametrize("sort", Sort)
def test_no_number_tells_what_is_said_where_nothing_has_begun(ask, say, soon, sort):
    """Whether or not #N holds the word, what follows it is the same."""
    for count in range(3):
        say("La cantine.", agree_count=count)
    holds, lacks = (
        say(text, debate=soon, agree_count=2) for text in ("La cantine.", "Non.")
    )

    following = [
        list(ask("cantine", sort=sort, after=Place(key=1, number=number)).numbers)
        for number in (holds.pk, lacks.pk, 10**9)
    ]

    assert following[0] == following[1] == following[2]


def test_by_date_no_number_tells_when_something_unread_came(ask, say, debate):
    at = debate.opens_at + timedelta(days=1)
    say("La cantine.", submitted_at=at)
    waiting = ProposalFactory(debate=debate, waiting=True, submitted_at=at)

    for number in (waiting.pk, 10**9):
        place = Place(key=0, number=number)
        assert list(ask("cantine", sort=Sort.NEWEST, after=place).numbers) == []


def test_by_date_a_page_goes_on_after_its_last_row_was_hidden(ask, say, debate):
    at = debate.opens_at
    rows = [say("La cantine.", submitted_at=at + timedelta(days=n)) for n in range(4)]
    first = ask("cantine", sort=Sort.NEWEST, size=2)
    type(rows[2]).objects.filter(pk=rows[2].pk).update(status="waiting")

    second = ask("cantine", sort=Sort.NEWEST, size=2, after=first.following)

    assert list(second.numbers) == [rows[1].pk, rows[0].pk]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("key", [0, 10**18 - 1])
def test_any_place_that_an_address_can_write_is_answered(ask, say, sort, key):
    row = say("La cantine.")

    after = ask("cantine", sort=sort, after=Place(key=key, number=10**18 - 1))

    assert set(after.numbers) <= {row.pk}
