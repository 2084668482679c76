"""What is searched of each kind of contribution, read from the register."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from arguments.models import Argument, Source
from journal.questions import Question
from proposals.models import OfficialResponse, Proposal
from register.enums import ContributionKind
from register.models import Contribution, ContributionTheme
from register.text import plain_from_rich
from search.analysis import Token, tokens
from search.facets import Facets, month_of
from search.weighing import LONGEST, occurrences, weights


@dataclass(frozen=True)
class Words:
    """What one contribution says, as plain text."""

    title: str
    text: str


def _of_proposal(row: Proposal) -> Words:
    texts = [plain_from_rich(row.text)]
    for each in row.appendices.all():
        texts += [each.title, plain_from_rich(each.text)]
    return Words(row.title, "\n".join(filter(None, texts)))


def _of_argument(row: Argument) -> Words:
    return Words(row.title, row.text)


def _of_source(row: Source) -> Words:
    return Words(row.title, f"{row.note}\n{_host(row.link)}".strip())


def _host(link: str) -> str:
    """The site that a link leads to; an imported one may be no address at all."""
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _of_response(row: OfficialResponse) -> Words:
    return Words("", f"{plain_from_rich(row.text)}\n{row.transferred_to}".strip())


# A system check fails when a kind is missing.
WORDS: dict[str, Callable[[Any], Words]] = {
    ContributionKind.PROPOSAL: _of_proposal,
    ContributionKind.ARGUMENT: _of_argument,
    ContributionKind.SOURCE: _of_source,
    ContributionKind.RESPONSE: _of_response,
}


@dataclass(frozen=True)
class Entry:
    """All that is kept of one contribution for searching it."""

    number: int
    # What it hangs on.
    above: int | None
    submitted_at: datetime
    facets: Facets
    # How often each stem is said.
    occurrences: Counter[str]
    title_words: frozenset[str]
    words: str

    @cached_property
    def weights(self) -> dict[str, int]:
        return weights(self.occurrences)


# Whoever posts waits for these two, of the one contribution that is new.
SHOWN = Question(
    lambda pk: (
        Contribution.objects.visible()
        .filter(pk=pk)
        .order_by()
        .values_list("pk", "kind")
    )
)
SOURCED = Question(
    lambda pk: (
        Contribution.objects.visible()
        .filter(hangs_on=pk, kind=ContributionKind.SOURCE)
        .order_by()
        .values_list("hangs_on")
    )
)


def words_of(row: Contribution) -> Words:
    """What a contribution, fetched as its own kind, says."""
    return WORDS[row.kind](row)


def entries(numbers: Collection[int]) -> Iterator[Entry]:
    """Of those of these contributions that readers can read."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, kind in _shown(numbers):
        by_kind[kind].append(number)
    if not by_kind:
        return
    themes = _themes(by_kind[ContributionKind.PROPOSAL])
    sourced = _sourced(numbers)
    for model in Contribution.__subclasses__():
        if some := by_kind[model.KIND]:
            rows = model.objects.filter(pk__in=some).order_by()
            for row in rows.with_words():
                yield _entry(row, themes[row.pk], is_sourced=row.pk in sourced)


def _entry(row: Contribution, themes: list[int], *, is_sourced: bool) -> Entry:
    words = words_of(row)
    title = tokens(words.title, row.language)
    text = tokens(words.text, row.language)
    return Entry(
        number=row.pk,
        above=row.hangs_on_id,
        submitted_at=row.submitted_at,
        facets=Facets(
            debate=row.debate_id,
            kind=row.kind,
            side=getattr(row, "side", ""),
            section=row.section_id,
            institution=row.institution_id,
            month=month_of(row.submitted_at),
            is_sourced=is_sourced,
            themes=tuple(sorted(themes)),
        ),
        occurrences=occurrences(_stems(title), _stems(text)),
        title_words=frozenset(
            each.folded for each in title if len(each.folded) <= LONGEST
        ),
        words=f" {' '.join(each.folded for each in [*title, *text])} ",
    )


def _stems(words: list[Token]) -> list[str]:
    return [each.stem for each in words if each.stem]


def _shown(numbers: Collection[int]) -> Iterable[tuple[int, str]]:
    """Those that readers can read, and their kinds."""
    if len(numbers) == 1:
        return SHOWN(*numbers)
    rows = Contribution.objects.visible().filter(pk__in=numbers).order_by()
    return rows.values_list("pk", "kind")


def _themes(proposals: Collection[int]) -> dict[int, list[int]]:
    """By proposal; nothing else has themes, and nobody is asked about none."""
    themes: dict[int, list[int]] = defaultdict(list)
    if not proposals:
        return themes
    links = ContributionTheme.objects.filter(content_object__in=proposals)
    for number, theme in links.values_list("content_object", "tag"):
        themes[number].append(theme)
    return themes


def _sourced(numbers: Collection[int]) -> set[int]:
    """Which of these readers find sources under."""
    if len(numbers) == 1:
        return {number for (number,) in SOURCED(*numbers)}
    sources = Contribution.objects.filter(
        hangs_on__in=numbers, kind=ContributionKind.SOURCE
    )
    return set(sources.visible().order_by().values_list("hangs_on", flat=True))
