"""Organisers prepare the proposals with which a debate opens."""

from datetime import timedelta
from uuid import uuid4

import pytest

from exchange.recounts import miscounted, wrong_citations, wrong_tallies
from journal.enums import Act
from journal.models import JournalEntry
from proposals.actions import (
    DebateHasOpened,
    drop_prepared,
    prepare_proposals,
    submit_proposal,
)
from proposals.models import Proposal
from register.actions import NotTheirs, Posting
from register.enums import Status
from register.models import Citation, Contribution, Receipt, Submission, Theme
from tests.factories import (
    DebateFactory,
    MembershipFactory,
    ProposalFactory,
    SectionFactory,
)
from tests.proposals.preparing import prepare, prepared

pytestmark = pytest.mark.django_db


def test_they_carry_the_opening_instant_in_the_order_in_which_they_were_typed(
    organiser, upcoming_debate
):
    rows = prepare(upcoming_debate, organiser, "Une", "Deux", "Trois")

    assert [row.title for row in rows] == ["Une", "Deux", "Trois"]
    for row in rows:
        assert row.submitted_at == row.status_at == upcoming_debate.opens_at
        assert (row.status, row.author) == (Status.PUBLISHED, organiser)


def test_they_stand_in_their_sections_under_their_themes(organiser, upcoming_debate):
    section = SectionFactory(debate=upcoming_debate)
    ProposalFactory(themes=["Eau"])

    prepare_proposals(
        debate=upcoming_debate,
        author=organiser,
        proposals=[
            prepared("Une", section=section, themes=["eau", "École"]),
            prepared("Deux", themes=["ECOLE"]),
        ],
    )

    one, two = Proposal.objects.filter(debate=upcoming_debate)
    assert (one.section, two.section) == (section, None)
    assert {theme.name for theme in one.themes.all()} == {"Eau", "École"}
    assert [theme.name for theme in two.themes.all()] == ["École"]
    assert Theme.objects.count() == 2


def test_what_is_counted_and_cited_agrees_before_and_after_the_opening(
    organiser, upcoming_debate
):
    cited = ProposalFactory()
    text = f"<p>Voir #{cited.pk}.</p>"

    prepare_proposals(
        debate=upcoming_debate, author=organiser, proposals=[prepared(text=text)]
    )

    assert Citation.objects.get().cited_id == cited.pk
    Contribution.objects.filter(pk=cited.pk).update(status=Status.WITHDRAWN)
    assert [*wrong_citations(), *miscounted(), *wrong_tallies()] == []


def test_the_journal_says_who_prepared_how_many(organiser, upcoming_debate):
    rows = prepare(upcoming_debate, organiser, "Une", "Deux")

    entry = JournalEntry.objects.get(act=Act.CONTRIBUTION_SUBMITTED)
    assert entry.actor == organiser
    assert entry.facts == {
        "debate": upcoming_debate.slug,
        "prepared": True,
        "first": rows[0].pk,
        "last": rows[1].pk,
        "count": 2,
    }


@pytest.mark.parametrize("late", [timedelta(0), timedelta(microseconds=1)])
def test_nothing_is_prepared_from_the_opening_instant_on(
    organiser, upcoming_debate, at, late
):
    at(upcoming_debate.opens_at + late)

    with pytest.raises(DebateHasOpened):
        prepare(upcoming_debate, organiser)

    assert not Contribution.objects.exists()


def test_they_can_be_prepared_up_to_the_opening_instant(organiser, upcoming_debate, at):
    at(upcoming_debate.opens_at - timedelta(microseconds=1))

    assert prepare(upcoming_debate, organiser)


def test_all_are_prepared_or_none(organiser, upcoming_debate):
    unwritable = prepared("Deux", themes=["half a character \ud800"])

    with pytest.raises(UnicodeEncodeError):
        prepare_proposals(
            debate=upcoming_debate,
            author=organiser,
            proposals=[prepared("Une"), unwritable],
        )

    assert not Contribution.objects.exists()
    assert not JournalEntry.objects.exists()


