"""What programs read: a debate's feed, the site's map, the word to robots."""

import heapq
import re
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from consultation.addresses import address_of, home_address, page_address
from consultation.caching import public_page, site_version
from consultation.models import DebatePage
from consultation.paging import NEWEST
from consultation.sitemaps import page_entries, proposal_entries, proposal_parts
from consultation.summaries import MODELS, Summary, said, summary
from register.models import Debate

ENTRIES_IN_A_FEED = 50
XML = "application/xml; charset=utf-8"
# What citizens may type and no XML document can hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class CitizensFeed(Atom1Feed):
    """A feed whose entries hold plain text, in the language it was written in."""

    def latest_post_date(self) -> datetime:
        """An empty feed is as old as its debate: every reader gets the same bytes."""
        return super().latest_post_date() if self.items else self.feed["begun_at"]

    def add_item_elements(
        self, handler: SimplerXMLGenerator, item: dict[str, Any]
    ) -> None:
        super().add_item_elements(handler, item)
        if item["words"]:
            language = {"type": "text", "xml:lang": item["language"]}
            handler.addQuickElement("summary", item["words"], language)


@public_page(site_version)
def debate(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """The newest contributions of a debate, of all kinds, once it has begun."""
    row = get_object_or_404(Debate.objects.begun(at), slug=slug)
    feed = CitizensFeed(
        title=_xml(row.title),
        link=settings.SITE_URL + _place_of(row),
        description=None,
        subtitle=_xml(row.question) or None,
        feed_url=settings.SITE_URL + request.path,
        feed_guid=settings.SITE_URL + request.path,
        language=get_language(),
        begun_at=row.opens_at,
    )
    for each in _newest(row, at):
        _add(feed, each)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _newest(row: Debate, at: datetime) -> list[Summary]:
    """One query for each kind, as the index is sorted, then merged."""
    lists = [
        NEWEST.apply(said(kind, at).filter(debate=row)).with_author()[
            :ENTRIES_IN_A_FEED
        ]
        for kind in MODELS
    ]
    merged = heapq.merge(
        *lists, key=lambda each: (each.submitted_at, each.number), reverse=True
    )
    return [summary(each) for each in islice(merged, ENTRIES_IN_A_FEED)]


def _add(feed: CitizensFeed, said_there: Summary) -> None:
    row = said_there.row
    address = settings.SITE_URL + _permalink(row.number)
    title = _("%(kind)s, #%(number)s: %(title)s") % {
        "kind": said_there.name,
        "number": row.number,
        "title": said_there.title,
    }
    feed.add_item(
        title=_xml(title),
        link=address,
        description=None,
        unique_id=address,
        author_name=_xml(str(row.institution or row.author)),
        pubdate=row.submitted_at,
        updateddate=row.status_at,
        words=_xml(said_there.words),
        language=row.language,
    )


def _xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def _permalink(number: int) -> str:
    """The one address that is cited, whatever language the feed speaks."""
    with translation.override(settings.LANGUAGE_CODE):
        return address_of("permalink", number)


def _place_of(row: Debate) -> str:
    """The page of a debate in the reader's language, or else the home page."""
    pages = DebatePage.objects.live().filter(locale__language_code=get_language())
    page = pages.filter(debate=row).first()
    return page_address(page.url_path) if page else home_address(get_language())


@public_page(site_version)
def sitemap_index(request: HttpRequest, at: datetime) -> HttpResponse:
    context = {"site_url": settings.SITE_URL, "parts": proposal_parts(at)}
    return render(request, "consultation/sitemap_index.xml", context, content_type=XML)


@public_page(site_version)
def sitemap_of_pages(request: HttpRequest, at: datetime) -> HttpResponse:
    context = {"entries": page_entries()}
    return render(request, "consultation/sitemap.xml", context, content_type=XML)


@public_page(site_version)
def sitemap_of_proposals(
    request: HttpRequest, at: datetime, index: str
) -> HttpResponse:
    """One part of the proposals; a part that holds none does not exist."""
    entries = list(proposal_entries(int(index), at))
    if not entries:
        raise Http404
    context = {"entries": entries}
    return render(request, "consultation/sitemap.xml", context, content_type=XML)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be found, but for the admin."""
    lines = [
        "User-agent: *",
        f"Disallow: /{settings.ADMIN_PATH}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
