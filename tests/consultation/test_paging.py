from datetime import timedelta
from itertools import chain

import pytest

from consultation.models import DebatePage
from consultation.views import pages as views
from proposals.models import Proposal
from register.enums import Status
from register.models import Contribution, Ground
from tests.consultation.conftest import Read
from tests.factories import ProposalFactory, SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def pages_of_five(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PROPOSALS_PER_PAGE", 5)


@pytest.fixture
def newest_first(page: DebatePage) -> list[int]:
    """Thirteen proposals, many submitted at the very same instant."""
    at = page.debate.opens_at
    rows = [
        ProposalFactory(debate=page.debate, submitted_at=at + timedelta(hours=hours))
        for hours in (2, 0, 1, 1, 1, 1, 1, 1, 1, 0, 2, 1, 0)
    ]
    rows.sort(key=lambda row: (row.submitted_at, row.number), reverse=True)
    return [row.number for row in rows]


def numbers(document) -> list[int]:
    return [int(each.get_text()[1:]) for each in document.select(".row .number")]


def follow(read: Read, address: str, link: str) -> list[list[int]]:
    """What each page lists, from an address on, along its `next` or `prev` links."""
    path, pages = address.partition("?")[0], []
    while True:
        document = read(address)
        pages.append(numbers(document))
        further = document.select_one(f'a[rel="{link}"]')
        if further is None:
            return pages
        address = path + further["href"]


def test_going_down_the_list_loses_and_repeats_nothing(read, page, newest_first):
    pages = follow(read, page.url, "next")

    assert [len(each) for each in pages] == [5, 5, 3]
    assert [*chain(*pages)] == newest_first


def test_going_back_up_the_list_loses_and_repeats_nothing(read, page, newest_first):
    pages = follow(read, f"{page.url}?after={newest_first[-1]}", "prev")
    from_the_last = follow(read, f"{page.url}?before={newest_first[-1]}", "prev")

    assert pages == [[]]
    assert [*chain(*reversed(from_the_last))] == newest_first[:-1]


@pytest.mark.parametrize("count", [0, 5, 10])
def test_a_full_last_page_offers_none_after_it(read, page, count):
    ProposalFactory.create_batch(count, debate=page.debate)

    pages = follow(read, page.url, "next")

    assert [len(each) for each in pages] == ([5] * (count // 5) or [0])


def test_the_first_page_offers_no_newer_and_the_last_no_older(read, page, newest_first):
    first = read(page.url)
    last = read(f"{page.url}?after={newest_first[9]}")

    assert first.select('a[rel="prev"]') == []
    assert last.select('a[rel="next"]') == []
    assert last.select_one('a[rel="prev"]')["href"] == f"?before={newest_first[10]}"


def test_a_proposal_published_meanwhile_shifts_no_page(read, page, newest_first):
    second = f"{page.url}?after={newest_first[4]}"
    before = numbers(read(second))

    ProposalFactory(debate=page.debate, submitted_at=page.debate.closes_at)

    assert numbers(read(second)) == before == newest_first[5:10]


@pytest.mark.parametrize("link", ["after", "before"])
def test_a_row_hidden_since_still_says_where_the_reader_was(
    read, page, newest_first, link
):
    row = Contribution.objects.get(pk=newest_first[7])
    row.status, row.ground = Status.HIDDEN, Ground.objects.first()
    row.save()

    listed = numbers(read(f"{page.url}?{link}={row.pk}"))

    expected = {"after": newest_first[8:13], "before": newest_first[2:7]}
    assert listed == expected[link]


@pytest.mark.parametrize("link", ["after", "before"])
@pytest.mark.parametrize(
    "number",
    ["0", "999999", "", "-1", "1.5", "x", "1 OR 1=1", "²", "٣", "9" * 30, "9" * 5000],
)
def test_a_number_that_is_none_of_the_debate_leads_nowhere(read, page, link, number):
    read(f"{page.url}?{link}={number}", status=404)


@pytest.mark.parametrize("link", ["after", "before"])
def test_a_number_of_another_debate_leads_nowhere(read, page, link):
    foreign = ProposalFactory()

    read(f"{page.url}?{link}={foreign.pk}", status=404)


def test_the_number_of_what_hangs_on_a_proposal_leads_nowhere(read, page, newest_first):
    source = SourceFactory(hangs_on=Proposal.objects.get(pk=newest_first[0]))

    read(f"{page.url}?after={source.pk}", status=404)


def test_a_number_says_nothing_of_what_is_waiting(read, page):
    waiting = ProposalFactory(debate=page.debate, waiting=True)

    read(f"{page.url}?after={waiting.pk}", status=404)


def test_past_the_end_of_the_list_a_sentence_leads_back(read, page, newest_first):
    address = page.debate.pages.get(locale__language_code="en").url

    document = read(f"{address}?after={newest_first[-1]}")

    assert numbers(document) == []
    assert document.select_one(".empty a")["href"] == address
