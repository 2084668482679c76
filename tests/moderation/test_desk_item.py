"""What the desk shows of one item, to whom."""

import pytest
from bs4 import BeautifulSoup

from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DebateFactory,
    DecisionFactory,
    ProposalFactory,
    ReportFactory,
    SourceFactory,
    SubmissionFactory,
)
from tests.moderation.seats import seated, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(row) -> str:
    return f"/admin/desk/{row.pk}/"


def document(client, row, *, status=200) -> BeautifulSoup:
    response = client.get(address(row))
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def words(document) -> str:
    text = document.select_one("main").get_text(" ").replace("\xa0", " ")
    return " ".join(text.split())


def steps(document) -> set[str]:
    """What the page offers to do."""
    links = document.select("main a.button[href*='/desk/']")
    return {link["href"].split("/")[4] for link in links}


def test_the_whole_text_stands_there_with_what_is_above_and_counted_below():
    argument = ArgumentFactory(
        hangs_on__title="Ouvrir le dimanche",
        title="Les familles",
        text="3 < 5, dit-on.\n" + "Long. " * 100,
        source_count=2,
    )

    page = document(seated(staff()), argument)

    text = words(page)
    assert "3 < 5, dit-on." in text
    assert text.count("Long.") == 100
    assert "2 sources" in text
    assert "Ouvrir le dimanche" in text
    assert page.find("a", href=address(argument.hangs_on))


def test_a_source_shows_where_it_leads():
    source = SourceFactory(link="https://exemple.fr/rapport")

    page = document(seated(staff()), source)

    assert page.find("a", href="https://exemple.fr/rapport")


def test_every_report_stands_there_with_who_sent_it():
    report = ReportFactory(text="Le mot « menteur ».")
    notice = ReportFactory(
        contribution=report.contribution,
        reporter=None,
        notifier_name="Le Courrier",
        notifier_email="redaction@exemple.fr",
    )

    text = words(document(seated(staff()), report.contribution))

    for said in (report.text, report.reporter, report.ground.title_en):
        assert str(said) in text
    assert notice.notifier_name in text
    assert notice.notifier_email in text


def test_earlier_decisions_stand_there_with_their_statement_and_their_appeal():
    appeal = AppealFactory(
        outcome="rejected",
        answer="La phrase vise une personne.",
        decided_at="2026-01-01T00:00Z",
        decided_by=staff(display_name="Odile"),
    )
    decision = appeal.decision

    text = words(document(seated(staff()), decision.contribution))

    said = (decision.facts, decision.ground.title_en, decision.decided_by, appeal.text)
    for each in (*said, appeal.answer, "Odile"):
        assert str(each) in text


def test_what_is_offered_follows_from_what_the_item_is():
    held = SubmissionFactory(
        contribution=ArgumentFactory(waiting=True), is_held=True
    ).contribution
    reported = ReportFactory().contribution
    hidden = DecisionFactory().contribution
    client = seated(staff())

    offered = {
        "held": steps(document(client, held)),
        "reported": steps(document(client, reported)),
        "hidden": steps(document(client, hidden)),
        "public": steps(document(client, ProposalFactory())),
    }

    assert offered == {
        "held": {"publish", "refuse", "suspend"},
        "reported": {"dismiss", "mask", "hide", "suspend"},
        "hidden": {"suspend", "undo"},
        "public": {"mask", "hide", "suspend"},
    }


def test_one_decides_nothing_about_ones_own_words():
    moderator = staff()
    row = ProposalFactory(author=moderator)
    ReportFactory(contribution=row)

    page = document(seated(moderator), row)

    assert "You wrote this" in words(page)
    assert steps(page) == set()


def test_an_appeal_is_offered_to_who_had_no_part_in_the_decision():
    moderator, another = staff(), staff()
    appeal = AppealFactory(decision__decided_by=moderator)
    row = appeal.decision.contribution

    seen = {who: document(seated(who), row) for who in (moderator, another)}

    assert "answer" not in steps(seen[moderator])
    assert "somebody else answers" in words(seen[moderator])
    assert "answer" in steps(seen[another])


def test_who_hid_something_provisionally_is_told_that_somebody_else_confirms_it():
    moderator, another = staff(), staff()
    decision = DecisionFactory(is_provisional=True, decided_by=moderator)

    seen = {
        who: document(seated(who), decision.contribution)
        for who in (moderator, another)
    }

    assert "confirm" not in steps(seen[moderator])
    assert "has to confirm it" in words(seen[moderator])
    assert "confirm" in steps(seen[another])


@pytest.mark.parametrize("trait", ["institutional", "supported", "neither"])
def test_one_is_warned_where_hiding_is_provisional(trait, settings):
    settings.SUPPORTS_FOR_SECOND_OPINION = 20
    kinds = {
        "institutional": {"institutional": True},
        "supported": {"support_count": 21},
        "neither": {"support_count": 20},
    }

    text = words(document(seated(staff()), ArgumentFactory(**kinds[trait])))

    assert ("provisional" in text) == (trait != "neither")


def test_what_is_prepared_for_an_opening_is_not_read_here():
    proposal = ProposalFactory(debate=DebateFactory(upcoming=True))

    document(seated(staff()), proposal, status=404)


def test_only_those_who_moderate_read_it(participant):
    report = ReportFactory(text="Le mot « menteur ».")

    response = seated(participant).get(address(report.contribution))

    assert response.status_code in {302, 403}
    assert "menteur" not in response.content.decode()


def test_the_page_costs_the_same_for_one_report_and_for_many(
    django_assert_num_queries, django_assert_max_num_queries
):
    row = ReportFactory().contribution
    DecisionFactory(contribution=row)
    client = seated(staff())
    client.get(address(row))
    with django_assert_max_num_queries(40) as one:
        client.get(address(row))

    ReportFactory.create_batch(10, contribution=row)
    DecisionFactory.create_batch(10, contribution=row)

    with django_assert_num_queries(len(one)):
        client.get(address(row))
