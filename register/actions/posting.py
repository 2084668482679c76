"""Posting a contribution, whatever its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import Membership, User
from journal.actions import record
from journal.enums import Act
from journal.questions import Question
from register.actions.limits import hold_account, refuse_suspended, refuse_too_many
from register.derived import VISIBLE, derive_new
from register.enums import Accepted, Status
from register.gate import NotAccepted, enter, enter_begun
from register.models import (
    Contribution,
    Debate,
    Draft,
    Receipt,
    Submission,
)
from register.models.submissions import digest_of, logged_out_key, new_salt
from register.originals import as_received

PLACE_FIELDS = ("number", "debate_id", "section_id", "hangs_on_id")
PLACE = Question(
    lambda pk: (
        Contribution.objects.visible()
        .filter(pk=pk)
        .order_by()
        .values_list(*PLACE_FIELDS)
    )
)


class TargetGone(Exception):
    """What was to be acted upon cannot be read any more, or never could."""


class NotConfirmed(Exception):
    """The account's address is not confirmed: its votes would count for nobody."""


class NotTheirs(Exception):
    """Somebody else wrote it."""


@dataclass
class AlreadyPosted(Exception):
    """The form was posted, with other words than those it is sent with now."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Posting:
    """Who posts, under which form's key, in which language, and for whom."""

    author: User
    key: UUID
    language: str = "fr"
    membership: Membership | None = None
    # Received, and shown to nobody until a moderator has read it.
    is_held: bool = False


@transaction.atomic
def post(
    row: Contribution,
    *,
    posting: Posting,
    accepted: Accepted | None,
    themes: Sequence[str] = (),
    sources: Sequence[Contribution] = (),
) -> Contribution:
    """Publish a new row under the next number, at the instant at which it came in.

    Sources that come with it are posted at the same instant, all of them or nothing. A
    form sent twice posts once: the second time returns what the first one posted. From
    an account whose address is not confirmed it is received and waits, and so does what
    is held for moderation. What is `accepted` under no name, official responses, may
    come at any time after the opening, however many they are. Raises AlreadyPosted,
    NotAccepted, NotTheirs, Suspended, TargetGone, TooMany.
    """
    author = posting.author
    suspended_until = hold_account(author)
    if held := submission_of(author, posting.key):
        return _posted_before(held, row)
    place_under(row, author)
    debate, at = _enter(row.debate_id, accepted)
    if sources and not debate.accepts(Accepted.SOURCES):
        raise NotAccepted(debate, at)
    refuse_suspended(suspended_until, at)
    rows = [row, *sources]
    if accepted:
        posting = _as_debated(posting, debate, at, more=len(rows))
    _insert_all(rows, posting, at)
    if themes:
        row.themes.set(sorted(themes))  # two who make the same ones do not deadlock
    numbers = [each.number for each in rows]
    record(act=Act.CONTRIBUTION_SUBMITTED, actor=author, numbers=numbers, at=at)
    if not derive_new(rows):
        raise TargetGone  # hidden meanwhile: no number is given
    return row


def _enter(debate_id: int, accepted: Accepted | None) -> tuple[Debate, datetime]:
    return enter(debate_id, accepted) if accepted else enter_begun(debate_id)


def _as_debated(
    posting: Posting, debate: Debate, at: datetime, *, more: int
) -> Posting:
    """Under the debate's own rules: so many an hour, read before they are public."""
    acts = posting.author.submissions.all()
    refuse_too_many(acts, "submitted_at", at=at, limit=debate.hourly_limit, more=more)
    return replace(posting, is_held=True) if debate.moderates_first else posting


def _insert_all(rows: Sequence[Contribution], posting: Posting, at: datetime) -> None:
    """The first one, and those that come under it, which have keys made from its own.

    The form is no draft any more.
    """
    shared = _shared(posting, at)
    first, *others = rows
    _insert(first, posting, shared)
    for place, row in enumerate(others):
        row.hangs_on = first
        row.debate_id, row.section_id = first.debate_id, first.section_id
        key = uuid5(posting.key, f"source {place}")
        _insert(row, replace(posting, key=key), shared)
    Draft.objects.filter(key=posting.key, owner=posting.author).delete()


