"""A verified institution answers a proposal, for as long as there is a record."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import Verification
from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry
from proposals.actions import DraftChanged, NotVerified, submit_response
from proposals.enums import Outcome
from proposals.models import OfficialResponse, ResponseDraft
from register.actions import (
    AlreadyPosted,
    NotTheirs,
    Posting,
    Suspended,
    TargetGone,
    withdraw_contribution,
)
from register.gate import NotAccepted
from register.models import Debate
from tests.factories import (
    MembershipFactory,
    ProposalFactory,
    ResponseDraftFactory,
    UserFactory,
    act_on,
)

pytestmark = pytest.mark.django_db

TEXT = "<p>La bibliothèque ouvrira le dimanche.</p>"


@pytest.fixture
def proposal(participant):
    return ProposalFactory(author=participant, title="Ouvrir le dimanche")


def answer(representative, proposal, *, key=None, **said):
    membership = representative.memberships.get()
    posting = Posting(
        author=representative, key=key or uuid4(), membership=membership, language="fr"
    )
    fields = {"outcome": Outcome.ACCEPTED, "text": TEXT} | said
    return submit_response(posting=posting, proposal=proposal, **fields)


@pytest.mark.parametrize("when", ["open", "ended", "closed"])
def test_it_answers_while_the_debate_is_open_after_its_end_and_after_its_closing(
    representative, proposal, at, when
):
    debate = proposal.debate
    instants = {"open": database_now(), "ended": debate.closes_at}
    instants["closed"] = debate.closes_at + timedelta(days=400)
    if when == "closed":
        Debate.objects.filter(pk=debate.pk).update(closed_at=debate.closes_at)
    at(instants[when])

    row = answer(representative, proposal)

    held = OfficialResponse.objects.get(pk=row.pk)
    assert (held.submitted_at, held.status) == (instants[when], "published")
    assert held.institution == representative.memberships.get().institution
    assert held.verification == held.institution.verification_in_force
    assert held.service == "Direction du numérique"
    assert held.hangs_on_id == proposal.pk


def test_nothing_is_answered_before_the_opening(representative, at):
    proposal = ProposalFactory(debate__upcoming=True)

    with pytest.raises(NotAccepted):
        answer(representative, proposal)

    assert not OfficialResponse.objects.exists()


@pytest.mark.parametrize("status", ["hidden", "withdrawn", "waiting"])
def test_what_cannot_be_read_is_not_answered(representative, status):
    proposal = ProposalFactory(**{status: True})

    with pytest.raises(TargetGone):
        answer(representative, proposal)

    assert not OfficialResponse.objects.exists()


def test_an_institution_that_is_not_verified_now_does_not_answer(
    representative, proposal
):
    Verification.objects.update(revoked_at=database_now())

    with pytest.raises(NotVerified):
        answer(representative, proposal)

    assert not OfficialResponse.objects.exists()


def test_one_does_not_answer_in_ones_own_name_nor_for_somebody_else(
    representative, stranger, proposal
):
    posting = Posting(author=stranger, key=uuid4())
    said = {"proposal": proposal, "outcome": Outcome.REFUSED, "text": TEXT}

    with pytest.raises(NotVerified):
        submit_response(posting=posting, **said)
    posting = Posting(
        author=stranger, key=uuid4(), membership=representative.memberships.get()
    )
    with pytest.raises(NotTheirs):
        submit_response(posting=posting, **said)


def test_a_suspended_account_does_not_answer(representative, proposal):
    until = database_now() + timedelta(days=1)
    representative.suspended_until = until
    representative.save()

    with pytest.raises(Suspended):
        answer(representative, proposal)

    assert not OfficialResponse.objects.exists()


def test_a_form_sent_twice_answers_once_and_one_with_other_words_is_refused(
    representative, proposal
):
    key = uuid4()
    first = answer(representative, proposal, key=key)

    again = answer(representative, proposal, key=key)

    assert again.pk == first.pk
    for other in ({"outcome": Outcome.REFUSED}, {"text": "<p>Non.</p>"}):
        with pytest.raises(AlreadyPosted):
            answer(representative, proposal, key=key, **other)
    assert OfficialResponse.objects.count() == 1


def test_an_institution_may_answer_again_and_another_one_too(representative, proposal):
    colleague = MembershipFactory(user__confirmed=True).user

    for person in (representative, representative, colleague):
        answer(person, proposal)

    assert OfficialResponse.objects.visible().count() == 3


def test_the_author_of_the_proposal_is_told_by_mail(
    representative, participant, proposal, mailoutbox
):
    row = answer(
        representative,
        proposal,
        outcome=Outcome.TRANSFERRED,
        transferred_to="La région",
    )

    (mail,) = mailoutbox
    assert mail.to == [participant.email]
    words = mail.body
    for said in (f"/contributions/{row.pk}", "Ouvrir le dimanche", "La région"):
        assert said in words
    assert f"/contributions/{row.pk}/juger/" in words
    assert "Métropole des Trois-Vallées" in mail.subject


@pytest.mark.parametrize(
    "author", [{"imported": True}, {}, {"confirmed": True, "is_active": False}]
)
def test_nobody_is_written_to_who_cannot_be_reached(representative, author, mailoutbox):
    proposal = ProposalFactory(author=UserFactory(**author))

    answer(representative, proposal)

    assert mailoutbox == []


def test_the_shared_draft_goes_with_the_act_it_was_written_for(
    representative, proposal
):
    institution = representative.memberships.get().institution
    drafted = ResponseDraftFactory(proposal=proposal, institution=institution)
    elsewhere = ResponseDraftFactory(institution=institution)

    answer(representative, proposal, draft_version=drafted.version)

    assert list(ResponseDraft.objects.all()) == [elsewhere]


@pytest.mark.parametrize(("held", "read"), [(2, 1), (1, 0), (None, 1)])
def test_a_draft_that_changed_meanwhile_is_not_lost_by_publishing(
    representative, proposal, held, read, mailoutbox
):
    institution = representative.memberships.get().institution
    if held:
        ResponseDraftFactory(proposal=proposal, institution=institution, version=held)

    with pytest.raises(DraftChanged):
        answer(representative, proposal, draft_version=read)

    assert not OfficialResponse.objects.exists()
    assert ResponseDraft.objects.count() == (1 if held else 0)
    assert mailoutbox == []


def test_it_is_journalled_and_its_page_has_another_version(representative, proposal):
    act_on(proposal)
    proposal.refresh_from_db()

    row = answer(representative, proposal)

    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.number) == (Act.CONTRIBUTION_SUBMITTED, row.pk)
    before = proposal.version
    proposal.refresh_from_db()
    assert proposal.version == before + 1


def test_it_is_withdrawn_by_who_wrote_it_until_the_end_and_stays_afterwards(
    representative, proposal, at
):
    early, late = (answer(representative, proposal) for _ in range(2))

    withdraw_contribution(author=representative, contribution=early)
    at(proposal.debate.closes_at)
    with pytest.raises(NotAccepted):
        withdraw_contribution(author=representative, contribution=late)

    assert list(OfficialResponse.objects.visible()) == [late]
