"""The tables that benchmarks.reading prints, and what it says of the targets."""

from collections.abc import Iterable, Iterator

from benchmarks.measures import Subject

CLIENTS = (1, 8)
REFERENCES = ("trivial", "ordinary")
# How much the same cost may differ here from one measure to the next.
SAME = 1.15
# How much more a list may cost that is a thousand times as long.
GROWTH = 1.5


class Reading:
    """The pages of one consultation, beside the two references."""

    def __init__(self, subjects: list[Subject], rounds: int) -> None:
        self.subjects = subjects
        self.rounds = rounds
        self.anonymous = {
            each.page.key: each for each in subjects if not each.page.cookie
        }

    def against(self, milliseconds: float, reference: str, clients: int) -> float:
        """How many times the median of a reference, under as many clients."""
        return milliseconds / self.anonymous[reference].median(clients)

    def table(self) -> Iterator[str]:
        yield (
            f"Of {self.rounds} rounds. Milliseconds, then in parentheses how many times"
            " those of the trivial view / of the 4-query view: their medians under as"
            " many clients. Processor: what the web server's processes used for one"
            " request, the database's server apart."
        )
        yield ""
        heads = ["page", "session", "answer", "bytes", "queries", "processor"]
        for clients in CLIENTS:
            each = "1 client" if clients == 1 else f"{clients} clients"
            heads += [f"median, {each}", f"p95, {each}", f"req/s, {each}"]
        yield row(heads)
        yield row(["---"] * 3 + ["--:"] * (len(heads) - 3))
        for subject in self.subjects:
            yield row(self._cells(subject))

    def _cells(self, subject: Subject) -> list[str]:
        page = subject.page
        cells = [page.name, "yes" if page.cookie else "no", subject.answer]
        if not subject.is_measured():
            return [*cells, *["–"] * (3 + 3 * len(CLIENTS))]
        cells += [f"{subject.length:,}", str(page.queries), self._processor(subject)]
        for clients in CLIENTS:
            cells += [
                self._figure(subject.median(clients), clients),
                self._figure(subject.p95(clients), clients),
                f"{subject.rate(clients):,.0f}",
            ]
        return cells

    def _figure(self, milliseconds: float, clients: int) -> str:
        return with_ratios(
            milliseconds,
            [self.against(milliseconds, each, clients) for each in REFERENCES],
        )

    def _processor(self, subject: Subject) -> str:
        spent = subject.processor
        references = [self.anonymous[each].processor for each in REFERENCES]
        return with_ratios(spent, [spent / each for each in references])

    def targets(self) -> Iterator[str]:
        for key, reference, limit in (
            ("contribution", "ordinary", 4),
            ("first", "ordinary", 3),
            ("contribution, unchanged", "trivial", 5),
            ("first, unchanged", "trivial", 5),
            ("last", "first", SAME),
        ):
            subject, other = self.anonymous[key], self.anonymous[reference]
            what = f"{subject.page.name}: within {limit}x of the {other.page.name}"
            if not (subject.is_measured() and other.is_measured()):
                yield f"- not measured · {what} ({subject.answer})"
                continue
            ratios = {
                clients: self.against(subject.median(clients), reference, clients)
                for clients in CLIENTS
            }
            said = ", ".join(f"{ratio:.2f}x at {n}" for n, ratio in ratios.items())
            spent = subject.processor / other.processor
            said = f"{what}: {said}; processor {spent:.2f}x"
            yield verdict(max(ratios.values()) <= limit, said)


def with_ratios(milliseconds: float, ratios: list[float]) -> str:
    return f"{milliseconds:.2f} ({' / '.join(f'{each:.1f}' for each in ratios)})"


def growth_table(lists: dict[int, list[Subject]]) -> Iterator[str]:
    """The same pages of longer and longer lists, each beside the shortest one's."""
    sizes = list(lists)
    yield "Median for 1 client · processor, in parentheses beside the shortest list's."
    yield ""
    yield row(["order", "queries", *(f"{size:,} proposals" for size in sizes)])
    yield row(["---", *["--:"] * (len(sizes) + 1)])
    for same in zip(*lists.values(), strict=True):
        queries = sorted({each.page.queries for each in same})
        said = " to ".join(str(each) for each in {queries[0]: 0, queries[-1]: 0})
        yield row([same[0].page.name, said, *_growth(same)])


def _growth(same: tuple[Subject, ...]) -> Iterator[str]:
    shortest = same[0]
    for subject in same:
        if not subject.is_measured():
            yield subject.answer
        elif subject is shortest or not shortest.is_measured():
            yield f"{subject.median(1):.2f} ms · {subject.processor:.2f} ms"
        else:
            ratio = subject.median(1) / shortest.median(1)
            spent = subject.processor / shortest.processor
            yield (
                f"{subject.median(1):.2f} ms ({ratio:.2f}x)"
                f" · {subject.processor:.2f} ms ({spent:.2f}x)"
            )


def growth_targets(lists: dict[int, list[Subject]]) -> Iterator[str]:
    """Every row of these lists is alike, so only its place can make a page cost more.

    In each, the first page and the last one come first.
    """
    shortest, longest = min(lists), max(lists)
    first, last, *_ = lists[longest]
    name = f"newest first, first page of {longest:,}"
    what = f"{name}: within {GROWTH}x of that of {shortest:,}"
    yield _compared(first, lists[shortest][0], GROWTH, what)
    what = f"newest first, last page of {longest:,}: within {SAME}x of its first page"
    yield _compared(last, first, SAME, what)


def _compared(subject: Subject, other: Subject, limit: float, what: str) -> str:
    if not (subject.is_measured() and other.is_measured()):
        return f"- not measured · {what}"
    ratio = subject.median(1) / other.median(1)
    spent = subject.processor / other.processor
    return verdict(ratio <= limit, f"{what}: {ratio:.2f}x; processor {spent:.2f}x")


def crowd_table(crowd: Subject, limit: int = 300_000) -> Iterator[str]:
    heads = ["proposal with", "answer", "median, 1 client", "processor", "queries"]
    yield row([*heads, "bytes"])
    yield row(["---", "---", "--:", "--:", "--:", "--:"])
    page = crowd.page
    if not crowd.is_measured():
        yield row([page.name, crowd.answer, *["–"] * 4])
        return
    times = [f"{crowd.median(1):.2f} ms", f"{crowd.processor:.2f} ms"]
    counts = [str(page.queries), f"{crowd.length:,}"]
    yield row([page.name, crowd.answer, *times, *counts])
    yield ""
    what = f"{page.name}: at most {limit:,} bytes: {crowd.length:,}"
    yield verdict(crowd.length <= limit, what)


def verdict(is_met: bool, what: str) -> str:
    return f"- {'met' if is_met else '**missed**'} · {what}"


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
