"""What the address of a search says: words, what they are looked for among, order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution
from arguments.enums import Side
from register.enums import ContributionKind
from register.models import Contribution, Debate, Section, Theme
from search.facets import CITIZENS, WITH_SOURCES, Facet
from search.query import Place, SearchQuery, Sort
from search.typed import LONGEST_SEARCH, MOST_WORDS, Typed, parse

# Orders that people cannot see explained are distrusted.
EXPLANATIONS = {
    Sort.RELEVANCE: _(
        "What says these words most often, and in a short text, comes first. A rare"
        " word counts more than a common one; in a title, a word counts three times."
    ),
    Sort.NEWEST: _("The latest contribution comes first."),
    Sort.SUPPORTED: _(
        "The contribution with most “agree” votes, or supported by most people, comes"
        " first."
    ),
}
# More than is looked for, so that the page can say that it was too much; and every
# link of the page holds it.
LONGEST_KEPT = 2 * LONGEST_SEARCH
# Of one facet; every link of the page holds them too.
VALUES_AT_MOST = 20
MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")
PLACE = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
# What a facet's value must be, where it is the name of no row.
WRITTEN = {
    Facet.KIND: re.compile("|".join(ContributionKind.values)),
    Facet.SIDE: re.compile("|".join(Side.values)),
    Facet.SIGNED: re.compile(CITIZENS),
    Facet.MONTH: MONTH,
    Facet.SOURCED: re.compile(WITH_SOURCES),
}
# By facet, for each value that the address names, the keys that it stands for.
Named = Mapping[Facet, Mapping[str, frozenset[str]]]


@dataclass(frozen=True)
class Search:
    """What is looked for: all of it stands in the address."""

    words: str
    typed: Typed
    named: Named
    sort: Sort
    after: Place | None = None

    # What the page says of how much is looked for.
    longest = LONGEST_SEARCH
    most_words = MOST_WORDS

    @cached_property
    def chosen(self) -> dict[Facet, frozenset[str]]:
        """As the engine asks for it: the keys of rows."""
        return {
            facet: frozenset().union(*values.values())
            for facet, values in self.named.items()
        }

    @property
    def asks(self) -> bool:
        """Whether there are words by which one result can be better than another."""
        return bool(self.typed.words or self.typed.phrases)

    @property
    def is_asked(self) -> bool:
        return self.asks or bool(self.left_out)

    @property
    def is_unclear(self) -> bool:
        """Somebody typed no word: « ?! »."""
        return bool(self.words) and not self.is_asked

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.typed.excluded + self.typed.excluded_phrases

    @property
    def debate(self) -> str:
        """The address of the one debate that is searched, if it is one."""
        debates = list(self.named.get(Facet.DEBATE, ()))
        return debates[0] if len(debates) == 1 else ""

    @property
    def explanation(self) -> str:
        return str(EXPLANATIONS[self.sort])

    @property
    def as_query(self) -> SearchQuery:
        return SearchQuery(self.typed, self.chosen, self.sort, self.after)

    @property
    def said_beside_words(self) -> list[tuple[str, str]]:
        """What the address says of choices and order, in one order of its own."""
        said = [
            (facet.value, value)
            for facet in Facet
            for value in sorted(self.named.get(facet, ()))
        ]
        if self.sort is not _usual(self.typed):
            said.append(("order", self.sort.value))
        return said

    def query(self, after: Place | None = None) -> str:
        """The address's query; nothing that goes without saying."""
        said = [("q", self.words)] if self.words else []
        said += self.said_beside_words
        if after:
            said.append(("after", f"{after.key}-{after.number}"))
        return f"?{urlencode(said)}" if said else "?"

    def sorts(self) -> list[tuple[Sort, str]]:
        """Every order that means something here, and this search in it."""
        return [
            (sort, replace(self, sort=sort).query())
            for sort in Sort
            if self.asks or sort is not Sort.RELEVANCE
        ]

    def with_value(self, facet: Facet, value: str) -> "Search":
        """Among what has this value too, or any of those of the facet it has now."""
        values = {**self.named.get(facet, {}), value: frozenset[str]()}
        return self._with(facet, values)

    def without_value(self, facet: Facet, value: str) -> "Search":
        values = {k: v for k, v in self.named[facet].items() if k != value}
        return self._with(facet, values)

    def _with(self, facet: Facet, values: dict[str, frozenset[str]]) -> "Search":
        """Sections are those of the debates: with others, they mean nothing."""
        left_out = {facet, Facet.SECTION} if facet is Facet.DEBATE else {facet}
        others = {k: v for k, v in self.named.items() if k not in left_out}
        return replace(self, named=others | ({facet: values} if values else {}))

    def among_all(self) -> "Search":
        return replace(self, named={})

    def instead(self, words: str) -> "Search":
        """The same among the same, for other words."""
        typed = parse(words)
        return replace(self, words=words, typed=typed, sort=_usual(typed))


