"""What follows from every act: who cites whom, how many there are, which pages changed.

The journal calls `follow` inside the act's transaction with the numbers concerned. It
asks what is true of them now and never which act it was, so whatever publishes, hides,
restores, withdraws or edits has nothing more to do than to journal it. What submits is
the exception: it knows that its rows are new, and derives by itself (`derive_new`, or
`derive`). Moving one to another section, which nothing does, would have to move its
tally too.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from django.db import connection
from django.db.models import BigIntegerField, Case, Expression, F, Q, Value, When
from django.db.models.functions import Coalesce

from journal.enums import Act
from journal.models import JournalEntry
from journal.questions import Question
from register.citations import cited_numbers
from register.enums import PUBLIC_STATUSES
from register.models import Citation, Contribution, Tally
from register.models.tallies import SHARDS

BATCH_SIZE = 500
VISIBLE = Question(
    lambda pk: Contribution.objects.visible().filter(pk=pk).order_by().values_list("pk")
)
# On whose page a contribution is read.
PROPOSAL_ABOVE = Coalesce(
    "hangs_on__hangs_on_id", "hangs_on_id", "pk", output_field=BigIntegerField()
)
# Debate, section, kind, part: where a contribution is counted.
Place = tuple[int, int | None, str, int]


def follow(entry: JournalEntry, numbers: Collection[int]) -> None:
    """What is submitted derives in its act, which knows that it is new."""
    if entry.act != Act.CONTRIBUTION_SUBMITTED:
        derive(numbers)


def derive(numbers: Collection[int]) -> None:
    """Bring citations, tallies and versions up to date with these contributions.

    What readers can read is asked once the pages are locked: an act on them that came
    first is seen whole. The tallies, at which a whole debate meets, come last.
    """
    no_longer_cited = _replace_citations(numbers)
    below = with_all_below(numbers)
    pages = _pages_of({*numbers, *no_longer_cited, *_linked(below)})
    _lock(pages)
    changes = _count(below)
    _renew(pages)
    _add_to_tallies(changes)


def derive_new(rows: Sequence[Contribution]) -> bool:
    """What `derive` does, and counting above, for rows just inserted by one act.

    They stand on one page; nobody cites them yet, and nothing else hangs on them: that
    page, their tallies and what counts them are all that changes, unless they cite.
    False when readers cannot read them, which is asked once the page is held. What
    waits changes nothing yet.
    """
    citing = [row.pk for row in rows if any(map(cited_numbers, row.words))]
    if citing:
        derive(citing)
    if rows[0].status not in PUBLIC_STATUSES:
        return True
    above = rows[0].hangs_on
    page = (above.hangs_on_id or above.pk) if above else rows[0].pk
    steps: dict[int, Counter[str]] = defaultdict(Counter, {page: Counter(version=1)})
    for row in rows:
        if row.counter:
            steps[row.hangs_on_id][row.counter] += 1
    for number, counts in steps.items():
        added = {field: F(field) + count for field, count in counts.items()}
        Contribution.objects.filter(pk=number).update(**added)
    if not all(VISIBLE(row.pk) for row in rows):
        return False
    _add_to_tallies(
        Counter(
            (row.debate_id, row.section_id, row.kind, row.pk % SHARDS) for row in rows
        )
    )
    return True


def lock_pages(numbers: Collection[int]) -> None:
    """Make acts on the same pages wait until this transaction ends.

    An act that changes rows which are there already begins with it, so that nothing is
    posted under them or names them meanwhile. The pages of these rows and those that
    cite them, or that they cite, are locked in one order: two acts never wait for each
    other.
    """
    _lock(_pages_of({*numbers, *_linked(with_all_below(numbers))}))


def citations_held(numbers: Collection[int]) -> dict[tuple[int, int], int]:
    """The keys of the citations that these contributions make, by both numbers."""
    held = Citation.objects.filter(_among("citing", numbers))
    return {(citing, cited): pk for pk, citing, cited in held.values_list()}


def citations_said(numbers: Collection[int]) -> set[tuple[int, int]]:
    """The citations, by both numbers, that the words of these contributions make now.

    What came from another platform cites nothing: its numbers are not ours.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    ours = Contribution.objects.filter(_among("pk", numbers), origin="").order_by()
    for number, kind in ours.values_list("pk", "kind"):
        by_kind[kind].append(number)
    named = {
        (row.pk, number)
        for kind in Contribution.__subclasses__()
        for row in kind.objects.filter(pk__in=by_kind[kind.KIND]).naming("#")
        for words in row.words
        for number in cited_numbers(words)
    }
    there = _each("pk", of={cited for _, cited in named})
    return {(citing, cited) for citing, cited in named if cited in there - {citing}}


def _replace_citations(numbers: Collection[int]) -> set[int]:
    """Returns the numbers that were cited before and are no longer.

    What is held is read before the words: another act that changed them in between
    wrote its citations too, and nothing of it is undone.
    """
    no_longer_cited = set()
    for batch in batches(numbers):
        held = citations_held(batch)
        said = citations_said(batch)
        if dropped := held.keys() - said:
            keys = [held[pair] for pair in dropped]
            Citation.objects.filter(pk__in=keys).delete()
            no_longer_cited |= {cited for _, cited in dropped}
        Citation.objects.bulk_create(
            [Citation(citing_id=a, cited_id=b) for a, b in sorted(said - held.keys())],
            ignore_conflicts=True,
        )
    return no_longer_cited


