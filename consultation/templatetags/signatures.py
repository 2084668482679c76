"""Who speaks, as a link to what they said."""

from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import Institution, User
from consultation.addresses import address_of
from register.models import Contribution

register = template.Library()


@register.filter
def author_link(author: User) -> SafeString:
    address = address_of("consultation:author", author.public_key)
    name = escape(author.display_name)
    return mark_safe(f'<a href="{address}">{name}</a>')  # noqa: S308 - escaped


@register.filter
def institution_link(institution: Institution) -> SafeString:
    address = address_of("consultation:institution", institution.slug)
    return format_html('<a href="{}">{}</a>', address, institution.name)


@register.filter
def person(row: Contribution) -> SafeString:
    """The name of who speaks in their own name."""
    name = author_link(row.author)
    return mark_safe(  # noqa: S308 - a safe part
        f'<p class="signature signature__name">{name}</p>'
    )
