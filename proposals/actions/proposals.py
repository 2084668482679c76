"""Making a proposal, preparing some, saying whether one agrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import Membership, User
from journal.actions import record
from journal.enums import Act
from journal.questions import Question
from proposals.enums import VoteChoice
from proposals.models import Proposal, Vote
from proposals.permissions import can_drop
from register.actions import (
    NotTheirs,
    Posting,
    enter_to_judge,
    mail_receipts,
    post,
)
from register.actions.posting import signature_of
from register.derived import derive, lock_pages
from register.enums import COUNTER_OF_MEASURE, Accepted, Measure, Status
from register.gate import enter_alone
from register.models import Contribution, Debate, Section, put_themes
from register.numbers import reserve_numbers

HELD = Question(
    lambda proposal, voter: Vote.objects.filter(
        proposal=proposal, voter=voter
    ).values_list("choice")
)


class OwnProposal(Exception):
    """One does not vote on what one proposed."""


class DebateHasOpened(Exception):
    """What is prepared for the opening of a debate is prepared before it."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A proposal to be. `text` is HTML that `clean_rich_text` let through."""

    title: str
    text: str
    section: Section | None = None
    themes: Sequence[str] = ()

    @property
    def place_and_words(self) -> tuple[int | None, str, str]:
        return self.section.pk if self.section else None, self.title, self.text


@transaction.atomic
def submit_proposal(
    *,
    posting: Posting,
    debate: Debate,
    title: str,
    text: str,
    section: Section | None = None,
    themes: Sequence[str] = (),
    sources: Sequence[Contribution] = (),
) -> Contribution:
    """Publish a proposal and mail its receipt, once if the form is sent twice.

    `text` is HTML that `clean_rich_text` let through; `sources` come with it, all or
    nothing. Raises as `register.actions.post` does.
    """
    row = Proposal(debate=debate, section=section, title=title, text=text)
    posted = post(
        row,
        posting=posting,
        accepted=Accepted.PROPOSALS,
        themes=themes,
        sources=sources,
    )
    mail_receipts(author=posting.author, numbers=[posted.number])
    return posted


@transaction.atomic
def prepare_proposals(
    *,
    debate: Debate,
    proposals: Sequence[Prepared],
    author: User,
    membership: Membership | None = None,
    language: str = "fr",
) -> list[int]:
    """Publish proposals as the debate opens: all of them, or none. Returns numbers.

    They carry the opening instant, and nobody reads them before. What is prepared
    already, word for word, is not prepared again: a form sent twice does it once. No
    receipt is given, because nothing is said yet. Raises DebateHasOpened, NotTheirs.
    """
    held, at = _enter_before_opening(debate.pk)
    there = prepared_words(held)
    new = {each.place_and_words: each for each in proposals}
    wanted = [each for words, each in new.items() if words not in there]
    if not wanted:
        return []
    signature = signature_of(author, membership, at)
    numbers = _insert_prepared(held, wanted, signature | {"language": language})
    facts = {"debate": held.slug, "prepared": True}
    record(act=Act.CONTRIBUTION_SUBMITTED, actor=author, numbers=numbers, facts=facts)
    derive(numbers)
    return numbers


@transaction.atomic
def drop_prepared(*, proposal: Proposal, actor: User) -> None:
    """Take back what was prepared, before the debate opens and anybody reads it.

    By who typed it, or who speaks for the institution that would sign it. A number is
    not given again: from the opening on it answers that it was withdrawn. Raises
    DebateHasOpened, NotTheirs.
    """
    held, _at = _enter_before_opening(proposal.debate_id)
    if not can_drop(actor, proposal):
        raise NotTheirs
    lock_pages([proposal.pk])
    rows = held.contributions.filter(pk=proposal.pk, status=Status.PUBLISHED)
    if rows.update(status=Status.WITHDRAWN):
        facts = {"debate": held.slug, "prepared": True}
        record(
            act=Act.CONTRIBUTION_WITHDRAWN,
            actor=actor,
            numbers=[proposal.pk],
            facts=facts,
        )


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


def prepared_words(debate: Debate) -> set[tuple[int | None, str, str]]:
    """Where each prepared proposal stands, and what it says."""
    rows = Proposal.objects.filter(debate=debate, status=Status.PUBLISHED)
    return set(rows.values_list("section", "title", "text"))


def _insert_prepared(
    debate: Debate, proposals: Sequence[Prepared], fields: dict[str, Any]
) -> list[int]:
    numbers = reserve_numbers(len(proposals))
    numbered = list(zip(numbers, proposals, strict=True))
    rows = [
        Proposal(
            number=number,
            debate=debate,
            section=each.section,
            title=each.title,
            text=each.text,
            submitted_at=debate.opens_at,
            status_at=debate.opens_at,
            **fields,
        )
        for number, each in numbered
    ]
    Proposal.objects.bulk_insert(rows)
    put_themes({number: each.themes for number, each in numbered})
    return numbers


def _enter_before_opening(debate_id: int) -> tuple[Debate, datetime]:
    held, at = enter_alone(debate_id)
    if held.opens_at <= at:
        raise DebateHasOpened
    return held, at


def _enter(voter: User, proposal: Proposal) -> tuple[str, datetime]:
    """What this person voted so far, once nothing else of theirs can change it."""
    at = enter_to_judge(voter, proposal)
    if proposal.author_id == voter.pk:
        raise OwnProposal
    held = HELD(proposal.pk, voter.pk)
    return held[0][0] if held else "", at


def _counter(choice: str) -> str:
    return COUNTER_OF_MEASURE[Measure(choice)]
