"""Whether the duplicates that are suggested while one writes are duplicates.

    CONSULTATION_FILE=opinions.jsonl.gz python -m benchmarks.duplicates
        [--database sqlite|postgresql|both] [--half tuning|held]

The consultation is imported into a throw-away site, and each judged text is looked up
there as if somebody were writing it: among what came before it, never after. What is
suggested is held against `judgements/duplicates.tsv`. Choose settings by the half
named "tuning" alone; the half held back says what they are worth. Prints Markdown.
"""

import csv
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import KINDS, Unavailable
from benchmarks.served import Failed, Site

JUDGEMENTS = Path(__file__).resolve().parent / "judgements" / "duplicates.tsv"
HALVES = ("tuning", "held")
PROPOSAL, ARGUMENT = "proposal", "argument"
# As many as the page has room for.
FIRST = 3
DUPLICATES = frozenset({"same", "copy"})
# The file's kinds and ids, as the importer writes them into `Contribution.origin`.
ORIGIN = "capcollectif/{}"

Suggest = Callable[[str], Sequence[str]]


@dataclass
class Text:
    """A text that somebody wrote, and how the earlier ones that were read relate."""

    half: str
    kind: str
    origin: str
    # The label of each earlier text; none of a text without duplicate is one.
    labels: dict[str, str] = field(default_factory=dict)
    # What was read of it is enough to say that nothing earlier is a duplicate.
    is_alone: bool = False

    @property
    def duplicates(self) -> set[str]:
        return {each for each, label in self.labels.items() if label in DUPLICATES}


@dataclass
class Score:
    """What the first suggestions for some texts were worth."""

    # Texts that have a duplicate, and those for which one was suggested.
    texts: int = 0
    helped: int = 0
    shown: int = 0
    good: int = 0
    # Suggested for a text that has a duplicate, and never judged: good or not.
    unlabelled: int = 0
    # Of the known duplicates, as many as could be among the first.
    findable: int = 0
    # Texts that have none, and those for which something was suggested anyway.
    alone: int = 0
    bothered: int = 0

    @property
    def precision(self) -> float:
        return _share(self.good, self.shown - self.unlabelled)

    @property
    def recall(self) -> float:
        return _share(self.good, self.findable)

    def add(self, text: Text, suggested: Sequence[str]) -> None:
        if text.is_alone:
            self.alone += 1
            self.bothered += bool(suggested)
            return
        good = len(text.duplicates.intersection(suggested))
        self.texts += 1
        self.helped += good > 0
        self.shown += len(suggested)
        self.good += good
        self.unlabelled += sum(each not in text.labels for each in suggested)
        self.findable += min(FIRST, len(text.duplicates))


def measure(texts: Iterable[Text], suggest: Suggest) -> dict[tuple[str, str], Score]:
    """The score of each half and kind, the first suggestions of each text counting."""
    scores: dict[tuple[str, str], Score] = {}
    for text in texts:
        score = scores.setdefault((text.half, text.kind), Score())
        score.add(text, suggest(text.origin)[:FIRST])
    return scores


def read_judgements(file: Path = JUDGEMENTS) -> list[Text]:
    texts: dict[str, Text] = {}
    with file.open(newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            origin = line["later"]
            text = texts.setdefault(origin, Text(line["half"], line["kind"], origin))
            if line["label"] == "none":
                text.is_alone = True
            else:
                text.labels[line["earlier"]] = line["label"]
    return list(texts.values())


def table(scores: dict[tuple[str, str], Score]) -> Iterator[str]:
    yield (
        "| half | of | precision | recall | texts helped | shown | not judged"
        " | bothered for nothing |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for half in HALVES:
        for kind in (PROPOSAL, ARGUMENT):
            if score := scores.get((half, kind)):
                yield (
                    f"| {half} | {kind}s | {score.precision:.2f} ({score.good})"
                    f" | {score.recall:.2f} (of {score.findable})"
                    f" | {score.helped} of {score.texts} | {score.shown}"
                    f" | {score.unlabelled} | {score.bothered} of {score.alone} |"
                )


def main() -> int:
    options = parser().parse_args()
    if options.answer:
        answer(options.answer)
        return 0
    if not options.file:
        say("No consultation to measure on: set CONSULTATION_FILE.")
        return 1
    texts = [each for each in read_judgements() if each.half in options.half]
    kinds = list(KINDS) if options.database == "both" else [options.database]
    with TemporaryDirectory(prefix="bench-duplicates-") as name:
        site = Site(Path(name))
        failures = [
            kind for kind in kinds if not report(kind, site, texts, options.file)
        ]
    return int(bool(failures))


def parser() -> ArgumentParser:
    made = ArgumentParser(description=__doc__.partition("\n")[0])
    made.add_argument("--database", choices=[*KINDS, "both"], default="both")
    made.add_argument("--half", nargs="+", choices=HALVES, default=HALVES)
    made.add_argument(
        "--file",
        type=Path,
        default=os.environ.get("CONSULTATION_FILE") or None,
        help="a Cap Collectif consultation; CONSULTATION_FILE by default",
    )
    made.add_argument("--answer", type=Path, help="used by the script itself")
    return made


def report(kind: str, site: Site, texts: list[Text], file: Path) -> bool:
    """Print the table of one kind of database; whether it could be made."""
    with ExitStack() as stack:
        try:
            databases = KINDS[kind](site.code.parent, stack)
        except Unavailable as reason:
            print(f"\n## {KINDS[kind].title}: skipped: {reason}\n", flush=True)
            return True
        say(f"{databases.title}: importing the consultation, then asking…")
        database = databases.create("duplicates")
        ask = ("-m", "benchmarks.duplicates", f"--answer={file.resolve()}")
        try:
            site.run(database, "manage.py", "migrate", "--verbosity=0")
            answers = json.loads(site.run(database, *ask))
        except Failed as failure:
            say(f"{databases.title}: {failure}")
            return False
        scores = measure(texts, answers.__getitem__)
        print("\n".join([f"\n## {databases.title}: duplicates\n", *table(scores)]))
    return True


def answer(file: Path) -> None:
    """Import the file in this process; print what is suggested as JSON."""
    import django

    django.setup()
    from benchmarks.data import import_consultation

    import_consultation(str(file), "mesure")
    texts = read_judgements()
    print(json.dumps({each.origin: suggestions(each.origin) for each in texts}))


def suggestions(origin: str) -> list[str]:
    """The earlier texts that are shown to whoever writes this one, best first."""
    from journal.clock import database_now
    from register.actions import of_its_kind
    from register.models import Contribution
    from search.likeness import like_row, nearest_first

    number = Contribution.objects.get(origin=ORIGIN.format(origin)).pk
    row = of_its_kind(number)
    side = getattr(row, "side", "")
    near = nearest_first(
        like_row(row), at=database_now(), debate=row.debate_id, side=side
    )
    earlier = [each.number for each in near if each.number < number][:FIRST]
    origins = Contribution.objects.in_bulk(earlier)
    return [origins[each].origin.removeprefix(ORIGIN.format("")) for each in earlier]


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