def _pages_of(numbers: Collection[int]) -> set[int]:
    """The proposals on whose pages these are read."""
    return _each(PROPOSAL_ABOVE, of=numbers)


def with_all_below(numbers: Collection[int]) -> set[int]:
    """These and all that hangs on them, sources under arguments included."""
    hanging = _each("pk", of=numbers, by="hangs_on")
    return {*numbers, *hanging, *_each("pk", of=hanging, by="hangs_on")}


def _each(field: str | Expression, *, of: Collection[int], by: str = "pk") -> set[int]:
    """What one field says of the contributions that these numbers find."""
    found: set[int] = set()
    for batch in batches(of):
        rows = Contribution.objects.filter(_among(by, batch)).order_by()
        found.update(rows.values_list(field, flat=True))
    return found


def _linked(numbers: Collection[int]) -> set[int]:
    """Both ends of the citations that these make or receive."""
    linked: set[int] = set()
    for batch in batches(numbers):
        links = Citation.objects.filter(
            _among("citing", batch) | _among("cited", batch)
        )
        linked.update(chain.from_iterable(links.values_list("citing", "cited")))
    return linked


def _lock(pages: Collection[int]) -> None:
    """In order of number. On SQLite a transaction is alone already."""
    if pages and connection.features.has_select_for_update:
        _announce_changes()
        for batch in batches(pages):
            rows = Contribution.objects.filter(pk__in=batch).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))


def _announce_changes() -> None:
    """Wait here for whoever holds all numbers, and not with rows already locked."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Contribution._meta.db_table)  # noqa: SLF001
        cursor.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")


def _renew(pages: Collection[int]) -> None:
    for batch in batches(pages):
        rows = Contribution.objects.filter(pk__in=batch)
        rows.update(version=F("version") + 1)


def _count(numbers: Collection[int]) -> Counter[Place]:
    """Mark as counted what readers can read now, and return what that changes."""
    changes: Counter[Place] = Counter()
    for batch in batches(numbers):
        rows = Contribution.objects.filter(_among("pk", batch)).miscounted().order_by()
        marked = defaultdict(list)
        for number, counted, *place in rows.values_list(
            "pk", "counted", "debate", "section", "kind"
        ):
            changes[(*place, number % SHARDS)] += -1 if counted else 1
            marked[not counted].append(number)
        for counted, some in marked.items():
            Contribution.objects.filter(_among("pk", some)).update(counted=counted)
    return changes


def _add_to_tallies(changes: Counter[Place]) -> None:
    """Rows that are not there yet begin at zero; then all are locked in one order."""
    steps = {place: step for place, step in changes.items() if step}
    if not steps or (len(steps) == 1 and _add_to_one(*next(iter(steps.items())))):
        return
    keys = _tally_keys(steps)
    if missing := steps.keys() - keys.keys():
        Tally.objects.bulk_create(
            [
                Tally(debate_id=debate, section_id=section, kind=kind, shard=shard)
                for debate, section, kind, shard in sorted(missing, key=_in_order)
            ],
            ignore_conflicts=True,
        )
        keys = _tally_keys(steps)
    rows = Tally.objects.filter(pk__in=keys.values())
    if connection.features.has_select_for_update:
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    by_step: dict[int, list[int]] = defaultdict(list)
    for place, step in steps.items():
        by_step[step].append(keys[place])
    whens = [When(pk__in=some, then=Value(step)) for step, some in by_step.items()]
    rows.update(count=F("count") + Case(*whens))


def _add_to_one(place: Place, step: int) -> bool:
    """As nearly every act does. False when the row is not there yet."""
    debate, section, kind, shard = place
    rows = Tally.objects.filter(debate=debate, section=section, kind=kind, shard=shard)
    return bool(rows.update(count=F("count") + step))


def _tally_keys(places: Collection[Place]) -> dict[Place, int]:
    debates, sections, kinds, shards = map(set, zip(*places, strict=True))
    rows = Tally.objects.filter(
        Q(section__in=sections) | Q(section=None),
        debate__in=debates,
        kind__in=kinds,
        shard__in=shards,
    )
    fields = ("debate", "section", "kind", "shard", "pk")
    held = {tuple(place): key for *place, key in rows.values_list(*fields)}
    return {place: held[place] for place in places if place in held}


def _in_order(place: Place) -> tuple[int, int, str, int]:
    """The place with a number where it has no section."""
    debate, section, kind, shard = place
    return debate, section or 0, kind, shard


def batches(numbers: Collection[int]) -> Iterator[list[int]]:
    """Each number once, in order, some hundreds at a time."""
    in_order = sorted(set(numbers))
    for start in range(0, len(in_order), BATCH_SIZE):
        yield in_order[start : start + BATCH_SIZE]


def _among(field: str, numbers: Collection[int]) -> Q:
    """Of a run of 500 numbers, as imports give, the two bounds cost far less."""
    first, last = min(numbers), max(numbers)
    if 1 < len(set(numbers)) == last - first + 1:
        return Q((f"{field}__gte", first), (f"{field}__lte", last))
    return Q((f"{field}__in", numbers))
