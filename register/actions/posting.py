"""Posting a contribution, whatever its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import Membership, User
from journal.actions import record
from journal.enums import Act
from journal.questions import Question
from register.derived import VISIBLE, derive_new
from register.enums import Accepted, Status
from register.gate import NotAccepted, enter
from register.models import (
    Contribution,
    Debate,
    Draft,
    Receipt,
    Submission,
)
from register.models.submissions import digest_of, logged_out_key, new_salt

HOUR = timedelta(hours=1)
HOLD = Question(
    lambda pk: (
        User.objects.select_for_update(no_key=True)
        .filter(pk=pk)
        .order_by()
        .values_list("pk")
    )
)
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


@dataclass
class TooMany(Exception):
    """The account posted as much as one may within an hour."""

    again_at: datetime


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
    accepted: Accepted,
    themes: Sequence[str] = (),
    sources: Sequence[Contribution] = (),
) -> Contribution:
    """Publish a new row under the next number, at the instant at which it came in.

    Sources that come with it are posted at the same instant, all of them or nothing. A
    form sent twice posts once: the second time returns what the first one posted. From
    an account whose address is not confirmed it is received and waits, and so does what
    is held for moderation. Raises AlreadyPosted, NotAccepted, NotTheirs, TargetGone,
    TooMany.
    """
    author = posting.author
    hold_account(author)
    if held := submission_of(author, posting.key):
        return _posted_before(held, row)
    place_under(row, author)
    debate, at = enter(row.debate_id, accepted)
    if sources and not debate.accepts(Accepted.SOURCES):
        raise NotAccepted(debate, at)
    _refuse_too_many(author, debate, at, acts=1 + len(sources))
    _insert(row, posting, at)
    if themes:
        row.themes.set(sorted(themes))  # two who make the same ones do not deadlock
    _insert_under(row, sources, posting)
    numbers = [each.number for each in (row, *sources)]
    record(act=Act.CONTRIBUTION_SUBMITTED, actor=author, numbers=numbers, at=at)
    if not derive_new([row, *sources]):
        raise TargetGone  # hidden meanwhile: no number is given
    return row


def _insert_under(
    row: Contribution, sources: Sequence[Contribution], posting: Posting
) -> None:
    """Each has a key of its own, made from that of the form it came with."""
    for place, source in enumerate(sources):
        source.hangs_on = row
        source.debate_id, source.section_id = row.debate_id, row.section_id
        key = uuid5(posting.key, f"source {place}")
        _insert(source, replace(posting, key=key), row.submitted_at)


def _insert(row: Contribution, posting: Posting, at: datetime) -> None:
    """Its form is posted: by its key it never is again, and it is no draft any more."""
    waits = posting.is_held or not posting.author.is_confirmed
    row.submitted_at = row.status_at = at
    row.status = Status.WAITING if waits else Status.PUBLISHED
    row.counted = not waits
    row.language = posting.language
    _sign(row, posting, at)
    row.save()
    Submission.objects.create(
        author=posting.author,
        key=posting.key,
        contribution_id=row.number,
        submitted_at=at,
        is_held=posting.is_held,
    )
    give_receipt(row)
    Draft.objects.filter(key=posting.key, owner=posting.author).delete()


def submission_of(author: User, key: UUID | None) -> Submission | None:
    """What this person posted by the form of that key, whatever the session was."""
    if key is None:
        return None
    keys = [key, logged_out_key(key)]
    return author.submissions.filter(key__in=keys).first()


def _posted_before(held: Submission, row: Contribution) -> Contribution:
    """The same words again are the same act; other words would be lost with it."""
    posted = of_its_kind(held.contribution_id)
    place = (row.KIND, row.hangs_on_id, row.counter)
    if place != (posted.kind, posted.hangs_on_id, posted.counter) or (
        posted.receipt_words != row.receipt_words
    ):
        raise AlreadyPosted(posted.number)
    return posted


def hold_account(user: User) -> None:
    """Make this account's other acts wait until this transaction ends."""
    HOLD(user.pk)


def enter_to_judge(person: User, row: Contribution) -> datetime:
    """Let somebody vote on or support what can be read, and say at which instant.

    Nothing else that this person does changes it meanwhile. Raises NotConfirmed,
    NotAccepted, TargetGone.
    """
    hold_account(person)
    if not person.is_confirmed:
        raise NotConfirmed
    _debate, at = enter(row.debate_id, Accepted.VOTES)
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


def _sign(row: Contribution, posting: Posting, at: datetime) -> None:
    """The author is always kept; an institution signs alone where there is one."""
    row.author = posting.author
    if member := posting.membership:
        # It may have ended since the form was checked.
        if not posting.author.memberships.filter(pk=member.pk).exists():
            raise NotTheirs
        row.institution, row.service = member.institution, member.service
        # Held: one that is being revoked covers nothing that comes after.
        attested = member.institution.verifications.in_force()
        verification = attested.select_for_update(no_key=True).first()
        if verification and verification.is_in_force(at):
            row.verification = verification


def _refuse_too_many(
    author: User, debate: Debate, at: datetime, *, acts: int = 1
) -> None:
    """With those of the last hour, these acts are as many as the debate allows."""
    latest = author.submissions.filter(submitted_at__gt=at - HOUR)
    place = max(debate.hourly_limit - acts, 0)
    oldest_counted = latest.order_by("-submitted_at")[place : place + 1]
    for submission in oldest_counted:
        raise TooMany(again_at=submission.submitted_at + HOUR)


def of_its_kind(number: int) -> Contribution:
    """The row with the words of its kind."""
    kind = Contribution.objects.values_list("kind", flat=True).get(pk=number)
    models = {model.KIND.value: model for model in Contribution.__subclasses__()}
    row: Contribution = models[kind].objects.get(pk=number)
    return row
