"""What a page says of itself to search engines and to sites that quote it."""

import html
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from consultation.addresses import address_of, page_address
from consultation.discussion import Author, Utterance
from consultation.paragraphs import TAG
from consultation.templatetags.texts import BLOCK_ENDS, excerpt
from proposals.models import Proposal
from register.enums import ContributionKind
from register.models import Contribution

DESCRIPTION_LENGTH = 160
TEXT_LENGTH = 5000
# The whole words stand on the page itself.
COMMENT_LENGTH = 500
COMMENTS = 10
# What Open Graph calls the languages that the site speaks.
LOCALES = {"en": "en_GB", "fr": "fr_FR"}
# Written so, no sign of a citizen's can end a script, or a line of one.
ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Head:
    """Titles and addresses of a page; addresses are paths on this site."""

    title: str
    description: str
    address: str
    language: str
    # As Open Graph names it: "website" or "article".
    type: str = "website"
    published_at: datetime | None = None
    author: str = ""
    # Of the Atom feed that follows what is said there.
    feed: str = ""
    # A description of the page in the vocabulary of schema.org.
    data: dict[str, Any] | None = None

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.address


def page_head(page: Page, introduction: str = "", feed: str = "") -> Head:
    """Of a page of the tree; what an editor wrote for search engines comes first."""
    return Head(
        title=page.seo_title or page.title,
        description=page.search_description
        or excerpt(introduction, DESCRIPTION_LENGTH),
        address=page_address(page.url_path),
        language=get_language(),
        feed=feed,
    )


def contribution_head(
    proposal: Proposal, utterances: Iterable[Utterance], feed: str = ""
) -> Head:
    """Of a proposal's page, with its responses, all of them, and its first arguments.

    They come with who signs them: nothing is asked of the database. Nothing that was
    withdrawn shows.
    """
    address = address_of("consultation:proposal", proposal.number)
    if proposal.is_withdrawn:
        title = _("Contribution #%(number)s has been withdrawn")
        return Head(
            title=title % {"number": proposal.number},
            description="",
            address=address,
            language=get_language(),
            feed=feed,
        )
    return Head(
        title=proposal.title,
        description=excerpt(proposal.text, DESCRIPTION_LENGTH),
        address=address,
        language=get_language(),
        type="article",
        published_at=proposal.submitted_at,
        author=str(proposal.institution or proposal.author),
        feed=feed,
        data=_posting(proposal, utterances),
    )


def as_script_data(data: dict[str, Any]) -> str:
    """JSON that stays inside the element that holds it, whatever its words are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def _posting(proposal: Proposal, utterances: Iterable[Utterance]) -> dict[str, Any]:
    said = [each for each in utterances if not each.row.is_withdrawn]
    return {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": proposal.title,
        "author": _author(proposal, proposal.author),
        "inLanguage": proposal.language,
        "commentCount": proposal.argument_count + sum(map(_is_response, said)),
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/LikeAction",
            "userInteractionCount": proposal.agree_count,
        },
        "comment": [
            {"@type": "Comment", "author": _author(each.row, each.author)}
            | _said(each.row, _words_of(each), COMMENT_LENGTH)
            for each in said[:COMMENTS]
        ],
    } | _said(proposal, _plain(proposal.text), TEXT_LENGTH)


def _is_response(each: Utterance) -> bool:
    return bool(each.row.kind == ContributionKind.RESPONSE)


def _words_of(each: Utterance) -> str:
    text: str = each.row.text
    return _plain(text) if _is_response(each) else text


def _said(row: Contribution, text: str, length: int) -> dict[str, Any]:
    return {
        "url": settings.SITE_URL + address_of("permalink", row.number),
        "datePublished": row.submitted_at.isoformat(),
        "text": text if len(text) <= length else f"{text[: length - 1].rstrip()}…",
    }


def _author(row: Contribution, author: User | Author | None) -> dict[str, str]:
    """An institution signs alone."""
    if row.institution:
        kind, name = "Organization", row.institution.name
        address = address_of("consultation:institution", row.institution.slug)
    else:
        assert author is not None  # noqa: S101 - what has words is signed
        kind, name = "Person", author.display_name
        address = address_of("consultation:author", author.public_key)
    return {"@type": kind, "name": name, "url": settings.SITE_URL + address}


def _plain(text: str) -> str:
    """The words of a citizen's HTML, each paragraph on a line."""
    lines = html.unescape(TAG.sub("", BLOCK_ENDS.sub("\n", text))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())
