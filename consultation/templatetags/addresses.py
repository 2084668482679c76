"""Addresses shown by the hundred."""

from django import template
from wagtail.models import Page

from consultation import addresses

register = template.Library()


@register.simple_tag
def address(name: str, value: object) -> str:
    """As `{% url name value %}` in a tenth of the time."""
    return addresses.address_of(name, value)


@register.filter
def page_address(page: Page) -> str:
    """Of a page in the reader's language."""
    return addresses.page_address(page.url_path)
