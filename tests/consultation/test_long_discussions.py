"""A proposal under which a thousand arguments stand: all can be read, page by page."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

import pytest
from bs4 import BeautifulSoup

from arguments.enums import Side
from arguments.models import Argument
from consultation import discussion
from consultation.discussion import SHOWN_AT_ONCE
from register.enums import Status
from register.models import Contribution, Ground
from register.numbers import reserve_numbers
from tests.factories import (
    ArgumentFactory,
    ProposalFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def proposal(page):
    return ProposalFactory(debate=page.debate)


def argue(proposal, how_many: int, text: str = "Parce que.") -> list[Argument]:
    """As many arguments, for and against in turn, three at each instant."""
    author = UserFactory()
    rows = [
        Argument(
            number=number,
            debate=proposal.debate,
            hangs_on=proposal,
            author=author,
            submitted_at=(at := proposal.submitted_at + timedelta(minutes=number // 3)),
            status_at=at,
            side=Side.FOR if number % 2 else Side.AGAINST,
            text=text,
            support_count=number % 7,
        )
        for number in reserve_numbers(how_many)
    ]
    Argument.objects.bulk_insert(rows)
    return rows


def numbers(document: BeautifulSoup, part: str) -> list[int]:
    items = document.select(f"#{part} > ol > li > article")
    return [int(each["id"].removeprefix("contribution-")) for each in items]


def going_on(read, address: str, part: str) -> Iterator[list[int]]:
    path = address.partition("?")[0]
    while True:
        document = read(address)
        yield numbers(document, part)
        links = document.select(f"#{part} > .side__paging a")
        further = [each["href"] for each in links if f"{part}=" in each["href"]]
        if not further:
            return
        address = path + further[0].partition("#")[0]


def test_the_first_hundred_of_each_side_are_shown_at_once(client, read, proposal):
    argue(proposal, 1_000)
    address = f"/propositions/{proposal.pk}/"

    document = read(address)

    assert len(numbers(document, "for")) == len(numbers(document, "against")) == 100
    assert len(client.get(address).content) <= 300_000


@pytest.mark.parametrize(
    "text",
    ["« L’été », dit-elle. " * 95, "'<&>\"" * 400, "http://a.fr " * 166, "#{0} " * 400],
    ids=["quotes", "signs", "addresses", "citations"],
)
def test_however_heavy_the_arguments_the_page_stays_under_300_kb(
    client, read, publish, proposal, text
):
    rows = argue(proposal, 90, text=text.format(proposal.pk)[:2_000])
    publish(*rows)
    address = f"/propositions/{proposal.pk}/"

    listed = [*going_on(read, address, "for")]

    assert len(client.get(address).content) <= 300_000
    assert sorted(chain(*listed)) == [row.pk for row in rows if row.side == Side.FOR]


def test_past_the_end_of_a_side_no_one_is_told_that_it_is_empty(read, proposal):
    last = argue(proposal, 4)[0]
    Contribution.objects.filter(pk=last.pk).update(
        status=Status.HIDDEN, ground=Ground.objects.first()
    )
    side = "for" if last.side == Side.FOR else "against"

    document = read(f"/en/propositions/{proposal.pk}/?{side}={last.pk}")

    assert numbers(document, side) == []
    assert "nothing further" in document.select_one(f"#{side} .empty").get_text()


@pytest.mark.parametrize("order", ["newest", "oldest", "supported"])
@pytest.mark.parametrize("part", ["for", "against"])
def test_going_on_loses_and_repeats_nothing(read, proposal, order, part):
    rows = [each for each in argue(proposal, 500) if each.side == part]
    rows.sort(
        key=lambda row: (
            row.support_count if order == "supported" else 0,
            row.submitted_at,
            row.pk,
        ),
        reverse=order != "oldest",
    )

    listed = [*going_on(read, f"/propositions/{proposal.pk}/?order={order}", part)]

    assert [len(each) for each in listed] == [100, 100, 50]
    assert [*chain(*listed)] == [row.pk for row in rows]


def test_going_on_with_one_side_leaves_the_other_where_it_was(read, proposal):
    rows = argue(proposal, 500)
    address = f"/propositions/{proposal.pk}/"
    start = next(row.pk for row in rows if row.side == Side.AGAINST)

    document = read(f"{address}?against={start}")

    assert numbers(document, "for") == numbers(read(address), "for")
    back = document.select_one("#against > .side__paging a")["href"]
    assert back == "?#against"


def test_sources_go_on_too(read, proposal, monkeypatch):
    monkeypatch.setattr(discussion, "SHOWN_AT_ONCE", 3)
    rows = SourceFactory.create_batch(8, hangs_on=proposal)

    listed = [*going_on(read, f"/propositions/{proposal.pk}/", "sources")]

    assert [*chain(*listed)] == [row.pk for row in reversed(rows)]


@pytest.mark.parametrize("position", [0, 150, 240, 499])
def test_every_number_leads_to_a_page_that_shows_it(client, read, proposal, position):
    row = argue(proposal, 500)[position]
    source = SourceFactory(
        hangs_on=Argument.objects.get(pk=row.pk), submitted_at=proposal.debate.closes_at
    )

    for number in (row.pk, source.pk):
        place = client.get(f"/contributions/{number}").url
        page, _, anchor = place.partition("#")
        assert anchor == f"contribution-{number}"
        assert read(page).find(id=anchor) is not None


def test_a_number_that_the_page_begins_with_keeps_a_short_address(client, proposal):
    row = argue(proposal, 500)[-1]

    assert client.get(f"/contributions/{row.pk}").url == (
        f"/propositions/{proposal.pk}/#contribution-{row.pk}"
    )


def test_a_row_hidden_since_still_says_where_the_reader_was(read, proposal):
    rows = [each for each in argue(proposal, 20) if each.side == Side.FOR]
    Contribution.objects.filter(pk=rows[4].pk).update(
        status=Status.HIDDEN, ground=Ground.objects.first()
    )

    document = read(f"/propositions/{proposal.pk}/?for={rows[4].pk}")

    assert numbers(document, "for") == [row.pk for row in reversed(rows[:4])]


@pytest.mark.parametrize("query", ["for=x", "for=999999", "against=0", "order=best"])
def test_what_does_not_hang_there_leads_nowhere(read, proposal, query):
    read(f"/propositions/{proposal.pk}/?{query}", status=404)


def test_a_number_of_another_proposal_leads_nowhere(read, proposal):
    foreign = ArgumentFactory()

    read(f"/propositions/{proposal.pk}/?for={foreign.pk}", status=404)


def test_the_order_is_said_and_can_be_changed(read, proposal):
    argue(proposal, 6)
    address = f"/propositions/{proposal.pk}/"

    links = read(address).select(".discussion__order a")

    assert [each.get("aria-current") for each in links] == ["true", None, None]
    assert [each["href"] for each in links] == [
        "?#discussion",
        "?order=oldest#discussion",
        "?order=supported#discussion",
    ]
    assert SHOWN_AT_ONCE == 100
