"""What may be done to the pages that present debates."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from consultation.models import DebatePage

REFUSALS = {
    "delete": _(
        "This page cannot be deleted: contributions were published in its debate, and"
        " their addresses must answer for ever."
    ),
    "unpublish": _(
        "This page cannot be unpublished: contributions were published in its debate,"
        " and must stay readable."
    ),
    "copy": _(
        "This page cannot be copied: it presents a debate that holds contributions,"
        " and a debate has one page in each language."
    ),
}
# What the admin's API calls a copy.
REFUSALS["create_alias"] = REFUSALS["copy"]


def refusal(act: str, page: Page) -> str | Promise | None:
    """Why an act is refused to everybody, administrators included, or None.

    Moving and reverting a page are allowed: neither changes the debate, and the former
    address leads to the new one.
    """
    sentence = REFUSALS.get(act)
    return sentence if sentence and presents_contributions(page) else None


def presents_contributions(page: Page) -> bool:
    """Whether the page, or one below it, presents a debate that holds contributions."""
    below = DebatePage.objects.descendant_of(page, inclusive=True)
    return bool(below.filter(debate__contributions__isnull=False).exists())
