"""How alike the answers of two engines to the same questions are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.tables import row

FIRST = 10


@dataclass(frozen=True)
class Overlap:
    """Of what two engines answered, question by question, in tenths of what one could.

    `compared` counts the questions to which either answered anything.
    """

    compared: int
    mean: float
    worst: float
    # Alike in their order too.
    identical: int


def shared(ones: Sequence[Any], others: Sequence[Any], size: int = FIRST) -> float:
    """Of the first answers of both, how many in ten are the same; ten, if all are."""
    most = max(len(ones[:size]), len(others[:size]))
    if not most:
        return 10.0
    return 10 * len(set(ones[:size]) & set(others[:size])) / most


def overlap(
    pairs: Sequence[tuple[Sequence[Any], Sequence[Any]]], size: int = FIRST
) -> Overlap:
    answered = [(ones, others) for ones, others in pairs if ones or others]
    each = [shared(ones, others, size) for ones, others in answered]
    return Overlap(
        compared=len(answered),
        mean=sum(each) / len(each) if each else 10.0,
        worst=min(each, default=10.0),
        identical=sum(list(ones) == list(others) for ones, others in answered),
    )


def same_table(
    what: Sequence[str], ones: list[dict[str, Any]], others: list[dict[str, Any]]
) -> Iterator[str]:
    """Of each part of the answers, how many are the same, and which are not."""
    yield row(["answer", "the same", "of", "others"])
    yield row(["---", "--:", "--:", "---"])
    for name in what:
        different = [
            place
            for place, (one, other) in enumerate(zip(ones, others, strict=True))
            if one[name] != other[name]
        ]
        same = len(ones) - len(different)
        places = ", ".join(map(str, different[:20])) or "–"
        yield row([name, f"{same:,}", f"{len(ones):,}", places])


def overlap_table(overlaps: dict[str, Overlap]) -> Iterator[str]:
    yield row(["in ten", "searches", "mean", "worst", "wholly alike, in order too"])
    yield row(["---", *["--:"] * 4])
    for name, each in overlaps.items():
        figures = [f"{each.compared:,}", f"{each.mean:.2f}", f"{each.worst:.1f}"]
        yield row([name, *figures, f"{each.identical:,}"])
