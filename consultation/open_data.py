"""Of which debates a download is, and where it is found."""

from datetime import datetime

from django.utils.translation import get_language

from consultation.addresses import address_of
from consultation.models import ConsultationPage, DebatePage
from consultation.presentation import published_debates
from exchange.opendata.dataset import Dataset
from register.models import Debate


def dataset_of_debate(slug: str, at: datetime) -> Dataset | None:
    """The record of one debate; None before it begins."""
    debate = Debate.objects.begun(at).filter(slug=slug).first()
    if debate is None:
        return None
    return Dataset(
        name=debate.slug,
        title=debate.title,
        address=address_of("consultation:open-data", debate.slug),
        scope=_scope_of(debate),
        debates=[debate],
        at=at,
    )


def dataset_of_consultation(slug: str, at: datetime) -> Dataset | None:
    """The record of its debates that have begun; None as long as none has."""
    page = consultation_at(slug)
    if page is None:
        return None
    presented = published_debates().child_of(page)
    debates = [each.debate for each in presented if each.debate.opens_at <= at]
    if not debates:
        return None
    return Dataset(
        name=page.slug,
        title=page.title,
        address=address_of("consultation:open-data-of-all", page.slug),
        scope=str(page.translation_key),
        debates=sorted(debates, key=lambda debate: debate.slug),
        at=at,
    )


def consultation_at(slug: str) -> ConsultationPage | None:
    """In the reader's language if it has that address there."""
    pages = list(ConsultationPage.objects.live().filter(slug=slug).order_by("pk"))
    language = get_language()
    pages.sort(key=lambda page: page.locale.language_code != language)
    return pages[0] if pages else None


def _scope_of(debate: Debate) -> str:
    """Its consultation, whatever the language of the page; or the debate alone."""
    page = DebatePage.objects.filter(debate=debate).order_by("pk").first()
    return str(page.get_parent().translation_key) if page else debate.slug
