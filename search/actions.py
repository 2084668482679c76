"""Write what can be found, in the transaction of the act that changed it.

Nothing of what readers cannot read is ever written here, so nothing of it can be found,
counted, suggested or quoted.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection, models, transaction

from journal.enums import Act
from journal.models import JournalEntry
from register.derived import batches, citations_said, lock_pages, with_all_below
from register.enums import ContributionKind
from register.models import Contribution, ContributionQuerySet
from search.changes import note_changes
from search.documents import Entry, entries
from search.models import Document, FacetSet, Posting, TitleWord


def follow(entry: JournalEntry, numbers: Sequence[int]) -> None:
    """Let what was said, shown, hidden or changed be found as it is now.

    Called after `register.derived.follow`, which holds the pages concerned. What is
    submitted under something holds its page only later: a source, which changes what
    it is under, asks for it here.
    """
    if not numbers:
        return
    if entry.act != Act.CONTRIBUTION_SUBMITTED:
        _write_again(numbers, entry.act)
        return
    written = [each for batch in batches(numbers) for each in entries(batch)]
    sources = [
        each.number for each in written if each.facets.kind == ContributionKind.SOURCE
    ]
    _insert(written)
    note_changes(each.number for each in written)
    if above := _above_sources(sources):
        cited = {number for _, number in citations_said(numbers)}
        lock_pages({*numbers, *cited})
        _replace(above)
        note_changes(above)


def reindex(
    *, progress: Callable[[int], None] = lambda _: None, missing: bool = False
) -> None:
    """Write everything again, batch by batch, while people read and write.

    Or only what is missing, as on a site that was filled before it was searched.
    `progress` is told how many contributions are done more.
    """
    for numbers in to_index(missing=missing).in_batches():
        with transaction.atomic():
            lock_pages(numbers)
            _replace(numbers)
            if missing:
                note_changes(numbers)
        progress(len(numbers))


def to_index(*, missing: bool) -> ContributionQuerySet:
    rows: ContributionQuerySet = Contribution.objects.all()
    if not missing:
        return rows
    found = Document.objects.filter(contribution=models.OuterRef("pk"))
    return rows.visible().exclude(models.Exists(found))


def _write_again(numbers: Collection[int], act: str) -> None:
    """What hangs below comes and goes with these, and its words stay the same."""
    below = with_all_below(numbers)
    shown = set(_numbers(Contribution.objects.visible(), "pk", below))
    held = set(_numbers(Document.objects.all(), "pk", below))
    changed = {*numbers, *_above_sources(numbers)}
    changed |= shown ^ held
    _replace(changed)
    note_changes(changed, act=act)


def _new_sets(written: Iterable[Entry]) -> list[FacetSet]:
    """Of their facets, the sets that nothing had yet."""
    sets = {each.facets.key: each.facets.content for each in written}
    there = FacetSet.objects.filter(key__in=sets).values_list("key", flat=True)
    new = sets.keys() - set(there)
    return [FacetSet(key=key, content=sets[key]) for key in sorted(new)]


def _above_sources(numbers: Collection[int]) -> set[int]:
    """What these sources inform, and is said to have sources or none."""
    sources = Contribution.objects.filter(kind=ContributionKind.SOURCE)
    above: set[int] = set()
    for batch in batches(numbers):
        rows = sources.filter(pk__in=batch).order_by()
        above.update(rows.values_list("hangs_on", flat=True))
    return above - set(numbers)


def _replace(numbers: Collection[int]) -> None:
    for batch in batches(numbers):
        for model in (Posting, TitleWord):
            model.objects.filter(number__in=batch).delete()
        Document.objects.filter(pk__in=batch).delete()
        _insert(list(entries(batch)))


def _insert(written: list[Entry]) -> None:
    """Of contributions of which nothing is kept."""
    keys = {each.number: each.facets.key for each in written}
    FacetSet.objects.bulk_create(_new_sets(written))
    _insert_rows(
        Document, ((each.number, keys[each.number], each.words) for each in written)
    )
    _insert_rows(
        Posting,
        (
            (stem, each.number, weight, keys[each.number])
            for each in written
            for stem, weight in each.weights.items()
        ),
    )
    _insert_rows(
        TitleWord,
        ((word, each.number) for each in written for word in each.title_words),
    )


def _insert_rows(
    model: type[models.Model],
    rows: Iterable[tuple[str | int, ...]],
) -> None:
    """Many short rows in one statement, in order of their key.

    Django would make an object and a piece of SQL of each.
    """
    rows = sorted(rows)
    if not rows:
        return
    fields = model._meta.concrete_fields  # noqa: SLF001
    names = ", ".join(str(field.column) for field in fields)
    into = f"INSERT INTO {model._meta.db_table} ({names})"  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = (str(field.db_type(connection)) for field in fields)
            arrays = ", ".join(f"%s::{each}[]" for each in types)
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(f"{into} SELECT * FROM unnest({arrays})", columns)
        else:
            blanks = ", ".join("%s" for _ in fields)
            cursor.executemany(f"{into} VALUES ({blanks})", rows)


def _numbers(rows: Iterable, field: str, numbers: Collection[int]) -> Iterable[int]:
    for batch in batches(numbers):
        found = rows.filter(**{f"{field}__in": batch}).order_by()  # type: ignore[attr-defined]
        yield from found.values_list(field, flat=True)