def _shared(posting: Posting, at: datetime) -> dict[str, Any]:
    """What is true of everything that one act posts."""
    waits = posting.is_held or not posting.author.is_confirmed
    return signature_of(posting.author, posting.membership, at) | {
        "submitted_at": at,
        "status_at": at,
        "status": Status.WAITING if waits else Status.PUBLISHED,
        "counted": not waits,
        "language": posting.language,
    }


def _insert(row: Contribution, posting: Posting, shared: dict[str, Any]) -> None:
    """With the key of its form, under which it is never posted again, and a receipt."""
    for field, value in shared.items():
        setattr(row, field, value)
    row.save()
    Submission.objects.create(
        author=posting.author,
        key=posting.key,
        contribution_id=row.number,
        submitted_at=row.submitted_at,
        is_held=posting.is_held,
    )
    give_receipt(row)


def submission_of(author: User, key: UUID | None) -> Submission | None:
    """What this person posted by the form of that key, whatever the session was."""
    if key is None:
        return None
    keys = [key, logged_out_key(key)]
    return author.submissions.filter(key__in=keys).first()


def _posted_before(held: Submission, row: Contribution) -> Contribution:
    """The same words again are the same act; other words would be lost with it."""
    posted = as_received(of_its_kind(held.contribution_id))
    place = (row.KIND, row.hangs_on_id, row.counter)
    if place != (posted.kind, posted.hangs_on_id, posted.counter) or (
        posted.receipt_words != row.receipt_words
    ):
        raise AlreadyPosted(posted.number)
    return posted


def enter_to_judge(person: User, row: Contribution) -> datetime:
    """Let somebody vote on or support what can be read, and say at which instant.

    Nothing else that this person does changes it meanwhile. Raises NotConfirmed,
    NotAccepted, Suspended, TargetGone.
    """
    suspended_until = hold_account(person)
    if not person.is_confirmed:
        raise NotConfirmed
    _debate, at = enter(row.debate_id, Accepted.VOTES)
    refuse_suspended(suspended_until, at)
    if not VISIBLE(row.pk):
        raise TargetGone
    return at


def place_under(row: Contribution, author: User) -> None:
    """Give it the place of what it hangs on, which may wait for the same author.

    Raises TargetGone.
    """
    if row.hangs_on_id is None:
        return
    own = author.contributions.filter(status=Status.WAITING, pk=row.hangs_on_id)
    found = PLACE(row.hangs_on_id) or own.values_list(*PLACE_FIELDS)
    if not found:
        raise TargetGone
    row.hangs_on = above = Contribution.from_db("default", PLACE_FIELDS, found[0])
    row.debate_id, row.section_id = above.debate_id, above.section_id


def give_receipt(row: Contribution) -> None:
    salt = new_salt()
    words = row.receipt_words.encode()
    Receipt.objects.create(
        contribution_id=row.number, salt=salt, digest=digest_of(salt, words)
    )


def signature_of(
    author: User, membership: Membership | None, at: datetime
) -> dict[str, Any]:
    """Who signs what is posted at that instant, field by field. Raises NotTheirs.

    The author is always kept; an institution signs alone where there is one.
    """
    if membership is None:
        return {"author": author}
    # It may have ended since the form was checked.
    if not author.memberships.filter(pk=membership.pk).exists():
        raise NotTheirs
    # Held: one that is being revoked covers nothing that comes after.
    attested = membership.institution.verifications.in_force()
    verification = attested.select_for_update(no_key=True).first()
    is_verified = verification is not None and verification.is_in_force(at)
    return {
        "author": author,
        "institution": membership.institution,
        "service": membership.service,
        "verification": verification if is_verified else None,
    }


def of_its_kind(number: int) -> Contribution:
    """The row with the words of its kind."""
    kind = Contribution.objects.values_list("kind", flat=True).get(pk=number)
    models = {model.KIND.value: model for model in Contribution.__subclasses__()}
    row: Contribution = models[kind].objects.get(pk=number)
    return row
