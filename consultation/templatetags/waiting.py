"""What waits for an address to be confirmed."""

from typing import Any

from django import template

from consultation.waiting import Waiting, waiting_for

register = template.Library()


@register.simple_tag(takes_context=True)
def what_waits_for(context: dict[str, Any], email: str) -> list[Waiting]:
    return waiting_for(context["request"], email)
