"""Why an act was not done, as a sentence and a status: said in one place."""

import logging
from typing import Any

from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arguments.actions import OwnArgument
from consultation.templatetags.instants import moment
from moderation.actions import AlreadyAppealed, AlreadyReported, TooLateToAppeal
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

TOO_OLD = gettext_lazy(
    "This page was opened too long ago. Send it again: all is still there."
)
REFUSALS = (
    AlreadyAppealed,
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
    TooLateToAppeal,
    TooMany,
)
# Those that have nothing more to say than what they are.
SENTENCES = {
    TargetGone: (404, gettext_lazy("What this is about cannot be read any more.")),
    NotConfirmed: (
        403,
        gettext_lazy("Confirm your address first: votes and reports count then."),
    ),
    NotTheirs: (403, gettext_lazy("This is not yours to do.")),
    NotVerified: (
        403,
        gettext_lazy("This institution is not verified now: it cannot answer."),
    ),
    OwnProposal: (
        403,
        gettext_lazy("This proposal is yours: others say what they think of it."),
    ),
    OwnArgument: (403, gettext_lazy("This argument is yours: others may support it.")),
    AlreadyAppealed: (
        409,
        gettext_lazy("You have appealed already, with the words shown below."),
    ),
    TooLateToAppeal: (409, gettext_lazy("This decision cannot be appealed any more.")),
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
        case Suspended():
            return 403, _suspended(error)
        case DatabaseError():
            logger.exception("An act was not written", exc_info=error)
            return 503, _("The site could not write this. Send it again in a moment.")
    if type(error) in SENTENCES:
        status, sentence = SENTENCES[type(error)]
        return status, str(sentence)
    raise error


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
    return format_html(
        '{} {}. {} <a href="{}">{}</a>',
        _("Moderators have suspended your account until"),
        moment(error.until),
        _("Until then you read everything, and can neither publish nor vote."),
        reverse("consultation:my-decisions"),
        _("Why, and how to appeal"),
    )


def _too_many(error: TooMany) -> str:
    again_at = timezone.localtime(error.again_at)
    return _(
        "You have sent as much as one may within an hour. You can send this from"
        " %(hour)s on; keep this page, or find your text among your drafts."
    ) % {"hour": again_at.strftime("%H:%M")}