def search_at(address: QueryDict, at: datetime) -> Search:
    """What an address asks for. Raises Http404 for what does not exist."""
    words = address.get("q", "").replace("\0", "").strip()[:LONGEST_KEPT]
    typed = parse(words)
    return Search(
        words=words,
        typed=typed,
        named=_named(address, at),
        sort=_sort(address.get("order"), typed),
        after=_place(address.get("after")),
    )


def is_canonical(address: QueryDict) -> bool:
    """A form sends its empty fields too; they say nothing, so the address goes on.

    So does one with more words than the page would say again in each of its links.
    """
    names = ("q", *Facet.values, "order", "after")
    is_short = len(address.get("q", "")) <= LONGEST_KEPT
    return is_short and not any("" in address.getlist(name) for name in names)


def _usual(typed: Typed) -> Sort:
    """The order of who asks for none."""
    return Sort.RELEVANCE if typed.words or typed.phrases else Sort.NEWEST


def _sort(name: str | None, typed: Typed) -> Sort:
    usual = _usual(typed)
    if not name:
        return usual
    if name not in Sort.values:
        raise Http404
    return usual if name == Sort.RELEVANCE else Sort(name)


def _place(after: str | None) -> Place | None:
    if not after:
        return None
    found = PLACE.fullmatch(after)
    if found is None:
        raise Http404
    return Place(key=int(found[1]), number=int(found[2]))


def _named(address: QueryDict, at: datetime) -> Named:
    named: dict[Facet, dict[str, frozenset[str]]] = {}
    for facet in Facet:
        values = {value for value in address.getlist(facet.value) if value}
        if len(values) > VALUES_AT_MOST:
            raise Http404
        if values:
            named[facet] = _keys(facet, values, at, named.get(Facet.DEBATE, {}))
    return named


def _keys(
    facet: Facet, values: set[str], at: datetime, debates: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """The keys of each value; a section's address is that of a section of a debate."""
    written = WRITTEN.get(facet)
    is_written = {each for each in values if written and written.fullmatch(each)}
    keys = {value: frozenset({value}) for value in is_written}
    if rest := values - is_written:
        within = frozenset().union(*debates.values())
        keys |= _keys_of_rows(_rows(facet, at, within), rest)
    return keys


def _rows(facet: Facet, at: datetime, debates: frozenset[str]) -> Any:
    """Those that an address may name: it is said again, so somebody must read it."""
    shown = Contribution.objects.visible().begun(at)
    if facet is Facet.DEBATE:
        return Debate.objects.begun(at)
    if facet is Facet.SECTION:
        sections = Section.objects.filter(debate__in=Debate.objects.begun(at))
        return sections.filter(debate__in=debates) if debates else sections
    if facet is Facet.THEME:
        themed = shown.filter(theme_links__tag=OuterRef("pk"))
        return Theme.objects.filter(Exists(themed))
    if facet is Facet.SIGNED:
        spoke = shown.filter(institution=OuterRef("pk"))
        return Institution.objects.filter(Exists(spoke))
    raise Http404


def _keys_of_rows(rows: Any, slugs: Iterable[str]) -> dict[str, frozenset[str]]:
    keys: dict[str, set[str]] = {slug: set() for slug in slugs}
    # PostgreSQL takes no NUL in a text.
    if any("\0" in slug for slug in keys):
        raise Http404
    for key, slug in rows.filter(slug__in=keys).values_list("pk", "slug"):
        keys[slug].add(str(key))
    if not all(keys.values()):
        raise Http404
    return {slug: frozenset(some) for slug, some in keys.items()}
