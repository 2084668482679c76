import pytest

from consultation.actions import present_debate
from tests.consultation.conftest import Read
from tests.factories import DebateFactory, ProposalFactory

pytestmark = pytest.mark.django_db


def test_a_site_without_a_consultation_says_so(read: Read):
    french, english = read("/"), read("/en/")

    assert len(french.select("main .empty")) == 1
    assert "No consultation has been announced yet" in english.main.get_text()


def test_a_consultation_without_a_debate_says_so(read: Read, page):
    parent = page.get_parent()
    page.delete()

    home, consultation = read("/"), read(parent.url)

    assert len(home.select("main .empty")) == 1
    assert len(consultation.select("main .empty")) == 1


def test_what_is_open_comes_first_then_what_is_to_come_then_what_is_over(read: Read):
    debates = {
        state: DebateFactory(title=f"Débat {state}", **{state: True})
        for state in ("ended", "upcoming", "open")
    }
    first = present_debate(debate=debates["ended"])
    for state in ("upcoming", "open"):
        moved = present_debate(debate=debates[state])
        moved.move(first.get_parent(), pos="last-child")

    listed = [read(a).select(".row__title") for a in ("/", first.get_parent().url)]

    titles = [[each.get_text(strip=True) for each in page] for page in listed]
    assert titles == [["Débat open", "Débat upcoming", "Débat ended"]] * 2


def test_the_consultation_that_has_an_open_debate_comes_first(read: Read):
    for state in ("ended", "upcoming", "open"):
        present_debate(debate=DebateFactory(title=f"Débat {state}", **{state: True}))

    listed = read("/").select("section.consultation h2")

    titles = [each.get_text(strip=True) for each in listed]
    assert titles == ["Débat open", "Débat upcoming", "Débat ended"]


def test_each_debate_is_counted_as_readers_can_count_it(read: Read, publish, page):
    publish(
        *ProposalFactory.create_batch(2, debate=page.debate),
        ProposalFactory(debate=page.debate, hidden=True),
        ProposalFactory(debate=page.debate, waiting=True),
        ProposalFactory(debate=page.debate, withdrawn=True),
    )

    row = read("/en/").select_one("article.row")

    assert row.select_one(".row__figure").get_text(strip=True) == "2"
    assert "2 proposals" in row.select_one(".counts").get_text()
