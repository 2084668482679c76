"""What moderators decide about one contribution, whatever its kind.

Each decision is one row that never changes but for its confirmation and its end; what
it does is done by `moderation.actions.effects`, what is said of it by mail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from moderation.actions.announcing import announce
from moderation.actions.effects import apply_masks, let_through, set_status, show_again
from moderation.actions.statements import mail_statement
from moderation.enums import Announced, DecisionKind, SealedPart
from moderation.models import Decision, Withholding
from moderation.permissions import can_confirm, can_decide, can_moderate, role_of
from register.actions import NotTheirs, mail_receipts, of_its_kind
from register.actions.limits import hold_author
from register.derived import lock_pages
from register.enums import ContributionKind, Status
from register.gate import enter_begun
from register.models import Contribution, Ground

ACTS = {
    DecisionKind.DISMISS: Act.REPORTS_DISMISSED,
    DecisionKind.HIDE: Act.CONTRIBUTION_HIDDEN,
    DecisionKind.MASK: Act.PASSAGE_MASKED,
    DecisionKind.RESTORE: Act.CONTRIBUTION_RESTORED,
    DecisionKind.PUBLISH: Act.CONTRIBUTION_PUBLISHED,
    DecisionKind.REFUSE: Act.CONTRIBUTION_UNPUBLISHED,
    DecisionKind.SUSPEND: Act.AUTHOR_SUSPENDED,
}
# What answers those who reported; the others leave their reports waiting.
ANSWERS = frozenset({DecisionKind.DISMISS, DecisionKind.HIDE, DecisionKind.MASK})


class NothingToDecide(Exception):
    """Somebody else decided meanwhile, or there was nothing to decide about."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why it is decided: a clause of the charter, and the facts for the author."""

    ground: Ground | None = None
    facts: str = ""


@dataclass(frozen=True)
class _Case:
    """A contribution that nobody else acts upon until this transaction ends."""

    row: Contribution
    actor: User
    at: datetime


@transaction.atomic
def dismiss_reports(
    *, actor: User, contribution: Contribution, reasons: Reasons = Reasons()
) -> Decision:
    """Change nothing, and answer those who reported.

    Raises NothingToDecide, NotTheirs.
    """
    case = _open(actor, contribution)
    if not case.row.reports.waiting().exists():
        raise NothingToDecide
    return _decide(case, DecisionKind.DISMISS, reasons)


@transaction.atomic
def hide_contribution(
    *, actor: User, contribution: Contribution, reasons: Reasons
) -> Decision:
    """Take what is published out of sight, with all that hangs on it, everywhere.

    Number, date and ground stay. What a verified institution signs or many support is
    hidden provisionally: somebody else has to confirm it. Raises NothingToDecide,
    NotTheirs.
    """
    case = _open(actor, contribution)
    if case.row.status != Status.PUBLISHED:
        raise NothingToDecide
    set_status(case.row, Status.HIDDEN, at=case.at, ground=reasons.ground)
    return _decide(
        case, DecisionKind.HIDE, reasons, is_provisional=is_weighty(case.row)
    )


def is_weighty(row: Contribution) -> bool:
    """Whether one moderator alone does not hide it for good."""
    supports = row.support_count + row.agree_count
    is_supported = supports > settings.SUPPORTS_FOR_SECOND_OPINION
    return row.verification_id is not None or is_supported


@transaction.atomic
def mask_passage(
    *, actor: User, contribution: Contribution, reasons: Reasons, passage: str
) -> Decision:
    """Put a mark in the place of some words, wherever they stand in the contribution.

    Raises NothingToDecide, NotTheirs, PassageNotFound.
    """
    case = _open(actor, contribution)
    if case.row.status != Status.PUBLISHED:
        raise NothingToDecide
    return _decide(case, DecisionKind.MASK, reasons, passage=passage)


@transaction.atomic
def publish_held(*, actor: User, contribution: Contribution) -> Decision:
    """Publish what waited for a moderator, at the instant at which it was sent.

    If its author's address is still to be confirmed, it waits for that alone. Raises
    NothingToDecide, NotTheirs.
    """
    hold_author(contribution)
    case = _open(actor, contribution)
    _refuse_unless_held(case.row)
    author = case.row.author
    let_through(case.row, at=case.at)
    decision = _decide(case, DecisionKind.PUBLISH, Reasons())
    if author and case.row.kind == ContributionKind.PROPOSAL:
        mail_receipts(author=author, numbers=[case.row.pk])
    return decision


@transaction.atomic
def refuse_held(
    *, actor: User, contribution: Contribution, reasons: Reasons
) -> Decision:
    """Let what waited for a moderator never be public.

    Raises NothingToDecide, NotTheirs.
    """
    case = _open(actor, contribution)
    _refuse_unless_held(case.row)
    set_status(case.row, Status.UNPUBLISHED, at=case.at)
    return _decide(case, DecisionKind.REFUSE, reasons)


