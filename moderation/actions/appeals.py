"""Contesting a decision, and answering who contests it."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from journal.actions import record
from journal.enums import Act
from moderation.actions.decisions import NothingToDecide, Reasons, undo_decision
from moderation.actions.statements import mail_appeal
from moderation.enums import AppealOutcome
from moderation.models import Appeal, Decision
from moderation.permissions import can_decide_appeal, role_of
from register.actions import NotTheirs
from register.actions.limits import hold_author
from register.derived import lock_pages
from register.gate import enter_begun


class AlreadyAppealed(Exception):
    """One appeal is made of a decision, and answered."""


class TooLateToAppeal(Exception):
    """The time in which the decision could be appealed is over, or it has ended."""


@transaction.atomic
def appeal_decision(*, author: User, decision: Decision, text: str) -> Appeal:
    """Contest a decision about one's own words; somebody else answers.

    Sent twice with the same words, it is the same appeal. Raises AlreadyAppealed,
    NotTheirs, TooLateToAppeal.
    """
    _debate, at = enter_begun(decision.contribution.debate_id)
    lock_pages([decision.contribution_id])
    held = Decision.objects.get(pk=decision.pk)
    if held.contribution.author_id != author.pk or not held.is_restriction:
        raise NotTheirs
    if earlier := Appeal.objects.filter(pk=held.pk).first():
        if earlier.text != text:
            raise AlreadyAppealed
        return earlier
    if held.undone_by_id or held.appealed_until <= at:
        raise TooLateToAppeal
    appeal = Appeal.objects.create(decision=held, text=text, appealed_at=at)
    _tell(Act.APPEAL_RECEIVED, author, appeal)
    mail_appeal(appeal=appeal, template="appeal_received")
    return appeal


@transaction.atomic
def decide_appeal(
    *, actor: User, appeal: Appeal, outcome: AppealOutcome, answer: str
) -> Appeal:
    """Answer an appeal; one that is granted ends the decision at once.

    Raises NothingToDecide, NotTheirs.
    """
    hold_author(appeal.decision.contribution)
    _debate, at = enter_begun(appeal.decision.contribution.debate_id)
    lock_pages([appeal.decision.contribution_id])
    held = Appeal.objects.get(pk=appeal.pk)
    if held.decided_at:
        raise NothingToDecide
    if not can_decide_appeal(actor, held):
        raise NotTheirs
    held.outcome, held.answer = outcome, answer
    held.decided_at, held.decided_by, held.role = at, actor, role_of(actor)
    held.save()
    if outcome == AppealOutcome.GRANTED and held.decision.undone_by_id is None:
        undo_decision(actor=actor, decision=held.decision, reasons=Reasons())
    _tell(Act.APPEAL_DECIDED, actor, held)
    mail_appeal(appeal=held, template="appeal_decided")
    return held


def _tell(act: Act, actor: User, appeal: Appeal) -> None:
    """In the journal; what staff did, in the history that the admin shows too."""
    contribution = appeal.decision.contribution
    # Not among the entry's numbers: an appeal changes no page by itself.
    facts = {"contribution": contribution.pk, "decision": appeal.pk}
    record(act=act, actor=actor, facts=facts | {"outcome": appeal.outcome})
    if act == Act.APPEAL_DECIDED:
        log(
            instance=contribution.debate,
            action=f"moderation.{act}",
            user=actor,
            data={"number": contribution.pk, "decision": appeal.pk},
        )
