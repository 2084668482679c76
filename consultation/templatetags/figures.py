"""Counts and shares."""

from functools import lru_cache

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy

from proposals.enums import VoteChoice
from proposals.models import Proposal

register = template.Library()

# The width of a bar of votes, in units of its own; the page stretches it.
BAR_WIDTH = 1000

# What is counted, in words.
WORDS = {
    "proposal": ngettext_lazy("%(shown)s proposal", "%(shown)s proposals", "number"),
    "argument": ngettext_lazy("%(shown)s argument", "%(shown)s arguments", "number"),
    "source": ngettext_lazy("%(shown)s source", "%(shown)s sources", "number"),
    "response": ngettext_lazy(
        "%(shown)s official response", "%(shown)s official responses", "number"
    ),
    "answering": ngettext_lazy(
        "%(shown)s answers the question", "%(shown)s answer the question", "number"
    ),
    "answering_partly": ngettext_lazy(
        "%(shown)s answers it partly", "%(shown)s answer it partly", "number"
    ),
    "not_answering": ngettext_lazy(
        "%(shown)s does not answer it", "%(shown)s do not answer it", "number"
    ),
    "thanked": ngettext_lazy("%(shown)s thanked", "%(shown)s thanked", "number"),
    "for": ngettext_lazy("%(shown)s argument for", "%(shown)s arguments for", "number"),
    "against": ngettext_lazy(
        "%(shown)s argument against", "%(shown)s arguments against", "number"
    ),
    "contribution": ngettext_lazy(
        "%(shown)s contribution", "%(shown)s contributions", "number"
    ),
    "vote": ngettext_lazy("%(shown)s vote", "%(shown)s votes", "number"),
    "vote_in_all": ngettext_lazy(
        "%(shown)s vote in all", "%(shown)s votes in all", "number"
    ),
    "support": ngettext_lazy(
        "supported by %(shown)s person", "supported by %(shown)s people", "number"
    ),
    "carried": ngettext_lazy(
        "of which %(shown)s carried over from an original platform",
        "of which %(shown)s carried over from an original platform",
        "number",
    ),
    "participant": ngettext_lazy(
        "%(shown)s participant", "%(shown)s participants", "number"
    ),
    "institution": ngettext_lazy(
        "%(shown)s institution", "%(shown)s institutions", "number"
    ),
    "row": ngettext_lazy("%(shown)s row", "%(shown)s rows", "number"),
}
VOTES = ngettext_lazy(
    "%(shown)s vote: %(agree)s agree, %(mixed)s mixed, %(disagree)s disagree",
    "%(shown)s votes: %(agree)s agree, %(mixed)s mixed, %(disagree)s disagree",
    "number",
)


@register.filter
def figure(value: int) -> str:
    """A count as the language groups it: 12 345 in French, 12,345 in English.

    Never for the number of a contribution, which has no groups.
    """
    if -1000 < value < 1000:
        return str(value)
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def counted(value: int, what: str) -> str:
    """A count in words, `what` being one of WORDS: « 12 arguments pour »."""
    return _counted(value, what, get_language())


@lru_cache(maxsize=4096)
def _counted(value: int, what: str, language: str | None) -> str:
    """The language is the current one: small counts are written by the hundred."""
    return WORDS[what] % {"number": value, "shown": figure(value)}


@register.filter
def count_of(counts: dict[str, int], kind: str) -> int:
    """How many of one kind; kinds nobody has posted are not in the dictionary."""
    return counts.get(kind, 0)


@register.simple_tag
def vote_bar(agree: int, mixed: int, disagree: int) -> SafeString:
    """A bar of the three answers. It says nothing alone: figures stand beside it."""
    total = agree + mixed + disagree
    edges = [
        BAR_WIDTH * count // (total or 1) for count in (0, agree, agree + mixed, total)
    ]
    segments = format_html_join(
        "",
        '<rect class="vote-bar__{}" x="{}" y="0" width="{}" height="8"/>',
        (
            (choice.value, start, end - start)
            for choice, start, end in zip(VoteChoice, edges, edges[1:], strict=False)
            if end > start
        ),
    )
    return format_html(
        '<svg class="vote-bar" width="100%" height="8" viewBox="0 0 {} 8"'
        ' preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>',
        BAR_WIDTH,
        segments,
    )


@register.filter
def votes_in_words(proposal: Proposal) -> str:
    """« 12 votes : 8 d’accord, 3 mitigés, 1 pas d’accord »."""
    return VOTES % {
        "number": proposal.vote_count,
        "shown": figure(proposal.vote_count),
        "agree": figure(proposal.agree_count),
        "mixed": figure(proposal.mixed_count),
        "disagree": figure(proposal.disagree_count),
    }
