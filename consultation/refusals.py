"""Why an act was not done, as a sentence and a status: said in one place."""

import logging
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arguments.actions import OwnArgument
from consultation.templatetags.instants import moment
from moderation.actions import AlreadyReported
from proposals.actions import NotVerified, OwnProposal
from register.actions import (
    AlreadyPosted,
    NotConfirmed,
    NotTheirs,
    Suspended,
    TargetGone,
    TooMany,
)
from register.enums import DebateState
from register.gate import NotAccepted

logger = logging.getLogger(__name__)

REFUSALS = (
    AlreadyPosted,
    AlreadyReported,
    NotAccepted,
    NotConfirmed,
    NotTheirs,
    NotVerified,
    OwnArgument,
    OwnProposal,
    Suspended,
    TargetGone,
    TooMany,
)
# What somebody may not do, whenever they try.
FORBIDDEN = {
    NotConfirmed: gettext_lazy(
        "Confirm your address first: votes and reports count then."
    ),
    NotTheirs: gettext_lazy("This is not yours to do."),
    NotVerified: gettext_lazy(
        "This institution is not verified now: it cannot answer."
    ),
    OwnArgument: gettext_lazy("This argument is yours: others may support it."),
    OwnProposal: gettext_lazy(
        "This proposal is yours: others say what they think of it."
    ),
}


def refusal_of(error: Exception) -> tuple[int, Any]:
    """The status of the answer, and what it says, in the reader's language."""
    match error:
        case NotAccepted():
            return 409, _not_accepted(error)
        case AlreadyPosted() | AlreadyReported():
            return 409, _already(error)
        case TooMany():
            return 429, _too_many(error)
        case TargetGone():
            return 404, _("What this is about cannot be read any more.")
        case Suspended():
            return 403, _suspended(error)
        case DatabaseError():
            logger.exception("An act was not written", exc_info=error)
            return 503, _("The site could not write this. Send it again in a moment.")
    if type(error) not in FORBIDDEN:
        raise error
    return 403, FORBIDDEN[type(error)]


def _already(error: AlreadyPosted | AlreadyReported) -> Any:
    if isinstance(error, AlreadyReported):
        return format_html(
            "{} {}. {}",
            _("You have reported this contribution already, on"),
            moment(error.report.reported_at),
            _("One report is enough: a moderator reads what you wrote then."),
        )
    return _(
        "This form has been published already, with other words: it is the"
        " contribution %(number)s. To publish these as well, send them again."
    ) % {"number": f"#{error.number}"}


def _not_accepted(error: NotAccepted) -> Any:
    if error.state is DebateState.UPCOMING:
        at, sentence = error.debate.opens_at, _("The debate has not begun. It opens on")
    elif error.state is DebateState.ENDED:
        at, sentence = error.debate.closes_at, _("The consultation is closed since")
    else:
        return _("This debate does not take such contributions.")
    return format_html("{} {}.", sentence, moment(at))


def _suspended(error: Suspended) -> Any:
    sentence = _("Moderators have suspended this account: it can write nothing until")
    return format_html("{} {}.", sentence, moment(error.until))


def _too_many(error: TooMany) -> str:
    again_at = timezone.localtime(error.again_at)
    return _(
        "You have sent as much as one may within an hour. You can send this from"
        " %(hour)s on; keep this page, or find your text among your drafts."
    ) % {"hour": again_at.strftime("%H:%M")}
