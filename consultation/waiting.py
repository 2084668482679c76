"""What waits for its author's address to be confirmed, shown beside the code.

Kept in the session of whoever typed it: to know somebody's address shows nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.text import Truncator

from consultation.participation import debate_of
from journal.clock import database_now
from register.forms import KeyedForm
from register.models import Debate

SHOWN = "shown_beside_the_code"
LONGEST_SHOWN = 400


@dataclass(frozen=True)
class Waiting:
    """Words that came in at an instant, and until when they can be published."""

    writing: str
    words: str
    at: datetime
    until: datetime
    is_late: bool
    # A moderator reads it first, once the address is confirmed.
    is_held: bool


def begin_waiting(request: HttpRequest, email: str) -> None:
    """Somebody signs up with this address: nothing waits for it yet."""
    request.session[SHOWN] = {"email": email.lower(), "waiting": []}


def add_waiting(
    request: HttpRequest, form: KeyedForm, *, writing: str, at: datetime
) -> None:
    said, debate = form.cleaned_data, debate_of(form.target)
    words = filter(None, (said.get(name) for name in ("title", "text", "note")))
    request.session[SHOWN]["waiting"].append(
        {
            "writing": writing,
            "debate": debate.pk,
            "words": Truncator("\n\n".join(words)).chars(LONGEST_SHOWN),
            "at": at.isoformat(),
            "is_held": form.is_held or debate.moderates_first,
        }
    )
    request.session.modified = True


def waiting_for(request: HttpRequest, email: str) -> list[Waiting]:
    """What this session typed, and will be published once this address is confirmed."""
    shown = request.session.get(SHOWN, {})
    if not shown or shown["email"] != email.lower():
        return []
    debates = Debate.objects.in_bulk({each["debate"] for each in shown["waiting"]})
    now = database_now()
    return [
        Waiting(
            writing=each["writing"],
            words=each["words"],
            at=datetime.fromisoformat(each["at"]),
            until=debates[each["debate"]].confirmed_until,
            is_late=not debates[each["debate"]].can_be_confirmed(now),
            is_held=each["is_held"],
        )
        for each in shown["waiting"]
    ]
