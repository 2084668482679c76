"""As many contributions as are wanted, resampled from those that are there.

A contribution that is added stands as a real one does: its kind, what it hangs on, who
signs, when, its figures. Its sentences are drawn from all those of the same kind, so
words keep their frequencies, and stand beside the words that people put beside them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from random import Random

from django.db import transaction
from django.db.models import Count, F

from arguments.models import Argument, Source
from proposals.models import Proposal
from register.models import Contribution, Tally
from register.models.tallies import SHARDS
from register.models.themes import ContributionTheme
from register.numbers import reserve_numbers
from register.text import plain_from_rich

KINDS: tuple[type[Contribution], ...] = (Proposal, Argument, Source)
BATCH = 2_000
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
# What is of this row alone.
OWN = {"number", "contribution_id", "counted", "version"}


@dataclass
class Sample:
    """The real contributions, in the order in which they were said."""

    rows: list[Contribution]
    themes: dict[int, list[int]]
    # By kind and field, all the sentences that were written there.
    sentences: dict[tuple[str, str], list[str]]
    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311

    def words(self, row: Contribution, name: str) -> str:
        """About as many sentences as the row has in this field."""
        count = len(SENTENCE.findall(getattr(row, name)))
        drawn = self.random.choices(self.sentences[row.kind, name] or [""], k=count)
        return "".join(drawn).strip()


def sampled() -> Sample:
    rows: list[Contribution] = []
    sentences: dict[tuple[str, str], list[str]] = defaultdict(list)
    for model in KINDS:
        for row in model.objects.visible().order_by("pk"):
            for name in _texts(row):
                # As plain text: a sentence may begin in one paragraph of many.
                plain = getattr(row, name)
                if model is Proposal and name == "text":
                    plain = plain_from_rich(plain)
                    row.text = plain
                sentences[row.kind, name] += SENTENCE.findall(plain)
            rows.append(row)
    there = {None, *(row.pk for row in rows)}
    rows = [row for row in rows if row.hangs_on_id in there]
    themes: dict[int, list[int]] = defaultdict(list)
    for number, theme in ContributionTheme.objects.values_list("content_object", "tag"):
        themes[number].append(theme)
    return Sample(sorted(rows, key=lambda row: row.pk), themes, sentences)


def grow(sample: Sample, count: int) -> None:
    """Bring the site to so many contributions, of which search knows nothing yet."""
    while (missing := count - Contribution.objects.count()) > 0:
        _add(sample, sample.rows[:missing])
    _count()


def _add(sample: Sample, rows: list[Contribution]) -> None:
    """Each once more; what hangs on one hangs on the one that was added for it."""
    added: dict[int, int] = {}
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            batch = rows[start : start + BATCH]
            numbers = reserve_numbers(len(batch))
            added.update(zip((row.pk for row in batch), numbers, strict=True))
            _insert(sample, batch, added)


def _count() -> None:
    """As acts would have: all of them can be read."""
    counted = Contribution.objects.visible().order_by()
    places = counted.values_list("debate", "section", "kind", F("number") % SHARDS)
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        Tally(debate_id=debate, section_id=section, kind=kind, shard=shard, count=count)
        for debate, section, kind, shard, count in places.annotate(Count("pk"))
    )


def _insert(sample: Sample, rows: Collection[Contribution], added: dict) -> None:
    by_kind: dict[type[Contribution], list[Contribution]] = defaultdict(list)
    for row in rows:
        by_kind[type(row)].append(_another(sample, row, added))
    for model, some in by_kind.items():
        model.objects.bulk_insert(some)
    ContributionTheme.objects.bulk_create(
        ContributionTheme(content_object_id=added[row.pk], tag_id=theme)
        for row in rows
        for theme in sample.themes.get(row.pk, ())
    )


def _another(sample: Sample, row: Contribution, added: dict) -> Contribution:
    fields = row._meta.concrete_fields  # noqa: SLF001
    same = {each.attname: getattr(row, each.attname) for each in fields}
    words = {
        name: sample.words(row, name)[: _longest(row, name)] for name in _texts(row)
    }
    own = {"origin": "", "hangs_on_id": added.get(row.hangs_on_id)}
    kept = {name: value for name, value in same.items() if name not in OWN}
    return type(row)(number=added[row.pk], counted=True, **kept | words | own)


def _texts(row: Contribution) -> Iterator[str]:
    return (name for name in ("title", "text", "note") if hasattr(row, name))


def _longest(row: Contribution, name: str) -> int | None:
    return row._meta.get_field(name).max_length  # noqa: SLF001
