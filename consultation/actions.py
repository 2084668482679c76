"""What this room does to its pages."""

from collections.abc import Sequence

from wagtail.coreutils import find_available_slug
from wagtail.models import Locale

from consultation.models import (
    RESERVED_SLUGS,
    ConsultationPage,
    DebatePage,
    HomePage,
)
from journal.enums import Act
from journal.models import JournalEntry
from register.models import Debate


def present_debate(*, debate: Debate) -> DebatePage | None:
    """Give a debate a page, under a consultation of its own, in every language.

    The page in the site's first language is the original and the others follow it
    until somebody translates them. Returns the page, or None when there is one already
    or no home page to stand under.
    """
    locale = Locale.get_default()
    home = HomePage.objects.filter(locale=locale).first()
    if home is None or debate.pages.exists():
        return None
    # A title may hold no letter that an address can, so the debate's address serves.
    taken = debate.slug in RESERVED_SLUGS
    slug = find_available_slug(home, f"{debate.slug}-1" if taken else debate.slug)
    consultation = home.add_child(
        instance=ConsultationPage(title=debate.title, slug=slug)
    )
    return add_debate_page(consultation=consultation, debate=debate)


def add_debate_page(
    *, consultation: ConsultationPage, debate: Debate, introduction: str = ""
) -> DebatePage:
    """Present a debate under a consultation, and in the other languages as aliases."""
    page: DebatePage = consultation.add_child(
        instance=DebatePage(
            title=debate.title,
            slug=debate.slug,
            debate=debate,
            introduction=introduction,
        )
    )
    for locale in Locale.objects.exclude(pk=page.locale_id):
        page.copy_for_translation(locale, copy_parents=True, alias=True)
    return page


def present_imported_debate(entry: JournalEntry, numbers: Sequence[int]) -> None:
    """Follows the journal: what was imported can be read at once."""
    if entry.act == Act.DEBATE_IMPORTED:
        present_debate(debate=Debate.objects.get(slug=entry.facts["debate"]))
