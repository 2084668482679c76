"""What is done with a search while it is timed, in the process that serves it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from arguments.enums import Side
from arguments.models import Argument
from benchmarks.asked import BEGINNINGS, QUESTIONS
from benchmarks.ranked import best
from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry
from proposals.models import Proposal
from register.enums import ContributionKind, Status
from register.models import Contribution, Ground
from register.numbers import reserve_numbers
from register.text import folded
from search.actions import follow
from search.analysis import stems
from search.documents import words_of
from search.engines import engine
from search.facets import Facet
from search.highlighting import excerpt, marked
from search.models import Document, FacetSet, Posting, TitleWord
from search.query import Like, SearchQuery, SearchResults, Sort
from search.typed import parse

CHANGES = 60
MODELS = (Posting, Document, FacetSet, TitleWord)


class Stopwatch:
    """Milliseconds of everything that was timed, by what it was."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)

    def timed(
        self, what: str, act: Callable[..., Any], *args: Any, **options: Any
    ) -> Any:
        begin = perf_counter()
        answer = act(*args, **options)
        self.spent[what].append(1000 * (perf_counter() - begin))
        return answer


def searches(watch: Stopwatch) -> None:
    """One round of all that can be asked."""
    for question in QUESTIONS:
        found = watch.timed("first page", search, question)
        watch.timed("without accents", search, folded(question))
        watch.timed("newest", search, question, sort=Sort.NEWEST)
        watch.timed("most supported", search, question, sort=Sort.SUPPORTED)
        watch.timed("three facets", search, question, chosen=usual(found))
        watch.timed("page, highlighted", page, question, {})
        watch.timed("page, highlighted, three facets", page, question, usual(found))
        watch.timed("own ranking of the database", best, stems(question, "fr"))
    for beginning in BEGINNINGS:
        watch.timed(
            "suggestions", engine().suggest, beginning, at=database_now(), size=8
        )
    for like in texts():
        watch.timed("similar", engine().similar, like, at=database_now(), size=5)


def search(question: str, **options: Any) -> SearchResults:
    return engine().search(SearchQuery(parse(question), **options), at=database_now())


def page(question: str, chosen: Mapping[Facet, frozenset[str]]) -> None:
    """What a reader gets, but for the template."""
    shown(search(question, chosen=chosen))


def shown(found: SearchResults) -> None:
    """The rows of a page, with what is marked in them."""
    numbers = found.numbers or found.partly
    for model in Contribution.__subclasses__():
        rows = model.objects.filter(pk__in=numbers).with_author()
        for row in rows.with_words():
            said = words_of(row)
            marked(said.title, found.wanted, row.language)
            excerpt(said.text, found.wanted, row.language)


def usual(found: SearchResults) -> dict[Facet, frozenset[str]]:
    """The most usual value of three facets."""
    facets = (Facet.KIND, Facet.SIGNED, Facet.MONTH)
    common = {each: found.counts[each].most_common(1) for each in facets}
    return {each: frozenset({top[0][0]}) for each, top in common.items() if top}


def texts() -> list[Like]:
    """Of proposals here and there, as whoever writes the same would have typed them."""
    rows = Proposal.objects.visible().order_by("pk")
    step = max(1, rows.count() // len(QUESTIONS))
    said = [(row, words_of(row)) for row in rows[::step]]
    return [
        Like(words.title, words.text, row.language, row.kind, apart_from=row.pk)
        for row, words in said
    ]


def changes(watch: Stopwatch) -> None:
    """What an act waits for search: what it writes for one, then is undone."""
    arguments = Argument.objects.visible().order_by("pk")
    step = max(1, arguments.count() // CHANGES)
    for argument in arguments[::step]:
        with transaction.atomic():
            _posted(watch, argument)
            transaction.set_rollback(True)
    proposals = Proposal.objects.visible().order_by("pk")
    step = max(1, proposals.count() // CHANGES)
    for proposal in proposals[::step]:
        with transaction.atomic():
            _hidden(watch, proposal.pk)
            transaction.set_rollback(True)


def _posted(watch: Stopwatch, like: Argument) -> None:
    (number,) = reserve_numbers(1)
    row = Argument(
        number=number,
        debate_id=like.debate_id,
        section_id=like.section_id,
        hangs_on_id=like.hangs_on_id,
        author_id=like.author_id,
        side=Side.FOR,
        text=like.text,
        submitted_at=like.submitted_at,
        status_at=like.submitted_at,
    )
    Argument.objects.bulk_insert([row])
    entry = JournalEntry(act=Act.CONTRIBUTION_SUBMITTED, number=number)
    watch.timed("an argument is posted", follow, entry, [number])


def _hidden(watch: Stopwatch, number: int) -> None:
    ground = Ground.objects.earliest("pk")
    rows = Contribution.objects.filter(pk=number)
    rows.update(status=Status.HIDDEN, ground=ground, status_at=database_now())
    entry = JournalEntry(act=Act.CONTRIBUTION_HIDDEN, number=number)
    watch.timed("a proposal is hidden, with all below", follow, entry, [number])


def sizes() -> dict[str, int]:
    """Bytes of each table with its indexes, those of the database itself last."""
    tables = {model._meta.db_table: _size(model) for model in MODELS}  # noqa: SLF001
    kinds = Contribution.objects.values_list("kind", flat=True)
    held = {kind: kinds.filter(kind=kind).count() for kind in ContributionKind.values}
    return tables | {f"{kind}s": count for kind, count in held.items() if count}


def _size(model: type[Any]) -> int:
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN"
                " (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
                [table],
            )
        return int(cursor.fetchone()[0] or 0)
