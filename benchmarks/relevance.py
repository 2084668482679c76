"""How well the search answers what citizens would type, by judgements made beforehand.

    CONSULTATION_FILE=FILE python -m benchmarks.relevance [--questions]

FILE is the consultation that benchmarks/judgements/README.md names. It is imported into
a database that is made for the measure and dropped after it, on SQLite and on
PostgreSQL, and the site's search answers every question. Prints Markdown: a table for
each half of the questions, with a row for each engine.
"""

import csv
import json
import math
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, Unavailable
from benchmarks.served import Failed, Site
from benchmarks.tables import row

JUDGEMENTS = Path(__file__).resolve().parent / "judgements"
# What one may look at while a ranking is being tuned, and what one may not.
TUNING, HELD = "tuning", "held"
ANSWERS_IT = 2
FIRST, FURTHER = 10, 20
HEADS = (
    *("engine", "nDCG@10", "2s in the first 10", "2s in the first 20"),
    *("questions without answer", "not judged, of the first 10"),
)

# What a question brings, best first: origins, such as "opinion/61".
Ranking = Callable[[str], Sequence[str]]
Rankings = Mapping[str, Ranking]


@dataclass(frozen=True)
class Question:
    """What somebody types, and how well each judged proposal answers it."""

    key: str
    half: str
    text: str
    grades: Mapping[str, int]

    def ndcg(self, found: Sequence[str]) -> float:
        """How much of the best possible first page this one is worth, from 0 to 1."""
        grades = [self.grades.get(origin, 0) for origin in found]
        best = sorted(self.grades.values(), reverse=True)
        return gained(grades[:FIRST]) / gained(best[:FIRST])

    def recall(self, found: Sequence[str], count: int) -> float:
        """The share of what answers it that is among the first so many."""
        answers = {each for each, grade in self.grades.items() if grade == ANSWERS_IT}
        return len(answers.intersection(found[:count])) / len(answers)

    def unjudged(self, found: Sequence[str]) -> list[str]:
        return [origin for origin in found[:FIRST] if origin not in self.grades]


@dataclass(frozen=True)
class Score:
    """The means over some questions, and how many of them found nothing at all."""

    ndcg: float
    recall_first: float
    recall_further: float
    unanswered: int
    # Of the first ten on average; what nobody judged counts as worth nothing.
    unjudged: float

    def cells(self) -> Iterator[str]:
        for share in (self.ndcg, self.recall_first, self.recall_further):
            yield f"{share:.3f}"
        yield str(self.unanswered)
        yield f"{self.unjudged:.1f}"


def gained(grades: Sequence[int]) -> float:
    """Discounted cumulative gain: a 2 is worth three 1s, more when it comes early."""
    return sum(
        (2**grade - 1) / math.log2(place + 1)
        for place, grade in enumerate(grades, start=1)
    )


def measure(ranking: Ranking, questions: Sequence[Question]) -> Score:
    found = [(each, ranking(each.text)) for each in questions]
    return Score(
        ndcg=mean(each.ndcg(origins) for each, origins in found),
        recall_first=mean(each.recall(origins, FIRST) for each, origins in found),
        recall_further=mean(each.recall(origins, FURTHER) for each, origins in found),
        unanswered=sum(not origins for each, origins in found),
        unjudged=mean(len(each.unjudged(origins)) for each, origins in found),
    )


def judged(folder: Path = JUDGEMENTS) -> list[Question]:
    grades: dict[str, dict[str, int]] = {}
    for line in lines(folder / "relevance.tsv"):
        of_question = grades.setdefault(line["question"], {})
        of_question[line["origin"]] = int(line["grade"])
    return [
        Question(line["question"], line["half"], line["text"], grades[line["question"]])
        for line in lines(folder / "questions.tsv")
    ]


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def tables(rankings: Rankings, questions: Sequence[Question]) -> Iterator[str]:
    for half in (TUNING, HELD):
        asked = [each for each in questions if each.half == half]
        yield f"\n## The {half} half: {len(asked)} questions\n"
        yield row(HEADS)
        yield row(["---", *["--:"] * (len(HEADS) - 1)])
        for name, ranking in rankings.items():
            yield row([name, *measure(ranking, asked).cells()])


def worst_first(rankings: Rankings, questions: Sequence[Question]) -> Iterator[str]:
    """Question by question, of the tuning half alone: the other one stays unseen."""
    for name, ranking in rankings.items():
        yield f"\n## {name}: the tuning half, the worst first\n"
        yield row(("question", "nDCG@10", "not judged, of the first 10"))
        yield row(("---", "--:", "---"))
        asked = [each for each in questions if each.half == TUNING]
        found = [(each, ranking(each.text)) for each in asked]
        for each, origins in sorted(found, key=lambda pair: pair[0].ndcg(pair[1])):
            unjudged = ", ".join(each.unjudged(origins))
            yield row((each.text, f"{each.ndcg(origins):.3f}", unjudged))


def main() -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--questions", action="store_true", help="each of one half")
    options = parser.parse_args()
    file = os.environ.get("CONSULTATION_FILE")
    if not file:
        print(f"CONSULTATION_FILE: see {JUDGEMENTS / 'README.md'}", file=sys.stderr)
        return 2
    questions = judged()
    try:
        rankings = rankings_of_the_site(Path(file).resolve())
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    print("\n".join(tables(rankings, questions)))
    if options.questions:
        print("\n".join(worst_first(rankings, questions)))
    return 0


def rankings_of_the_site(file: Path) -> dict[str, Ranking]:
    """What the site's search answers on each kind of database that is there."""
    rankings: dict[str, Ranking] = {}
    with TemporaryDirectory(prefix="bench-relevance-") as name, ExitStack() as stack:
        site = Site(Path(name))
        for kind in KINDS.values():
            try:
                database = kind(Path(name), stack).create("relevance")
            except Unavailable as reason:
                print(f"{kind.title}: skipped: {reason}", file=sys.stderr)
                continue
            site.run(database, "manage.py", "migrate", "--verbosity=0")
            said = site.run(database, "-m", "benchmarks.answering", str(file))
            rankings[kind.title] = json.loads(said).__getitem__
    return rankings


if __name__ == "__main__":
    sys.exit(main())
