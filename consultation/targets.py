"""What an act is about: a debate, or a contribution, found by its number.

For a page, as long as it can be read; for an act, which asks that itself under its
lock, the row alone and no more of it than acts need.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from arguments.models import Argument
from consultation.models import DebatePage
from journal.questions import Question
from proposals.models import Proposal
from register.actions import of_its_kind
from register.models import Contribution, Debate

NAMED_FIELDS = ("number", "debate_id", "author_id", "contribution_id")
NAMED = {
    kind: Question(
        lambda pk, kind=kind: (
            kind.objects.filter(pk=pk).order_by().values_list(*NAMED_FIELDS)
        )
    )
    for kind in (Proposal, Argument)
}


def debate(key: int, at: datetime) -> Debate | None:
    """One that a page presents, whether or not it is open."""
    return _presented(key)


def _presented(key: int) -> Debate | None:
    presented = DebatePage.objects.live().filter(debate=OuterRef("pk"))
    return Debate.objects.filter(Exists(presented), pk=key).first()


def proposal(number: int, at: datetime) -> Any:
    return _readable(Proposal, number, at)


def argument(number: int, at: datetime) -> Any:
    return _readable(Argument, number, at)


def _readable(kind: Any, number: int, at: datetime) -> Any:
    rows = kind.objects.visible().begun(at).select_related("debate")
    return rows.filter(pk=number).first()


def either(number: int, at: datetime) -> Any:
    return proposal(number, at) or argument(number, at)


def debate_named(key: int) -> Debate | None:
    return _presented(key)


def proposal_named(number: int) -> Any:
    return _named(Proposal, number)


def argument_named(number: int) -> Any:
    return _named(Argument, number)


def either_named(number: int) -> Any:
    return proposal_named(number) or argument_named(number)


def _named(kind: Any, number: int) -> Any:
    found = NAMED[kind](number)
    return kind.from_db("default", NAMED_FIELDS, found[0]) if found else None


def anything(number: int, at: datetime) -> Any:
    return _readable(Contribution, number, at) and of_its_kind(number)


def anything_named(number: int) -> Any:
    return Contribution.objects.filter(pk=number).first()
