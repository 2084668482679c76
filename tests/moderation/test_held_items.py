"""What waits for a moderator is published with its first date, or never."""

from uuid import uuid4

import pytest

from accounts.actions import vouch_for_address
from accounts.models import Mail
from arguments.actions import submit_argument
from arguments.enums import Side
from moderation.actions import NothingToDecide, publish_held, refuse_held
from proposals.actions import submit_proposal
from register.actions import Posting
from register.enums import Status
from register.models import Contribution
from tests.factories import ArgumentFactory, DebateFactory, ProposalFactory, UserFactory
from tests.moderation.deciding import discrepancies, publish, reasons

pytestmark = pytest.mark.django_db


def held_argument(author=None, *, moderates_first=True):
    proposal = ProposalFactory(debate=DebateFactory(moderates_first=moderates_first))
    publish(proposal)
    return submit_argument(
        posting=Posting(
            author=author or UserFactory(confirmed=True),
            key=uuid4(),
            is_held=not moderates_first,
        ),
        proposal=proposal,
        side=Side.FOR,
        text="Lu par personne encore.",
    )


def test_where_a_debate_is_moderated_first_nothing_shows_before_a_moderator_read_it(
    read,
):
    row = held_argument()

    assert row.status == Status.WAITING
    assert row.submission.is_held
    assert "Lu par personne" not in read(f"/propositions/{row.hangs_on_id}/").get_text()
    assert discrepancies() == []


@pytest.mark.parametrize("moderates_first", [True, False])
def test_what_a_moderator_publishes_carries_the_instant_at_which_it_was_sent(
    moderator, moderates_first
):
    row = held_argument(moderates_first=moderates_first)
    sent = row.submitted_at

    decision = publish_held(actor=moderator, contribution=row)

    row.refresh_from_db()
    assert (row.status, row.submitted_at) == (Status.PUBLISHED, sent)
    assert row.status_at == decision.decided_at
    assert Contribution.objects.visible().filter(pk=row.pk).exists()
    row.hangs_on.refresh_from_db()
    assert row.hangs_on.for_count == 1
    assert discrepancies() == []


def test_what_is_published_after_the_end_was_said_before_it(moderator, at):
    row = held_argument()
    at(row.debate.closes_at)

    publish_held(actor=moderator, contribution=row)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    assert row.submitted_at < row.debate.closes_at


def test_who_has_not_confirmed_an_address_still_has_to(moderator):
    newcomer = UserFactory()
    row = held_argument(newcomer)

    publish_held(actor=moderator, contribution=row)
    row.refresh_from_db()
    waited = row.status
    vouch_for_address(user=newcomer)

    row.refresh_from_db()
    assert (waited, row.status) == (Status.WAITING, Status.PUBLISHED)
    assert discrepancies() == []


def test_the_receipt_of_a_proposal_leaves_once_it_is_published(moderator, settings):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"
    author = UserFactory(confirmed=True)
    row = submit_proposal(
        posting=Posting(author=author, key=uuid4()),
        debate=DebateFactory(moderates_first=True),
        title="Un marché le samedi",
        text="<p>Sur la place.</p>",
    )
    before = Mail.objects.count()

    publish_held(actor=moderator, contribution=row)

    assert (before, Mail.objects.get().recipients) == (0, author.email)


def test_what_a_moderator_refuses_is_never_public(moderator, client):
    row = held_argument()

    refuse_held(actor=moderator, contribution=row, reasons=reasons())

    row.refresh_from_db()
    assert row.status == Status.UNPUBLISHED
    assert client.get(f"/contributions/{row.pk}").status_code == 404
    assert discrepancies() == []


@pytest.mark.parametrize("act", [publish_held, refuse_held])
def test_what_does_not_wait_for_a_moderator_is_neither(moderator, act):
    facts = {"reasons": reasons()} if act is refuse_held else {}

    for row in (ArgumentFactory(), held_argument()):
        if row.status == Status.WAITING:
            publish_held(actor=moderator, contribution=row)
        with pytest.raises(NothingToDecide):
            act(actor=moderator, contribution=row, **facts)


def test_what_waits_for_its_author_alone_is_no_moderators_affair(moderator):
    proposal = ProposalFactory()
    publish(proposal)
    row = submit_argument(
        posting=Posting(author=UserFactory(), key=uuid4()),
        proposal=proposal,
        side=Side.FOR,
        text="Bientôt.",
    )

    with pytest.raises(NothingToDecide):
        publish_held(actor=moderator, contribution=row)
