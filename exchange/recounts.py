"""What the register derives from its rows, looked for again: citations and tallies."""

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Case, Count, F, Value, When

from exchange.counters import recount
from register.derived import citations_held, citations_said, derive
from register.models import Contribution, Debate, Receipt, Tally
from register.models.submissions import digest_of
from register.models.tallies import SHARDS
from register.numbers import hold_numbers
from register.originals import as_received

Look = Callable[[], Iterator[tuple[int, str]]]
# What higher rooms derive from the register, and how each writes it again.
_looks: list[Look] = []
_mends: list[Callable[[], None]] = []


def look_also(look: Look, *, mend: Callable[[], None]) -> None:
    """Let `verify` look for these differences too. Called from `AppConfig.ready()`."""
    _looks.append(look)
    _mends.append(mend)


def found_elsewhere() -> Iterator[tuple[int, str]]:
    """Numbers, and what is wrong with what higher rooms derive from them."""
    for look in _looks:
        yield from look()


def wrong_citations() -> Iterator[tuple[int, str]]:
    """Numbers whose citations are not what their words say, and in what.

    Words may name a number that was given to a contribution only later, and so cite
    nothing: of what they name, only earlier numbers are missed.
    """
    for numbers in Contribution.objects.in_batches():
        held, said = citations_held(numbers).keys(), citations_said(numbers)
        for citing, cited in sorted(held ^ said):
            if (citing, cited) in held:
                yield citing, f"is held to cite #{cited}, which its words do not name"
            elif cited < citing:
                yield citing, f"names #{cited} and is not held to cite it"


def wrong_receipts(debate: Debate | None = None) -> Iterator[tuple[int, str]]:
    """Numbers whose words are not those of their receipt, as far as it can be asked.

    Of all debates, or of one.
    """
    rows = debate.contributions if debate else Contribution.objects
    for numbers in rows.in_batches():
        held = Receipt.objects.exclude(salt=b"").in_bulk(numbers)
        for model in Contribution.__subclasses__():
            for row in model.objects.filter(pk__in=held).order_by("pk"):
                receipt = held[row.pk]
                words = as_received(row).receipt_words.encode()
                if digest_of(bytes(receipt.salt), words) != receipt.digest:
                    yield row.pk, "holds other words than its receipt covers"


def miscounted() -> Iterator[tuple[int, str]]:
    """Numbers that are in a tally and should not be, or the other way round."""
    rows = Contribution.objects.miscounted().order_by("pk")
    for number, counted in rows.values_list("pk", "counted").iterator():
        yield (
            number,
            "is counted and nobody can read it"
            if counted
            else "can be read and is not counted",
        )


def wrong_tallies() -> Iterator[str]:
    """Count everything again, and say which tallies differ."""
    places = ("debate__slug", "section__slug")
    counted = _tallies(*places)
    held = {
        tuple(place): count
        for *place, count in Tally.objects.values_list(
            *places, "kind", "shard", "count"
        )
    }
    for place in sorted(held.keys() | counted.keys(), key=str):
        pair = held.get(place, 0), counted.get(place, 0)
        if pair[0] != pair[1]:
            debate, section, kind, shard = place
            yield (
                f"tally of {debate}/{section or ''} {kind} {shard}:"
                f" held {pair[0]}, counted {pair[1]}"
            )


def mend() -> None:
    """Write again all that is derived. Writers wait for each batch."""
    with transaction.atomic():
        hold_numbers()
        _count_again()
    for numbers in Contribution.objects.in_batches():
        with transaction.atomic():
            hold_numbers()
            recount(numbers)
            derive(numbers)
    for mend_also in _mends:
        mend_also()


def _count_again() -> None:
    Contribution.objects.miscounted().update(
        counted=Case(When(counted=True, then=Value(False)), default=Value(True))
    )
    Tally.objects.all().delete()
    Tally.objects.bulk_create(
        Tally(debate_id=debate, section_id=section, kind=kind, shard=shard, count=count)
        for (debate, section, kind, shard), count in _tallies(
            "debate", "section"
        ).items()
    )


def _tallies(debate: str, section: str) -> dict[tuple, int]:
    """By place, how many contributions a reader can read."""
    rows = Contribution.objects.visible().order_by()
    counted = rows.values_list(debate, section, "kind", F("number") % SHARDS)
    return {tuple(place): n for *place, n in counted.annotate(Count("pk"))}