@transaction.atomic
def suspend_author(
    *, actor: User, contribution: Contribution, reasons: Reasons, until: datetime
) -> Decision:
    """Let who wrote this write and vote nothing until then; they still read and appeal.

    Raises NothingToDecide, NotTheirs.
    """
    hold_author(contribution)
    case = _open(actor, contribution)
    author = case.row.author
    if author is None or until <= case.at or can_moderate(author):
        raise NothingToDecide
    decision = _decide(case, DecisionKind.SUSPEND, reasons, suspended_until=until)
    set_suspension(author)
    return decision


def set_suspension(author: User) -> None:
    """Until the last end that a decision in force gives, or not at all."""
    decided = Decision.objects.in_force().filter(
        kind=DecisionKind.SUSPEND, contribution__author=author
    )
    last = decided.order_by("-suspended_until").first()
    author.suspended_until = last.suspended_until if last else None
    author.save(update_fields=["suspended_until"])


@transaction.atomic
def confirm_decision(*, actor: User, decision: Decision) -> Decision:
    """Make a provisional decision final, as somebody else than who took it.

    Raises NothingToDecide, NotTheirs.
    """
    case = _open(actor, decision.contribution)
    held = Decision.objects.unconfirmed().filter(pk=decision.pk).first()
    if held is None:
        raise NothingToDecide
    if not can_confirm(actor, held):
        raise NotTheirs
    held.confirmed_at, held.confirmed_by = case.at, actor
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    _tell(case, Act.DECISION_CONFIRMED, held)
    return held


@transaction.atomic
def undo_decision(
    *, actor: User, decision: Decision, reasons: Reasons = Reasons()
) -> Decision:
    """End the effect of a decision by another one; the first stays in the journal.

    What was hidden or never published is public again, a mark or a suspension is taken
    away. Raises NothingToDecide, NotTheirs.
    """
    hold_author(decision.contribution)
    case = _open(actor, decision.contribution)
    held = Decision.objects.in_force().restrictions().filter(pk=decision.pk).first()
    if held is None or _is_erased(held):
        raise NothingToDecide
    _end_effect(case, held)
    return _decide(case, DecisionKind.RESTORE, reasons, undoes=held)


def _is_erased(decision: Decision) -> bool:
    """Its words were withheld for good: there is nothing left to show again."""
    acts = Withholding.objects.filter(leaf__contribution=decision.contribution_id)
    is_about_words = decision.kind != DecisionKind.SUSPEND
    return is_about_words and acts.filter(part=SealedPart.TEXT, is_final=True).exists()


def _end_effect(case: _Case, decision: Decision) -> None:
    if decision.kind in {DecisionKind.HIDE, DecisionKind.REFUSE}:
        if case.row.status not in {Status.HIDDEN, Status.UNPUBLISHED}:
            raise NothingToDecide
        show_again(case.row, at=case.at)


def _open(actor: User, contribution: Contribution) -> _Case:
    """Wait for every act on these pages, and see the row as they left it."""
    _debate, at = enter_begun(contribution.debate_id)
    lock_pages([contribution.pk])
    row = of_its_kind(contribution.pk)
    if not can_decide(actor, row):
        raise NotTheirs
    return _Case(row, actor, at)


def _refuse_unless_held(row: Contribution) -> None:
    if row.status != Status.WAITING or not row.submission.is_held:
        raise NothingToDecide


def _decide(
    case: _Case,
    kind: DecisionKind,
    reasons: Reasons,
    *,
    undoes: Decision | None = None,
    **facts: Any,
) -> Decision:
    """Write the decision and all that follows from it, whatever it is."""
    decision = Decision.objects.create(
        kind=kind,
        contribution_id=case.row.pk,
        ground=reasons.ground,
        facts=reasons.facts,
        decided_at=case.at,
        decided_by=case.actor,
        role=role_of(case.actor),
        **facts,
    )
    if undoes:
        Decision.objects.filter(pk=undoes.pk).update(undone_by=decision)
    ended = undoes.kind if undoes else ""
    if DecisionKind.MASK in {kind, ended}:
        apply_masks(case.row)
    if ended == DecisionKind.SUSPEND and case.row.author:
        set_suspension(case.row.author)
    _tell(case, ACTS[kind], decision)
    _tell_people(case.row, decision, ended)
    return decision


def _tell(case: _Case, act: Act, decision: Decision) -> None:
    """In the journal, and in the history that the admin shows of the debate."""
    facts = {"decision": decision.pk}
    record(act=act, actor=case.actor, numbers=[case.row.pk], facts=facts, at=case.at)
    log(
        instance=case.row.debate,
        action=f"moderation.{act}",
        user=case.actor,
        data={"number": case.row.pk, "decision": decision.pk},
    )


def _tell_people(row: Contribution, decision: Decision, ended: str) -> None:
    """The author, who reported it, and those whose words went or came back with it."""
    if decision.kind in ANSWERS and row.reports.waiting().update(decision=decision):
        announce(kind=Announced.ANSWER, debate=row.debate, decision=decision)
    # The statement says whether somebody had reported it.
    if decision.is_restriction or ended:
        mail_statement(decision=decision, undone=ended)
    is_about_place = DecisionKind.HIDE in {decision.kind, ended}
    if is_about_place and row.hanging.exists():
        announce(kind=Announced.ABOVE, debate=row.debate, decision=decision)
