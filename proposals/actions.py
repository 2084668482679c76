"""What people do with proposals: make one, and say whether they agree."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from journal.prepared import Prepared
from proposals.enums import VoteChoice
from proposals.models import Proposal, Vote
from register.actions import Posting, enter_to_judge, mail_receipts, post
from register.enums import COUNTER_OF_MEASURE, Accepted, Measure
from register.models import Contribution, Debate, Section

HELD = Prepared(
    lambda proposal, voter: Vote.objects.filter(
        proposal=proposal, voter=voter
    ).values_list("choice")
)


class OwnProposal(Exception):
    """One does not vote on what one proposed."""


@transaction.atomic
def submit_proposal(
    *,
    posting: Posting,
    debate: Debate,
    title: str,
    text: str,
    section: Section | None = None,
    themes: Sequence[str] = (),
) -> Contribution:
    """Publish a proposal and mail its receipt, once if the form is sent twice.

    `text` is HTML that `clean_rich_text` let through. Raises as `register.actions.post`
    does.
    """
    row = Proposal(debate=debate, section=section, title=title, text=text)
    posted = post(row, posting=posting, accepted=Accepted.PROPOSALS, themes=themes)
    mail_receipts(author=posting.author, numbers=[posted.number])
    return posted


@transaction.atomic
def cast_vote(*, voter: User, proposal: Proposal, choice: VoteChoice) -> None:
    """Record or change one person's opinion of a proposal.

    Raises NotConfirmed, NotAccepted, OwnProposal, TargetGone.
    """
    held, at = _enter(voter, proposal)
    if held == choice:
        return
    steps = {_counter(choice): F(_counter(choice)) + 1}
    if held:
        steps[_counter(held)] = F(_counter(held)) - 1
        mine = Vote.objects.filter(proposal=proposal.pk, voter=voter)
        mine.update(choice=choice, cast_at=at)
    else:
        Vote.objects.create(proposal=proposal, voter=voter, choice=choice, cast_at=at)
    Contribution.objects.filter(pk=proposal.pk).update(**steps)


@transaction.atomic
def withdraw_vote(*, voter: User, proposal: Proposal) -> None:
    """Take one's vote back, as if it had not been cast. Raises as `cast_vote` does."""
    held, _at = _enter(voter, proposal)
    if not held:
        return
    counter = _counter(held)
    Vote.objects.filter(proposal=proposal.pk, voter=voter).delete()
    rows = Contribution.objects.filter(pk=proposal.pk)
    rows.update(**{counter: F(counter) - 1})


def _enter(voter: User, proposal: Proposal) -> tuple[str, datetime]:
    """What this person voted so far, once nothing else of theirs can change it."""
    at = enter_to_judge(voter, proposal)
    if proposal.author_id == voter.pk:
        raise OwnProposal
    held = HELD(proposal.pk, voter.pk)
    return held[0][0] if held else "", at


def _counter(choice: str) -> str:
    return COUNTER_OF_MEASURE[Measure(choice)]
