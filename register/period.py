"""From what people type to an instant that exists, once."""

from datetime import datetime

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
    readings = {
        timezone.make_aware(naive.replace(fold=fold)).timestamp() for fold in (0, 1)
    }
    instant = timezone.make_aware(naive)
    if len(readings) == 1:
        return instant
    back = timezone.localtime(datetime.fromtimestamp(min(readings), tz=instant.tzinfo))
    if back.replace(tzinfo=None, fold=0) == naive:
        raise BadInstant(
            _(
                "On %(text)s the clocks show this time twice: add the offset,"
                " +02:00 for the first, +01:00 for the second."
            )
            % {"text": f"{naive:%Y-%m-%d}"}
        )
    raise BadInstant(
        _("On %(text)s the clocks skip this time: it does not exist.")
        % {"text": f"{naive:%Y-%m-%d}"}
    )
