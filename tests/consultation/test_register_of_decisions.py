"""The public register of decisions: what was decided, never a word nor a name."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from moderation.actions import (
    Reasons,
    appeal_decision,
    dismiss_reports,
    hide_contribution,
    undo_decision,
)
from moderation.enums import AppealOutcome, DecisionKind
from register.models import Ground
from tests.consultation.conftest import follow_up
from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DebateFactory,
    DecisionFactory,
    ProposalFactory,
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(page):
    return ProposalFactory(debate=page.debate, title="Mots tus", text="<p>Tus.</p>")


def address(debate):
    with override("en"):
        return reverse("consultation:decisions", args=(debate.slug,))


def text_of(response):
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def reasons(slug="insults"):
    return Reasons(ground=Ground.objects.get(slug=slug), facts="Des faits tus.")


def test_a_debate_without_decisions_says_so(client, page):
    said = text_of(client.get(address(page.debate)))

    assert "The moderators have decided nothing" in said
    assert "no report has been answered yet" in said


def test_each_decision_has_its_line_and_no_word(client, page, proposal, moderator):
    decision = hide_contribution(
        actor=moderator, contribution=proposal, reasons=reasons()
    )
    undoing = undo_decision(actor=moderator, decision=decision)

    response = client.get(address(page.debate))

    said = text_of(response)
    for words in (
        f"No. {decision.pk}: Hidden",
        f"ended by decision no. {undoing.pk}",
        f"No. {undoing.pk}: Restored",
        f"ends decision no. {decision.pk}",
        f"#{proposal.pk}",
        "Insults or personal attacks",
        "moderator",
    ):
        assert words in said, words
    for words in ("Tus.", "Mots tus", "Mourad", proposal.author.display_name, "faits"):
        assert words not in response.content.decode()


def test_decisions_of_other_debates_are_elsewhere(client, page):
    other = DecisionFactory()

    said = text_of(client.get(address(page.debate)))

    assert f"#{other.contribution_id}" not in said


def test_it_counts_reports_decisions_delays_and_appeals(client, page, moderator):
    rows = ProposalFactory.create_batch(3, debate=page.debate)
    decisions = []
    for days, row in zip((1, 3, 9), rows, strict=True):
        report = ReportFactory(contribution=row)
        ReportFactory(
            contribution=row, reported_at=report.reported_at + timedelta(hours=1)
        )
        decision = DecisionFactory(
            contribution=row, decided_at=report.reported_at + timedelta(days=days)
        )
        row.reports.update(decision=decision)
        decisions.append(decision)
    answered = {"decided_at": decision.decided_at, "answer": "Relu."}
    AppealFactory(decision=decisions[0], outcome=AppealOutcome.GRANTED, **answered)
    AppealFactory(decision=decisions[1], outcome=AppealOutcome.REJECTED, **answered)
    AppealFactory(decision=decisions[2])

    said = text_of(client.get(address(page.debate)))

    assert "Reports that came in 6" in said
    assert "(median) 3 days" in said
    assert "3 · granted: 1, rejected: 1, waiting: 1" in said
    assert "Hidden Insults or personal attacks 3" in said


def test_what_was_published_after_reading_is_counted_and_not_listed(client, page):
    row = ProposalFactory(debate=page.debate)
    decision = DecisionFactory(
        kind=DecisionKind.PUBLISH, contribution=row, ground=None, facts=""
    )

    said = text_of(client.get(address(page.debate)))

    assert "Published - 1" in said
    assert f"No. {decision.pk}" not in said


def test_a_kept_register_is_made_again_when_anything_it_counts_changes(
    client, page, proposal, moderator
):
    def version():
        return client.get(address(page.debate))["ETag"]

    versions = [version()]
    ReportFactory(contribution=proposal)
    versions.append(version())
    dismiss_reports(actor=moderator, contribution=proposal)
    versions.append(version())
    decision = hide_contribution(
        actor=moderator, contribution=proposal, reasons=reasons()
    )
    versions.append(version())
    appeal_decision(author=proposal.author, decision=decision, text="Non.")
    versions.append(version())

    assert len(set(versions)) == len(versions)


def test_it_costs_the_same_for_one_decision_and_for_fifty(client, page):
    def queries():
        client.get(address(page.debate))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(page.debate))
        return len(captured)

    def add(how_many):
        for _ in range(how_many):
            row = ArgumentFactory(hangs_on__debate=page.debate, hidden=True)
            decision = DecisionFactory(contribution=row)
            ReportFactory(contribution=row, decision=decision)
            AppealFactory(decision=decision)

    add(1)
    for_one = queries()
    add(49)

    assert queries() == for_one < 25


def test_it_is_read_a_page_at_a_time(client, page):
    row = ProposalFactory(debate=page.debate)
    decisions = DecisionFactory.create_batch(51, contribution=row)

    first = BeautifulSoup(client.get(address(page.debate)).content, "html.parser")
    following = first.find("a", rel="next")["href"]
    second = text_of(client.get(address(page.debate) + following))

    assert f"No. {decisions[0].pk}:" in second
    assert f"No. {decisions[1].pk}:" not in second


def test_the_debate_its_consultation_and_what_is_hidden_lead_there(client, page):
    hidden = ProposalFactory(debate=page.debate, hidden=True)
    debate = reverse("consultation:decisions", args=(page.debate.slug,))

    for place in (page.url, page.get_parent().url, f"/contributions/{hidden.pk}"):
        assert f'href="{debate}"' in client.get(place).content.decode(), place


@pytest.mark.parametrize("presented", [True, False])
def test_a_debate_that_nobody_knows_of_has_no_register(client, presented):
    debate = DebateFactory(upcoming=not presented)

    assert client.get(address(debate)).status_code == (200 if presented else 404)


def test_what_is_hidden_names_its_decision(client, page, proposal, moderator):
    author = UserFactory(confirmed=True)
    row = ArgumentFactory(hangs_on=proposal, author=author, institutional=True)
    follow_up(row)
    decision = hide_contribution(actor=moderator, contribution=row, reasons=reasons())
    before = text_of(client.get(f"/en/contributions/{row.pk}"))
    appeal_decision(author=author, decision=decision, text="Non.")

    response = client.get(f"/en/contributions/{row.pk}")

    said = text_of(response)
    assert response.status_code == 410
    for words in ("articles 29 to 33", "Moderator · provisional", "Waiting for an"):
        assert words in said
    assert f'href="/en/decisions/{decision.pk}/"' in response.content.decode()
    assert "Waiting for an answer" not in before
