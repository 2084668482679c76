"""What a page says of itself in its head."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from consultation.head import LOCALES, as_script_data

register = template.Library()


@register.filter
def script_data(data: dict[str, Any]) -> SafeString:
    """For a block of data, not of script: nothing in it can end the block."""
    return mark_safe(as_script_data(data))  # noqa: S308


@register.filter
def locale(language: str) -> str:
    return LOCALES.get(language, language)
