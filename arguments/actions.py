"""What people do with arguments and sources."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from arguments.enums import Side
from arguments.models import Argument, ArgumentSupport, Source, SourceCategory
from proposals.actions import submit_proposal
from proposals.models import Proposal
from register.actions import Posting, enter_to_judge, post
from register.enums import Accepted
from register.models import Contribution


class OwnArgument(Exception):
    """One does not support what one said oneself."""


def submit_argument(
    *, posting: Posting, proposal: Proposal, side: Side, text: str, title: str = ""
) -> Contribution:
    """Say why one is for or against a proposal. Raises as `register.actions.post`."""
    row = Argument(hangs_on_id=proposal.pk, side=side, title=title, text=text)
    return post(row, posting=posting, accepted=Accepted.ARGUMENTS)


def submit_source(
    *,
    posting: Posting,
    hangs_on: Contribution,
    category: SourceCategory,
    title: str,
    link: str,
    note: str = "",
) -> Contribution:
    """Add a document to a proposal or an argument. Raises as `post` does."""
    row = Source(
        hangs_on_id=hangs_on.pk, category=category, title=title, link=link, note=note
    )
    return post(row, posting=posting, accepted=Accepted.SOURCES)


def submit_proposal_with_sources(
    *, sources: Sequence[Mapping[str, Any]], **proposal: Any
) -> Contribution:
    """Publish a proposal and the documents that come with it: all of them, or nothing.

    Raises as `register.actions.post` does.
    """
    return submit_proposal(sources=[Source(**each) for each in sources], **proposal)


@transaction.atomic
def support_argument(*, supporter: User, argument: Argument) -> None:
    """Find an argument convincing, once. Raises NotConfirmed, NotAccepted, TargetGone,
    OwnArgument.
    """
    at = _enter(supporter, argument)
    _support, is_new = ArgumentSupport.objects.get_or_create(
        argument=argument, supporter=supporter, defaults={"given_at": at}
    )
    if is_new:
        _count(argument, 1)


@transaction.atomic
def withdraw_support(*, supporter: User, argument: Argument) -> None:
    """Take one's support back. Raises as `support_argument` does."""
    _enter(supporter, argument)
    held = ArgumentSupport.objects.filter(argument=argument, supporter=supporter)
    deleted, _by_model = held.delete()
    if deleted:
        _count(argument, -1)


def _enter(supporter: User, argument: Argument) -> datetime:
    at = enter_to_judge(supporter, argument)
    if argument.author_id == supporter.pk:
        raise OwnArgument
    return at


def _count(argument: Argument, step: int) -> None:
    rows = Contribution.objects.filter(pk=argument.pk)
    rows.update(support_count=F("support_count") + step)