def test_the_same_ones_sent_twice_are_prepared_once(organiser, upcoming_debate):
    prepare(upcoming_debate, organiser, "Une", "Deux", "Une")

    assert prepare(upcoming_debate, organiser, "Une", "Deux") == []
    assert len(prepare(upcoming_debate, organiser, "Deux", "Trois")) == 1
    assert Contribution.objects.count() == 3


def test_a_debate_that_takes_no_proposals_from_people_may_open_with_some(organiser):
    debate = DebateFactory(upcoming=True, accepts_proposals=False)

    assert prepare(debate, organiser)


def test_they_do_not_count_among_what_one_may_post_within_an_hour(organiser, at):
    debate = DebateFactory(upcoming=True, hourly_limit=1)
    prepare(debate, organiser, "Une", "Deux", "Trois")
    at(debate.opens_at)

    posting = Posting(author=organiser, key=uuid4())
    submit_proposal(posting=posting, debate=debate, title="Encore", text="<p>Oui</p>")

    assert Contribution.objects.count() == 4
    assert Submission.objects.count() == Receipt.objects.count() == 1


def test_an_institution_signs_when_a_member_speaks_for_it(
    representative, upcoming_debate
):
    membership = representative.memberships.get()

    (row,) = prepare(upcoming_debate, representative, membership=membership)

    assert row.author == representative
    assert row.institution == membership.institution
    assert row.service == membership.service
    assert row.attestation == membership.institution.verification_in_force


def test_a_badge_that_is_revoked_before_the_opening_does_not_show(
    representative, upcoming_debate
):
    membership = representative.memberships.get()
    (row,) = prepare(upcoming_debate, representative, membership=membership)

    row.verification.revoked_at = row.submitted_at
    row.verification.save()

    assert Proposal.objects.get(pk=row.pk).attestation is None
    row.verification.revoked_at = row.submitted_at + timedelta(microseconds=1)
    assert row.attestation


def test_nobody_speaks_for_an_institution_of_which_they_are_no_member(
    organiser, upcoming_debate
):
    with pytest.raises(NotTheirs):
        prepare(upcoming_debate, organiser, membership=MembershipFactory())

    assert not Contribution.objects.exists()


def test_what_is_dropped_before_the_opening_is_withdrawn_as_the_debate_opens(
    organiser, upcoming_debate
):
    kept, dropped = prepare(upcoming_debate, organiser, "Une", "Deux")

    for _twice in range(2):
        drop_prepared(proposal=dropped, actor=organiser)

    row = Contribution.objects.get(pk=dropped.pk)
    assert row.status == Status.WITHDRAWN
    assert row.status_at == upcoming_debate.opens_at
    assert Contribution.objects.get(pk=kept.pk).status == Status.PUBLISHED
    entry = JournalEntry.objects.get(act=Act.CONTRIBUTION_WITHDRAWN)
    assert (entry.actor, entry.number) == (organiser, dropped.pk)
    assert [*miscounted(), *wrong_tallies()] == []


def test_what_was_dropped_can_be_prepared_again_under_another_number(
    organiser, upcoming_debate
):
    (dropped,) = prepare(upcoming_debate, organiser)
    drop_prepared(proposal=dropped, actor=organiser)

    (again,) = prepare(upcoming_debate, organiser)

    assert again.pk > dropped.pk


def test_nobody_drops_what_another_prepared_nor_what_is_published(
    organiser, stranger, upcoming_debate, at
):
    (row,) = prepare(upcoming_debate, organiser)

    with pytest.raises(NotTheirs):
        drop_prepared(proposal=row, actor=stranger)
    at(upcoming_debate.opens_at)
    with pytest.raises(DebateHasOpened):
        drop_prepared(proposal=row, actor=organiser)

    assert Contribution.objects.get().status == Status.PUBLISHED
