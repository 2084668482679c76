"""What is decided at the desk, by forms; nothing is lost when it is refused."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import ModelLogEntry

from journal.models import JournalEntry
from moderation.actions import Reasons, dismiss_reports, hide_contribution
from moderation.masking import MARK
from moderation.models import Appeal, Decision
from register.enums import Status
from register.models import Contribution, Ground
from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DecisionFactory,
    ReportFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.moderation.seats import seated, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FACTS = "Le texte traite une personne de voleuse."


@pytest.fixture
def moderator():
    return staff()


@pytest.fixture
def client(moderator):
    return seated(moderator)


@pytest.fixture
def reasons():
    return {"ground": Ground.objects.get(slug="insults").pk, "facts": FACTS}


def address(row, name, decision=None) -> str:
    end = f"{decision.pk}/" if decision else ""
    return f"/admin/desk/{row.pk}/{name}/{end}"


def fresh(row) -> Contribution:
    return Contribution.objects.get(pk=row.pk)


def test_hiding_gives_the_ground_and_the_facts_and_is_journalled(
    client, moderator, reasons
):
    report = ReportFactory(contribution=ArgumentFactory(hangs_on__for_count=1))
    row = report.contribution

    answer = client.post(address(row, "hide"), reasons, follow=True)

    decision = Decision.objects.get()
    report.refresh_from_db()
    assert fresh(row).status == Status.HIDDEN
    assert (decision.facts, decision.decided_by) == (FACTS, moderator)
    assert report.decision == decision
    assert "The contribution is hidden" in answer.content.decode()
    assert JournalEntry.objects.get(act="contribution_hidden").actor == moderator
    logged = ModelLogEntry.objects.get(action="moderation.contribution_hidden")
    assert (logged.user, logged.object_id) == (moderator, str(row.debate_id))


def test_the_form_carries_what_proves_where_it_was_sent_from(client):
    """A browser is asked for it; the client of the tests is not."""
    client.handler.enforce_csrf_checks = True
    report = ReportFactory()
    page = BeautifulSoup(
        client.get(address(report.contribution, "dismiss")).content, "html.parser"
    )
    token = page.select_one("main form [name=csrfmiddlewaretoken]")["value"]

    without = client.post(address(report.contribution, "dismiss"), {"facts": ""})
    client.post(
        address(report.contribution, "dismiss"),
        {"facts": "", "csrfmiddlewaretoken": token},
    )

    report.refresh_from_db()
    assert without.status_code == 403
    assert report.decision is not None


def test_dismissing_answers_the_reports_and_changes_nothing(client):
    report = ReportFactory()

    client.post(address(report.contribution, "dismiss"), {"facts": ""})

    report.refresh_from_db()
    assert report.decision.kind == "dismiss"
    assert fresh(report.contribution).status == Status.PUBLISHED


def test_an_author_is_suspended_for_the_days_that_were_chosen(client, reasons):
    row = ArgumentFactory()

    client.post(address(row, "suspend"), reasons | {"days": 7})

    row.author.refresh_from_db()
    left = row.author.suspended_until - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)


@pytest.mark.parametrize(
    ("name", "status"),
    [("publish", Status.PUBLISHED), ("refuse", Status.UNPUBLISHED)],
)
def test_what_was_held_is_published_or_never(client, reasons, name, status):
    row = ArgumentFactory(waiting=True, author=UserFactory(confirmed=name == "publish"))
    SubmissionFactory(contribution=row, is_held=True)

    client.post(address(row, name), reasons)

    assert fresh(row).status == status


def test_a_provisional_decision_is_confirmed_by_somebody_else(client, moderator):
    decision = DecisionFactory(is_provisional=True)

    client.post(address(decision.contribution, "confirm", decision))

    decision.refresh_from_db()
    assert decision.confirmed_by == moderator


def test_a_decision_ends_and_what_was_hidden_is_public_again(client):
    decision = DecisionFactory()

    client.post(address(decision.contribution, "undo", decision), {"facts": "Erreur."})

    decision.refresh_from_db()
    assert decision.undone_by.facts == "Erreur."
    assert fresh(decision.contribution).status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("granted", Status.PUBLISHED), ("rejected", Status.HIDDEN)],
)
def test_an_appeal_is_decided_with_an_answer(client, moderator, outcome, status):
    appeal = AppealFactory()
    row = appeal.decision.contribution
    said = {"outcome": outcome, "answer": "Vous citiez un roman."}

    client.post(address(row, "answer", appeal.decision), said)

    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.answer) == (outcome, said["answer"])
    assert appeal.decided_by == moderator
    assert fresh(row).status == status


def test_what_will_be_covered_is_shown_before_it_is_masked(client, reasons):
    row = ArgumentFactory(text="Appelez le 06 12 34 56 78, le soir.")
    typed = reasons | {"passage": "06 12 34  56 78"}

    shown = client.post(address(row, "mask"), typed)

    form = shown.context["form"]
    assert f"Appelez le {MARK}, le soir." in shown.content.decode()
    assert FACTS in shown.content.decode()
    assert not Decision.objects.exists()

    client.post(address(row, "mask"), typed | {"seen": form["seen"].value()})

    row.refresh_from_db()
    assert row.text == f"Appelez le {MARK}, le soir."
    assert Decision.objects.get().passage == "06 12 34 56 78"


@pytest.mark.parametrize("passage", ["", "    ", "soir", "ne s’y trouve pas"])
def test_a_passage_that_cannot_be_masked_is_refused_with_a_sentence(
    client, reasons, passage
):
    row = ArgumentFactory(text="Appelez le 06 12 34 56 78, le soir.")

    answer = client.post(
        address(row, "mask"), reasons | {"passage": passage, "seen": passage}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["passage"]
    assert FACTS in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("missing", ["ground", "facts"])
def test_a_restriction_without_its_reasons_is_refused(client, reasons, missing):
    row = ArgumentFactory(hangs_on__for_count=1)

    answer = client.post(address(row, "hide"), reasons | {missing: ""})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {missing}
    assert fresh(row).status == Status.PUBLISHED


def test_a_ground_that_was_retired_is_not_given(client, reasons):
    row = ArgumentFactory(hangs_on__for_count=1)
    Ground.objects.filter(pk=reasons["ground"]).update(is_given=False)

    answer = client.post(address(row, "hide"), reasons)

    assert answer.context["form"].errors["ground"]
    assert fresh(row).status == Status.PUBLISHED


def test_who_decides_second_is_told_and_keeps_what_was_typed(client, reasons):
    row = ReportFactory(
        contribution=ArgumentFactory(hangs_on__for_count=1)
    ).contribution
    first = Reasons(ground=Ground.objects.get(slug="hatred"), facts="Autre chose.")
    hide_contribution(actor=staff(), contribution=row, reasons=first)

    answer = client.post(address(row, "hide"), reasons)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing is left to decide" in page
    assert FACTS in page
    assert "Autre chose." in page
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("name", ["hide", "dismiss", "suspend"])
def test_ones_own_words_are_refused_whatever_is_forged(
    client, moderator, reasons, name
):
    row = ReportFactory(contribution=ArgumentFactory(author=moderator)).contribution

    answer = client.post(address(row, name), reasons | {"days": 7})

    assert answer.status_code == 403
    assert "somebody else decides" in answer.content.decode()
    assert not Decision.objects.exists()


def test_who_took_part_does_not_answer_the_appeal_whatever_is_forged(client, moderator):
    appeal = AppealFactory(decision__decided_by=moderator)
    said = {"outcome": "rejected", "answer": "Non."}

    answer = client.post(
        address(appeal.decision.contribution, "answer", appeal.decision), said
    )

    assert answer.status_code == 403
    assert "Non." in answer.content.decode()
    assert Appeal.objects.waiting().exists()


NAMES = ("dismiss", "mask", "hide", "publish", "refuse", "suspend")


def test_opening_a_page_changes_nothing(client):
    appeal = AppealFactory()
    hidden = appeal.decision.contribution
    reported = ReportFactory().contribution
    steps = [address(reported, name) for name in NAMES]
    steps += [
        address(hidden, name, appeal.decision) for name in ("confirm", "undo", "answer")
    ]
    before = list(Contribution.objects.values()), list(Decision.objects.values())

    statuses = {step: client.get(step).status_code for step in steps}

    assert set(statuses.values()) == {200, 409}
    after = list(Contribution.objects.values()), list(Decision.objects.values())
    assert after == before


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_decides(participant, representative, reasons, name):
    row = ReportFactory(
        contribution=ArgumentFactory(hangs_on__for_count=1)
    ).contribution

    for person in (participant, representative):
        answer = seated(person).post(
            address(row, name), reasons | {"days": 7, "passage": "dimanche"}
        )
        assert answer.status_code in {302, 403}

    assert not Decision.objects.exists()
    assert fresh(row).status == Status.PUBLISHED


def test_a_decision_about_another_contribution_is_not_found(client):
    decision, other = DecisionFactory(), ArgumentFactory()

    for name in ("undo", "confirm", "answer", "hide"):
        assert client.post(address(other, name, decision)).status_code == 404
    assert client.post(address(other, "undo")).status_code == 404


def test_what_was_decided_is_told_in_the_history_of_the_debate(moderator, organiser):
    row = ReportFactory().contribution
    dismiss_reports(actor=moderator, contribution=row)

    history = seated(organiser).get(f"/admin/debates/history/{row.debate_id}/")

    assert history.status_code == 200
    assert str(moderator) in history.content.decode()
    assert "reports dismissed" in history.content.decode().lower()
