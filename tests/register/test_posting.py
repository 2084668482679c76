"""Posting: a number, an instant, a receipt, and everything that counts it."""

from uuid import uuid4

import pytest
from django.utils import timezone

from arguments.actions import submit_argument, submit_source
from arguments.enums import Side
from arguments.models import Argument, SourceCategory
from exchange.counters import counter_differences
from exchange.recounts import miscounted, wrong_tallies
from journal.enums import Act
from journal.models import JournalEntry
from proposals.actions import submit_proposal
from register.actions import NotTheirs, Posting, TargetGone, TooMany
from register.enums import Accepted, Status
from register.gate import NotAccepted
from register.models import Contribution, Submission, Tally
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    MembershipFactory,
    ProposalFactory,
    SectionFactory,
    UserFactory,
    VerificationFactory,
    act_on,
)

pytestmark = pytest.mark.django_db


def posting(author, **fields) -> Posting:
    return Posting(author=author, key=fields.pop("key", None) or uuid4(), **fields)


def argue(author, proposal, **fields) -> Contribution:
    return submit_argument(
        posting=posting(author, **fields),
        proposal=proposal,
        side=Side.FOR,
        text="Les familles viendraient.",
    )


def test_a_proposal_gets_its_number_its_place_and_its_themes(participant, open_debate):
    section = SectionFactory(debate=open_debate)

    row = submit_proposal(
        posting=posting(participant, language="en"),
        debate=open_debate,
        section=section,
        title="Ouvrir le dimanche",
        text="<p>Toute l’année.</p>",
        themes=["lecture"],
    )

    kept = Contribution.objects.visible().get(pk=row.number)
    assert (kept.debate, kept.section) == (open_debate, section)
    assert (kept.author, kept.language) == (participant, "en")
    assert [theme.name for theme in kept.themes.all()] == ["lecture"]
    entry = JournalEntry.objects.get(act=Act.CONTRIBUTION_SUBMITTED)
    assert (entry.number, entry.actor) == (row.number, participant)
    assert Tally.objects.of([open_debate]).by_debate()[open_debate.pk] == {
        "proposal": 1
    }


def test_what_hangs_on_something_is_counted_there_at_once(participant, stranger):
    proposal = ProposalFactory(author=stranger, section=SectionFactory())

    argument = argue(participant, proposal)
    for above in (proposal, argument):
        submit_source(
            posting=posting(participant),
            hangs_on=above,
            category=SourceCategory.objects.first(),
            title="Un rapport",
            link="https://exemple.fr/rapport",
        )

    proposal.refresh_from_db()
    assert (proposal.for_count, proposal.source_count) == (1, 1)
    assert Contribution.objects.get(pk=argument.number).source_count == 1
    assert argument.section_id == proposal.section_id
    assert list(counter_differences()) == []


def test_sending_the_same_form_twice_posts_once(participant):
    proposal, key = ProposalFactory(), uuid4()

    first = argue(participant, proposal, key=key)
    second = argue(participant, proposal, key=key)

    assert first.number == second.number
    assert Argument.objects.count() == 1


def test_the_same_key_of_another_person_is_another_form(participant, stranger):
    proposal, key = ProposalFactory(), uuid4()

    numbers = {argue(who, proposal, key=key).number for who in (participant, stranger)}

    assert len(numbers) == 2


def test_a_form_sent_again_after_the_end_still_finds_what_it_posted(participant, at):
    proposal, key = ProposalFactory(), uuid4()
    posted = argue(participant, proposal, key=key)

    at(proposal.debate.closes_at)

    assert argue(participant, proposal, key=key).number == posted.number
    with pytest.raises(NotAccepted):
        argue(participant, proposal)


@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting"])
def test_nothing_is_posted_under_what_cannot_be_read(participant, trait):
    proposal = ProposalFactory(**{trait: True})

    with pytest.raises(TargetGone):
        argue(participant, proposal)

    assert not Submission.objects.exists()


def test_nothing_is_posted_under_an_argument_whose_proposal_is_hidden(participant):
    argument = ArgumentFactory(hangs_on=ProposalFactory(hidden=True))

    with pytest.raises(TargetGone):
        submit_source(
            posting=posting(participant),
            hangs_on=argument,
            category=SourceCategory.objects.first(),
            title="Un rapport",
            link="https://exemple.fr/rapport",
        )


@pytest.mark.parametrize("accepted", Accepted.values)
def test_a_debate_accepts_what_it_says_and_nothing_else(participant, accepted):
    debate = DebateFactory(**{f"accepts_{accepted}": False})
    proposal = ProposalFactory(debate=debate)
    acts = {
        "proposals": lambda: submit_proposal(
            posting=posting(participant), debate=debate, title="A", text="<p>B</p>"
        ),
        "arguments": lambda: argue(participant, proposal),
    }

    for name, act in acts.items():
        if name == accepted:
            with pytest.raises(NotAccepted):
                act()
        else:
            assert act().status == Status.PUBLISHED


def test_who_is_not_confirmed_is_received_and_waits():
    proposal = ProposalFactory()
    act_on(proposal)
    unconfirmed = UserFactory()

    row = argue(unconfirmed, proposal)

    assert row.status == Status.WAITING
    proposal.refresh_from_db()
    assert proposal.for_count == 0
    assert not Contribution.objects.visible().filter(pk=row.number).exists()
    assert [*counter_differences(), *miscounted(), *wrong_tallies()] == []


# Speaking for an institution.


def test_a_member_speaks_for_a_verified_institution(representative):
    member = representative.memberships.get()

    row = argue(representative, ProposalFactory(), membership=member)

    assert (row.institution, row.service) == (member.institution, member.service)
    assert row.verification == member.institution.verification_in_force
    assert row.author == representative


@pytest.mark.parametrize("revoked", [True, False])
def test_without_an_attestation_in_force_there_is_no_badge(participant, revoked):
    institution = InstitutionFactory()
    if revoked:
        VerificationFactory(institution=institution, revoked=True)
    member = MembershipFactory(user=participant, institution=institution)

    row = argue(participant, ProposalFactory(), membership=member)

    assert (row.institution, row.verification) == (institution, None)


def test_nobody_speaks_by_somebody_elses_membership(participant, representative):
    with pytest.raises(NotTheirs):
        argue(
            participant, ProposalFactory(), membership=representative.memberships.get()
        )


# How many an hour.


def test_an_eleventh_within_the_hour_is_refused_and_told_until_when(participant, at):
    proposal = ProposalFactory()
    begun = timezone.now().replace(microsecond=0)
    for minute in range(10):
        at(begun + timezone.timedelta(minutes=minute))
        argue(participant, proposal)

    at(begun + timezone.timedelta(minutes=59, seconds=59))
    with pytest.raises(TooMany) as refused:
        argue(participant, proposal)

    assert refused.value.again_at == begun + timezone.timedelta(hours=1)
    at(refused.value.again_at)
    assert argue(participant, proposal).number


def test_each_debate_sets_its_own_limit(participant):
    proposal = ProposalFactory(debate__hourly_limit=1)
    argue(participant, proposal)

    with pytest.raises(TooMany):
        argue(participant, proposal)

    assert argue(participant, ProposalFactory()).number
