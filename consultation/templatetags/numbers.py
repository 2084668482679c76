"""#2467, as a link to its permanent address."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from consultation.addresses import address_of

register = template.Library()


@register.filter
def number_link(number: int, look: str = "") -> SafeString:
    """`look` is "" in a line, "folio" in a page's heading, "margin" in a row."""
    kind = f"number number--{look}" if look else "number"
    address = address_of("permalink", number)
    return mark_safe(  # noqa: S308 - nothing in it was typed by anybody
        f'<a class="{kind}" href="{address}" rel="bookmark">#{number}</a>'
    )


@register.filter
def number_links(numbers: Sequence[int]) -> SafeString:
    """Several of them: « #12, #15 »."""
    return format_html_join(", ", "{}", ((number_link(number),) for number in numbers))
