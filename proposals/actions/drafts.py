"""The draft that an institution's members share of their response to a proposal.

Whoever changes it says which version they read: with another one there, nothing is
done, and the caller holds both texts.
"""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from accounts.models import Institution, User
from journal.clock import database_now
from proposals.models import Proposal, ResponseDraft
from proposals.permissions import can_respond, is_member
from register.actions import NotTheirs


class NotVerified(Exception):
    """Institutions answer officially as long as somebody attests who they are."""


@dataclass
class DraftChanged(Exception):
    """Somebody else saved the draft since it was read; None when it is gone."""

    draft: ResponseDraft | None


def draft_of(institution: Institution, proposal: Proposal) -> ResponseDraft | None:
    return _drafts(institution, proposal).select_related("edited_by").first()


@transaction.atomic
def save_response_draft(
    *,
    author: User,
    institution: Institution,
    proposal: Proposal,
    fields: dict[str, Any],
    version: int,
) -> ResponseDraft:
    """Keep what a member typed, for all of them; 0 is the version of no draft.

    The same words sent twice are saved once. Raises DraftChanged, NotTheirs,
    NotVerified.
    """
    refuse_who_may_not(author, institution)
    drafts = _drafts(institution, proposal)
    said = {"fields": fields, "edited_by": author, "edited_at": database_now()}
    if version:
        is_saved = drafts.filter(version=version).update(
            version=F("version") + 1, **said
        )
    else:
        is_saved = _begin(ResponseDraft(institution=institution, **said), proposal)
    held = draft_of(institution, proposal)
    is_there = held and (held.edited_by, held.fields) == (author, fields)
    if held is None or not (is_saved or is_there):
        raise DraftChanged(held)
    return held


@transaction.atomic
def drop_response_draft(
    *, author: User, institution: Institution, proposal: Proposal, version: int
) -> None:
    """Throw the draft away, as it was read. Raises DraftChanged, NotTheirs,
    NotVerified.
    """
    refuse_who_may_not(author, institution)
    end_draft(institution, proposal, version)


def end_draft(institution: Institution, proposal: Proposal, version: int) -> None:
    """Raises DraftChanged when another version is there than what was read."""
    drafts = _drafts(institution, proposal)
    deleted, _rows = drafts.filter(version=version).delete()
    if bool(version) != bool(deleted) or drafts.exists():
        raise DraftChanged(draft_of(institution, proposal))


def refuse_who_may_not(author: User, institution: Institution) -> None:
    """Raises NotTheirs, NotVerified."""
    if not is_member(author, institution):
        raise NotTheirs
    if not can_respond(author, institution):
        raise NotVerified


def _begin(draft: ResponseDraft, proposal: Proposal) -> bool:
    """False when somebody began one at the same time."""
    draft.proposal_id = proposal.pk
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _drafts(institution: Institution, proposal: Proposal) -> QuerySet[ResponseDraft]:
    return ResponseDraft.objects.filter(
        institution=institution.pk, proposal=proposal.pk
    )
