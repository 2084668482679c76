"""Days, hours and zones."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def instant(at: datetime) -> SafeString:
    """When something was said, short: « le 24/12/2014 - 14:30 »."""
    local = timezone.localtime(at)
    words = _("on %(day)s - %(hour)s") % {
        "day": local.strftime("%d/%m/%Y"),
        "hour": local.strftime("%H:%M"),
    }
    return mark_safe(  # noqa: S308 - nothing in it was typed by anybody
        f'<time class="instant" datetime="{local.isoformat()}">{words}</time>'
    )


@register.filter(expects_localtime=True)
def long_day(instant: datetime) -> str:
    """The day in words: « 1er janvier 2027 », "1 January 2027"."""
    day = "1er" if instant.day == 1 and get_language() == "fr" else str(instant.day)
    return f"{day}\xa0{date_format(instant, 'F Y')}"


@register.filter
def moment(at: datetime) -> SafeString:
    """An instant that decides something: day, hour and zone, in words."""
    local = timezone.localtime(at)
    words = _("%(day)s at %(hour)s (%(zone)s)") % {
        "day": long_day(local),
        "hour": local.strftime("%H:%M"),
        "zone": zone_name(),
    }
    return mark_safe(  # noqa: S308 - nothing in it was typed by anybody
        f'<time datetime="{local.isoformat()}">{words}</time>'
    )


@register.filter
def exactly(at: datetime) -> str:
    """To the second, in words, with how far from UTC: one hour a year comes twice."""
    local = timezone.localtime(at)
    return _("%(day)s at %(hour)s (%(zone)s, UTC%(offset)s)") % {
        "day": long_day(local),
        "hour": local.strftime("%H:%M:%S"),
        "zone": zone_name(),
        "offset": local.isoformat()[-6:],
    }


@register.filter
def lasting(delay: timedelta) -> str:
    """A delay as people say it, in the largest unit of which it has two."""
    minutes = max(1, round(delay.total_seconds() / 60))
    if minutes < 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {
            "count": minutes
        }
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


@register.simple_tag
def zone_name() -> str:
    """Whose clocks the page's instants are read on: "Paris time", "UTC"."""
    place = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return place if place == "UTC" else _("%(place)s time") % {"place": place}
