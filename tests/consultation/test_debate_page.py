from datetime import UTC, datetime

import pytest

from consultation.actions import present_debate
from consultation.models import DebatePage
from exchange.counters import recount
from register.models import Debate
from tests.consultation.conftest import Read
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory, VoteFactory

pytestmark = pytest.mark.django_db


def english(debate: Debate) -> str:
    return debate.pages.get(locale__language_code="en").url


def test_the_question_and_the_title_are_shown(read: Read, page: DebatePage):
    shown = read(page.url)

    assert shown.h1.get_text(strip=True) == page.debate.title
    assert page.debate.question in shown.main.get_text()


def test_the_end_is_shown_with_its_hour_and_the_zone_it_is_read_in(read: Read, at):
    debate = DebateFactory(
        opens_at=datetime(2026, 6, 1, tzinfo=UTC),
        closes_at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC),
    )
    present_debate(debate=debate)

    at(datetime(2026, 6, 2, tzinfo=UTC))
    while_open = read(english(debate)).select_one(".state")
    at(debate.closes_at)
    when_over = read(english(debate)).select_one(".banner")
    at(datetime(2026, 5, 2, tzinfo=UTC))
    before = read(english(debate)).select_one(".banner")

    assert "30\xa0June 2026 at 23:59 (Paris time)" in while_open.get_text()
    assert while_open.time["datetime"] == "2026-06-30T23:59:00+02:00"
    assert "30\xa0June 2026 at 23:59 (Paris time)" in when_over.get_text()
    assert "1\xa0June 2026 at 02:00 (Paris time)" in before.get_text()
    assert "over since" in when_over.get_text()
    assert "has not begun" in before.get_text()


def test_once_over_a_debate_thanks_who_took_part_in_its_own_words(read: Read):
    page = present_debate(debate=DebateFactory(ended=True))
    standard = read(page.url).select_one(".banner").get_text()
    page.thanks = "Merci à tous les habitants de Belrive."
    page.save()

    shown = read(page.url).select_one(".banner").get_text()

    assert "Merci à toutes les personnes qui ont participé" in standard
    assert page.thanks in shown
    assert "toutes les personnes" not in shown


def test_a_debate_says_from_when_to_when_it_runs(read: Read, at):
    debate = DebateFactory(
        opens_at=datetime(2026, 6, 1, 6, tzinfo=UTC),
        closes_at=datetime(2026, 6, 30, 21, 59, tzinfo=UTC),
    )
    present_debate(debate=debate)
    at(datetime(2026, 6, 2, tzinfo=UTC))

    header = read(english(debate)).select_one(".band")

    instants = [each["datetime"] for each in header.select(".meta time")]
    assert instants == ["2026-06-01T08:00:00+02:00", "2026-06-30T23:59:00+02:00"]


def test_proposals_come_newest_first_whatever_their_numbers(read: Read, page):
    instants = [datetime(2026, 1, day, tzinfo=UTC) for day in (3, 1, 2)]
    for instant in instants:
        ProposalFactory(debate=page.debate, submitted_at=instant, title=f"{instant:%d}")

    titles = [each.get_text(strip=True) for each in read(page.url).select("h3")]

    assert titles == ["03", "02", "01"]


def test_only_what_may_be_read_is_listed(read: Read, page):
    shown = ProposalFactory(debate=page.debate)
    for trait in ("hidden", "waiting", "unsigned"):
        ProposalFactory(debate=page.debate, title=f"Titre {trait}", **{trait: True})
    ProposalFactory(title="Un autre débat")

    listed = read(page.url).select("h3")

    assert [each.get_text(strip=True) for each in listed] == [shown.title]


def test_a_withdrawn_proposal_leads_to_what_hangs_on_it(read: Read, page):
    withdrawn = ProposalFactory(debate=page.debate, withdrawn=True)
    argument = ArgumentFactory(hangs_on=withdrawn)

    row = read(page.url).select_one("article.row")

    assert withdrawn.title not in row.get_text()
    document = read(row.select_one("h3 a")["href"])
    assert argument.text in document.get_text()
    assert not document.select(".votes")


def test_each_row_says_how_much_was_said_and_how_votes_fell(read: Read, page):
    proposal = ProposalFactory(debate=page.debate)
    ArgumentFactory.create_batch(2, hangs_on=proposal)
    ArgumentFactory(hangs_on=proposal, against=True)
    VoteFactory.create_batch(3, proposal=proposal)
    recount([proposal.pk])

    row = read(english(page.debate)).select_one("article.row").get_text(" ")

    for words in ("2 arguments for", "1 argument against", "0 sources", "3 votes"):
        assert words in row


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("open", "Nobody has made a proposal yet."),
        ("upcoming", "Proposals will be shown here once the debate is open."),
        ("ended", "Nobody made a proposal in this debate."),
    ],
)
def test_a_debate_without_a_proposal_says_so(read: Read, state: str, sentence: str):
    debate = DebateFactory(**{state: True})
    present_debate(debate=debate)

    shown = read(english(debate))

    assert sentence in shown.main.get_text()


def test_a_page_that_is_not_published_is_not_there(read: Read, page):
    DebatePage.objects.filter(pk=page.pk).update(live=False)

    read(page.url, status=404)
    home = read("/")

    assert page.title not in {each.get_text(strip=True) for each in home.select("h3")}
