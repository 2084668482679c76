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
        "This page cannot be copied: it presents a debate, or a page below it does,"
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
    if sentence is None:
        return None
    presenting = DebatePage.objects.descendant_of(page, inclusive=True)
    if sentence is not REFUSALS["copy"]:
        presenting = presenting.filter(debate__contributions__isnull=False)
    return sentence if presenting.exists() else None
