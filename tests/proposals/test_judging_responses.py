"""The author of a proposal says what the answer is worth, and may change it."""

from datetime import timedelta

import pytest

from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry
from proposals.actions import judge_response
from proposals.enums import Satisfaction
from proposals.models import ResponseJudgement
from register.actions import NotTheirs, Suspended, TargetGone
from register.models import Debate
from tests.factories import OfficialResponseFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(participant):
    return OfficialResponseFactory(hangs_on=ProposalFactory(author=participant))


def judge(author, response, *, is_thanked=True, satisfaction=Satisfaction.YES):
    judge_response(
        author=author,
        response=response,
        is_thanked=is_thanked,
        satisfaction=satisfaction,
    )


def test_it_is_said_changed_and_taken_back(participant, response):
    judge(participant, response)
    judge(participant, response, satisfaction=Satisfaction.PARTLY)

    held = ResponseJudgement.objects.get()
    assert (held.is_thanked, held.satisfaction) == (True, "partly")
    judge(participant, response, is_thanked=False, satisfaction=None)
    assert not ResponseJudgement.objects.exists()


def test_it_can_be_said_once_the_debate_is_closed(participant, response, at):
    closes_at = response.debate.closes_at
    Debate.objects.update(closed_at=closes_at)
    at(closes_at + timedelta(days=90))

    judge(participant, response)

    assert ResponseJudgement.objects.get().judged_at == closes_at + timedelta(days=90)


def test_it_is_journalled_and_the_page_of_the_proposal_is_another_version(
    participant, response
):
    before = response.hangs_on.version

    judge(participant, response)

    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.number) == (Act.RESPONSE_JUDGED, response.pk)
    response.hangs_on.refresh_from_db()
    assert response.hangs_on.version == before + 1


def test_nobody_else_judges_it(response, stranger):
    with pytest.raises(NotTheirs):
        judge(stranger, response)
    with pytest.raises(NotTheirs):
        judge(response.author, response)

    assert not ResponseJudgement.objects.exists()


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_what_cannot_be_read_is_not_judged(participant, status):
    proposal = ProposalFactory(author=participant)
    response = OfficialResponseFactory(hangs_on=proposal, **{status: True})

    with pytest.raises(TargetGone):
        judge(participant, response)


def test_a_suspended_account_judges_nothing(participant, response):
    participant.suspended_until = database_now() + timedelta(days=1)
    participant.save()

    with pytest.raises(Suspended):
        judge(participant, response)
