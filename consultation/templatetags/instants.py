"""Days and zones, in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.filter(expects_localtime=True)
def long_day(instant: datetime) -> str:
    """The day in words: « 1er janvier 2027 », "1 January 2027"."""
    day = "1er" if instant.day == 1 and get_language() == "fr" else str(instant.day)
    return f"{day}\xa0{date_format(instant, 'F Y')}"


@register.simple_tag
def zone_name() -> str:
    """Whose clocks the page's instants are read on: "Paris time", "UTC"."""
    place = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return place if place == "UTC" else _("%(place)s time") % {"place": place}
