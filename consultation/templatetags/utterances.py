"""Arguments and sources, which a page shows by the hundred.

Written here and not as templates: a page of 100 arguments takes half the time
(docs/decisions/0012-rendering-by-the-hundred.md). What somebody typed goes through
`escape` or through a filter of `texts`; what few items have is included from
templates/components/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultation.addresses import around, quoted
from consultation.discussion import Utterance
from consultation.offers import Offers
from consultation.templatetags.figures import counted
from consultation.templatetags.texts import UNTRUSTED, web_host
from register.enums import ContributionKind

register = template.Library()

NOTHING = Offers()


@register.filter
def utterances(shown: Iterable[Utterance], offers: Offers = NOTHING) -> SafeString:
    """A list's items: arguments, or sources, in order, and what can be done on each."""
    words = words_in(get_language())
    items = (
        f"<li>{_item(each, words, offers, each.row.hangs_on_id)}</li>" for each in shown
    )
    return mark_safe("".join(items))  # noqa: S308 - see above


@register.filter
def reply_link(number: int, proposal: int) -> SafeString:
    """Begins an argument about a proposal that answers what bears a number."""
    link = _reply(number, proposal, words_in(get_language()))
    return mark_safe(link)  # noqa: S308 - see above


@dataclass(frozen=True)
class Words:
    """What every item says, and the addresses it leads to, in one language."""

    instant: str
    sources: str
    number: tuple[str, str]
    author: tuple[str, str]
    # Links to what can be done, before and after the number.
    support: tuple[str, str]
    add_source: tuple[str, str]
    reply: tuple[str, str]
    reply_words: str
    withdraw: tuple[str, str]
    # It names the number, for who hears the links one after another.
    report: tuple[str, str, str]


@cache
def words_in(language: str | None) -> Words:
    """The language is the current one: there is one for each."""
    return Words(
        instant=_("on %(day)s - %(hour)s"),
        sources=escape(_("Sources of this argument")),
        number=around("permalink", language),
        author=around("consultation:author", language),
        reply=around("consultation:argue", language),
        reply_words=_reply_words(),
        support=_inline(
            _act("consultation:support", _("Support"), language), "?support=yes"
        ),
        add_source=_inline(_act("consultation:source", _("Add a source"), language)),
        withdraw=_act("consultation:withdraw", _("Withdraw"), language),
        report=_report(language),
    )


def _act(name: str, label: str, language: str | None) -> tuple[str, str]:
    before, after = around(name, language)
    return f'<a href="{before}', f'{after}">{escape(label)}</a>'


def _report(language: str | None) -> tuple[str, str, str]:
    before, after = around("consultation:report", language)
    label, named = escape(_("Report")), escape(_("the contribution"))
    return (
        f'<a class="report" href="{before}',
        f'{after}">{label}<span class="visually-hidden"> {named} #',
        "</span></a>",
    )


def _reply_words() -> str:
    """Who hears it alone, out of its place, hears what is answered too."""
    label, to = _("Reply"), _("to %(number)s") % {"number": "#{0}"}
    return f'{escape(label)}<span class="visually-hidden"> {escape(to)}</span>'


def _reply(number: int, proposal: int, words: Words) -> str:
    before, after = words.reply
    address = f"{before}{proposal}{after}?text=%23{number}+"
    said = words.reply_words.format(number)
    return f'<a href="{address}" data-reply="#{number}">{said}</a>'


def _inline(act: tuple[str, str], query: str = "") -> tuple[str, str]:
    """One whose form our script opens where the link stands."""
    before, after = act
    address, end, label = after.partition('">')
    return before.replace("<a ", "<a data-inline ", 1), f"{address}{query}{end}{label}"


def _item(each: Utterance, words: Words, offers: Offers, proposal: int) -> str:
    """Withdrawn, it keeps its number and what hangs on it."""
    row = each.row
    offered = _offered(row, words, offers, proposal)
    if row.is_withdrawn:
        said = _withdrawn(row, words)
    elif row.kind == ContributionKind.SOURCE:
        said = _source(each, words)
    else:
        said = _argument(each, words)
    receipt = _receipt(offers.receipts[row.pk]) if row.pk in offers.receipts else ""
    below = _below(each.sources, words, offers, proposal) if each.sources else ""
    return (
        f'<article class="utterance" id="contribution-{row.number}">'
        f"{said}{receipt}{offered}{below}</article>"
    )


