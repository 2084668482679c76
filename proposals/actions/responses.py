"""Official responses, and what the author of the proposal says of them."""

from django.db import transaction

from accounts.mail import send
from accounts.models import User
from journal.actions import record
from journal.enums import Act
from proposals.actions.drafts import NotVerified, end_draft
from proposals.enums import Satisfaction
from proposals.models import OfficialResponse, Proposal, ResponseJudgement
from proposals.permissions import can_judge
from register.actions import (
    AlreadyPosted,
    NotConfirmed,
    NotTheirs,
    Posting,
    TargetGone,
    post,
)
from register.actions.limits import hold_account, refuse_suspended
from register.derived import VISIBLE, lock_pages
from register.gate import enter_begun
from register.models import Contribution

# What it says beside its text, which the receipt compares.
BESIDE = ("outcome", "transferred_to", "agent_name", "agent_function")


@transaction.atomic
def submit_response(
    *, posting: Posting, proposal: Proposal, draft_version: int = 0, **said: str
) -> Contribution:
    """Answer a proposal for an institution that is verified at that instant.

    From the opening on, and after the end or the closing too. It ends the shared draft
    it was written from, 0 when there was none, and the author of the proposal is told
    by mail. What is `said` are the fields of the response; its text is HTML that
    `clean_rich_text` let through. Raises DraftChanged, NotConfirmed, NotVerified, and
    as `register.actions.post` does.
    """
    if posting.membership is None:
        raise NotVerified
    if not posting.author.is_confirmed:
        raise NotConfirmed
    row = OfficialResponse(hangs_on_id=proposal.pk, **said)
    posted = post(row, posting=posting, accepted=None)
    if posted is not row:
        if any(getattr(posted, name) != getattr(row, name) for name in BESIDE):
            raise AlreadyPosted(posted.number)
        return posted
    if row.verification_id is None:
        raise NotVerified
    end_draft(posting.membership.institution, proposal, draft_version)
    _tell_author(row)
    return row


@transaction.atomic
def judge_response(
    *,
    author: User,
    response: OfficialResponse,
    is_thanked: bool,
    satisfaction: Satisfaction | None,
) -> None:
    """Say, as the author of the proposal, what one thinks of a response to it.

    It can be changed, also after the end, as responses may come then; what says
    nothing is taken away. Raises NotTheirs, Suspended, TargetGone.
    """
    suspended_until = hold_account(author)
    _debate, at = enter_begun(response.debate_id)
    refuse_suspended(suspended_until, at)
    if not can_judge(author, response):
        raise NotTheirs
    lock_pages([response.pk])
    if not VISIBLE(response.pk):
        raise TargetGone
    if is_thanked or satisfaction:
        ResponseJudgement.objects.update_or_create(
            response=response,
            defaults={
                "is_thanked": is_thanked,
                "satisfaction": satisfaction or "",
                "judged_at": at,
            },
        )
    else:
        ResponseJudgement.objects.filter(response=response).delete()
    record(act=Act.RESPONSE_JUDGED, actor=author, numbers=[response.pk], at=at)


def _tell_author(row: OfficialResponse) -> None:
    """Unless they cannot be reached, or answered themselves."""
    proposal = Proposal.objects.select_related("author").get(pk=row.hangs_on_id)
    person = proposal.author
    if person is None or person.pk == row.author_id:
        return
    if not (person.is_active and person.email and person.is_confirmed):
        return
    send(
        template="response",
        to=person.email,
        language=person.locale,
        context={"response": row, "proposal": proposal},
    )
