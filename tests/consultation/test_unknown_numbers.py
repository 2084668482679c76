"""A number that nothing ever had: what is nearest is offered."""

import pytest

from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def offered(document) -> list[str]:
    return [each.get_text() for each in document.select("main li .number")]


def test_the_nearest_numbers_on_both_sides_are_offered(read, page):
    for number in (10, 20, 30, 50, 60, 70):
        ProposalFactory(debate=page.debate, number=number)

    document = read("/contributions/40", status=404)

    assert offered(document) == ["#20", "#30", "#50", "#60"]
    assert "40" in document.h1.get_text()


def test_what_cannot_be_read_is_not_offered(read, page):
    ProposalFactory(debate=page.debate, number=10)
    hidden = ProposalFactory(debate=page.debate, number=20, hidden=True)
    ArgumentFactory(hangs_on=hidden, number=30)
    ProposalFactory(debate=page.debate, number=50, waiting=True)
    ProposalFactory(debate=DebateFactory(upcoming=True), number=60)

    assert offered(read("/contributions/40", status=404)) == ["#10"]


def test_on_an_empty_site_nothing_is_offered(read):
    document = read("/contributions/40", status=404)

    assert offered(document) == []
    assert document.main.find("a", href="/") is not None


def test_in_english_it_leads_to_english_pages(read, page):
    ProposalFactory(debate=page.debate, number=10)

    document = read("/en/contributions/40", status=404)

    assert document.select_one("main li .number")["href"] == "/en/contributions/10"
    assert "No contribution has the number 40" in document.h1.get_text()


@pytest.mark.parametrize("number", ["0", "00", "9" * 18])
def test_no_number_is_too_small_or_too_great_to_answer(read, page, number):
    ProposalFactory(debate=page.debate, number=10)

    assert offered(read(f"/contributions/{number}", status=404)) == ["#10"]