def _argument(each: Utterance, words: Words) -> str:
    row = each.row
    language = escape(row.language)
    title = f'<h3 lang="{language}">{escape(row.title)}</h3>' if row.title else ""
    return (
        f"{_signature(each, words)}{_stamp(row, words)}{title}"
        f"{_text(each, language)}{_known(each)}"
    )


def _source(each: Utterance, words: Words) -> str:
    row = each.row
    language, title = escape(row.language), escape(row.title)
    if row.link:
        link, host = escape(row.link), escape(web_host(row.link))
        title = (
            f'<a href="{link}" rel="{UNTRUSTED}">{title}</a>'
            f' <span class="source__host">{host}</span>'
        )
    note = _text(each, language) if row.note else _masked(each)
    return (
        f'<p class="eyebrow">{escape(str(row.category))}</p>'
        f'<p class="source__title" lang="{language}">{title}</p>'
        f"{note}{_signature(each, words)}{_stamp(row, words)}{_known(each)}"
    )


def _text(each: Utterance, language: str) -> str:
    kind = "prose prose--plain utterance__words"
    return f'<div class="{kind}" lang="{language}">{each.words}</div>{_masked(each)}'


def _masked(each: Utterance) -> str:
    if not each.masks:
        return ""
    return render_to_string("components/masked.html", {"masks": each.masks})


def _signature(each: Utterance, words: Words) -> str:
    if each.author is None:
        context = {"contribution": each.row}
        return render_to_string("components/signature.html", context)
    before, after = words.author
    address = f"{before}{quoted(each.author.public_key)}{after}"
    name = f'<a href="{address}">{escape(each.author.display_name)}</a>'
    return f'<p class="signature signature__name">{name}</p>'


def _stamp(row: Any, words: Words) -> str:
    """The number and the instant: « #2467, le 24/12/2014 - 14:30 »."""
    at = localtime(row.submitted_at)
    said = words.instant % {
        "day": f"{at.day:02}/{at.month:02}/{at.year}",
        "hour": f"{at.hour:02}:{at.minute:02}",
    }
    instant = f'<time class="instant" datetime="{at.isoformat()}">{said}</time>'
    number = _number(row.number, words)
    return f'<p class="meta"><span>{number}, {instant}</span></p>'


def _number(number: int, words: Words) -> str:
    before, after = words.number
    return (
        f'<a class="number" href="{before}{number}{after}" rel="bookmark">#{number}</a>'
    )


def _withdrawn(row: Any, words: Words) -> str:
    said = render_to_string("components/withdrawn.html", {"contribution": row})
    return f'<p class="meta">{_number(row.number, words)}</p>{said}'


def _offered(row: Any, words: Words, offers: Offers, proposal: int) -> str:
    """One does not support oneself, and withdraws one's own words alone.

    Anybody may report what they read, also once nothing else can be done.
    """
    if row.is_withdrawn:
        return ""
    is_argument = row.kind == ContributionKind.ARGUMENT
    is_theirs = offers.is_theirs(row)
    acts = (
        (words.support, is_argument and "votes" in offers and not is_theirs),
        (words.add_source, is_argument and "sources" in offers),
        (words.withdraw, is_theirs and offers.is_open),
    )
    links = [f"{a}{row.number}{z}" for (a, z), is_offered in acts if is_offered]
    if "arguments" in offers:
        links.append(_reply(row.number, proposal, words))
    links.append(str(row.number).join(words.report))
    return f'<p class="utterance__acts">{" ".join(links)}</p>'


def _receipt(receipt: Any) -> str:
    return render_to_string("components/receipt.html", {"receipt": receipt})


def _known(each: Utterance) -> str:
    """By how many it is supported, and by what cited."""
    supports, cited_by = "", ""
    if each.row.support_count:
        supports = escape(counted(each.row.support_count, "support"))
        if each.imported_supports:
            supports += f", {escape(counted(each.imported_supports, 'carried'))}"
        supports = f'<p class="meta">{supports}</p>'
    if each.cited_by:
        context = {"numbers": each.cited_by}
        cited_by = render_to_string("components/cited_by.html", context)
    return supports + cited_by


def _below(
    sources: list[Utterance], words: Words, offers: Offers, proposal: int
) -> str:
    items = "".join(
        f"<li>{_item(each, words, offers, proposal)}</li>" for each in sources
    )
    return (
        f'<h3 class="utterance__sources">{words.sources}</h3>'
        f'<ul role="list">{items}</ul>'
    )
