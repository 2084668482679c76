"""From what people type to an instant that exists, once."""

from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _


class BadInstant(ValueError):
    """What was typed names no instant, or two. The message says what to do."""


def instant_from_text(text: str) -> datetime:
    """The instant of an ISO 8601 date and time, local when it has no offset.

    Raises BadInstant for a local time that the clocks skip in spring, or strike twice
    in autumn: add the offset to say which is meant.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInstant(
            _("“%(text)s” is not a date and time such as 2026-11-21T14:30.")
            % {"text": text}
        ) from error
    if instant.tzinfo is not None:
        return instant
    return local_instant(instant)


def local_instant(naive: datetime) -> datetime:
    """The one instant at which local clocks show this. Raises BadInstant."""
    first, second = (timezone.make_aware(naive.replace(fold=fold)) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    day = {"day": f"{naive:%Y-%m-%d}"}
    shown = timezone.localtime(first.astimezone(UTC)).replace(tzinfo=None, fold=0)
    if shown != naive:
        raise BadInstant(
            _("On %(day)s the clocks skip this time: it does not exist.") % day
        )
    raise BadInstant(
        _(
            "On %(day)s the clocks show this time twice: add the offset, as in"
            " %(first)s or %(second)s."
        )
        % {
            **day,
            "first": first.isoformat(timespec="minutes"),
            "second": second.isoformat(timespec="minutes"),
        }
    )
