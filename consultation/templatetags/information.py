"""The foot of every page leads to what the site says of itself."""

from django import template
from django.utils.translation import get_language

from consultation.addresses import home_address
from consultation.models import InformationPage

register = template.Library()


@register.simple_tag
def information_links() -> list[tuple[str, str]]:
    """Title and address of each such page in the reader's language, in tree order.

    They stand right under the home page, so the last step of their address is all of
    it: one query, no page object.
    """
    pages = (
        InformationPage.objects.live()
        .filter(locale__language_code=get_language())
        .order_by("path")
        .values_list("title", "slug")
    )
    home = home_address(get_language())
    return [(title, f"{home}{slug}/") for title, slug in pages]
