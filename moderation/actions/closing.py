"""Closing a debate: the formal act after its end, which seals its record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from accounts.mail import send
from accounts.models import User
from exchange.recounts import wrong_receipts
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from moderation.actions.announcing import announce
from moderation.actions.withholding import withhold_what_is_not_shown
from moderation.closing import (
    Waiting,
    figures_of,
    fingerprint_of,
    unconfirmed_in,
    waiting_in,
)
from moderation.enums import Announced
from moderation.models import Closing, SealedLeaf
from moderation.permissions import can_close
from moderation.seal.folder import read_folder, write_folder
from moderation.seal.leaves import leaves_of
from moderation.seal.verify_seal import verify
from register.actions import NotTheirs
from register.derived import lock_pages
from register.enums import Status
from register.gate import enter_alone, enter_begun
from register.models import Contribution, Debate

BATCH_SIZE = 1_000
# How often a record is written again because somebody acted meanwhile.
ATTEMPTS = 3


@dataclass
class StillWaiting(Exception):
    """Something in the debate is still to be decided."""

    waiting: Waiting


class NotEnded(Exception):
    """The debate is open, or has not begun."""


class AlreadyClosed(Exception):
    """It is closed, and stays so."""


class StillChanging(Exception):
    """Somebody acted each time while the record was written."""


@dataclass
class NotAsReceived(Exception):
    """The record does not hold what was received, or not as it was written.

    Each sentence names a leaf or a number.
    """

    sentences: list[str]


@dataclass(frozen=True)
class _Draft:
    """A record as it would be sealed, read again and checked."""

    folder: Path
    fingerprint: str
    closed_at: datetime
    figures: dict[str, Any]
    size: int
    root: str


def close_debate(*, debate: Debate, actor: User | None, motive: str = "") -> Closing:
    """Close a debate that has ended, and seal its record for good.

    Nobody waits while the record is written and checked. Then everybody does, for as
    long as it takes to see that nothing changed and to keep it; otherwise it is written
    again. Without an actor it is the act of who runs the site. Raises AlreadyClosed,
    NotAsReceived, NotEnded, NotTheirs, StillChanging, StillWaiting.
    """
    if actor is not None and not can_close(actor):
        raise NotTheirs
    for _attempt in range(ATTEMPTS):
        with TemporaryDirectory(prefix="seal-") as folder:
            draft = _prepare(debate.pk, Path(folder))
            closing = _keep(draft, debate.pk, actor, motive.strip())
        if closing:
            return closing
    raise StillChanging


@transaction.atomic
def record_as_unpublished(*, debate: Debate, actor: User) -> list[int]:
    """Let what was not confirmed in time never be public, and tell its authors.

    Returns the numbers. What is held is decided about one by one instead. Raises
    NotTheirs.
    """
    held, at = enter_begun(debate.pk)
    if not can_close(actor):
        raise NotTheirs
    if held.can_be_confirmed(at):
        return []
    lock_pages(list(unconfirmed_in(held).values_list("pk", flat=True)))
    rows = list(unconfirmed_in(held).select_related("author").order_by("author", "pk"))
    numbers = sorted(row.pk for row in rows)
    if not numbers:
        return []
    Contribution.objects.filter(pk__in=numbers).update(
        status=Status.UNPUBLISHED, status_at=at
    )
    record(act=Act.CONTRIBUTION_UNPUBLISHED, actor=actor, numbers=numbers, at=at)
    data = {"numbers": numbers}
    action = f"moderation.{Act.CONTRIBUTION_UNPUBLISHED}"
    log(instance=held, action=action, user=actor, data=data)
    for author, theirs in groupby(rows, key=lambda row: row.author):
        _tell_author(author, held, [row.pk for row in theirs])
    return numbers


def _tell_author(author: User | None, debate: Debate, numbers: list[int]) -> None:
    """None of the words: the address may be somebody else's."""
    if author and author.email:
        send(
            template="never_published",
            to=author.email,
            language=author.locale,
            context={"debate": debate, "numbers": numbers},
        )


def _refuse(debate: Debate, at: datetime) -> None:
    if debate.closed_at:
        raise AlreadyClosed
    if at < debate.closes_at:
        raise NotEnded
    if waiting := waiting_in(debate, at):
        raise StillWaiting(waiting)


def _prepare(debate_id: int, folder: Path) -> _Draft:
    """Write the record and check it by the program that everybody will check it by."""
    with transaction.atomic():
        debate, _at = enter_alone(debate_id)  # what came in before the end is written
    fingerprint = fingerprint_of(debate)
    closed_at = database_now()
    _refuse(debate, closed_at)
    figures = figures_of(debate)
    size, root = write_folder(folder, leaves_of(debate, closed_at, figures))
    sentences = verify(folder).problems
    sentences += [f"#{number} {said}" for number, said in wrong_receipts(debate)]
    if sentences:
        raise NotAsReceived(sentences)
    return _Draft(folder, fingerprint, closed_at, figures, size, root)


@transaction.atomic
def _keep(
    draft: _Draft, debate_id: int, actor: User | None, motive: str
) -> Closing | None:
    """None when something changed since the record was written."""
    debate, at = enter_alone(debate_id)
    _refuse(debate, at)
    if fingerprint_of(debate) != draft.fingerprint:
        return None
    closing = Closing.objects.create(
        debate=debate,
        closed_at=draft.closed_at,
        closed_by=actor,
        motive=motive,
        figures=draft.figures,
        size=draft.size,
        root=draft.root,
    )
    leaves = _leaves(closing, draft)
    while some := list(islice(leaves, BATCH_SIZE)):
        SealedLeaf.objects.bulk_create(some)
    Debate.objects.filter(pk=debate.pk).update(closed_at=draft.closed_at)
    withhold_what_is_not_shown(closing=closing, actor=actor, at=at)
    facts = {"debate": debate.slug, "size": draft.size, "root": draft.root}
    record(act=Act.DEBATE_CLOSED, actor=actor, facts=facts, at=at)
    log(
        instance=debate,
        action=f"moderation.{Act.DEBATE_CLOSED}",
        user=actor,
        data=facts,
    )
    announce(kind=Announced.CLOSING, debate=debate)
    return closing


def _leaves(closing: Closing, draft: _Draft) -> Iterator[SealedLeaf]:
    for position, leaf in enumerate(read_folder(draft.folder)):
        yield SealedLeaf(
            closing=closing,
            position=position,
            contribution_id=leaf.number,
            line=leaf.line.decode(),
            name=leaf.name,
            text=leaf.text,
        )
