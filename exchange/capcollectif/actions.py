"""Import a Cap Collectif consultation as one debate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.utils import timezone

from accounts.models import Institution
from exchange.actions import Entry, Rules, import_record
from exchange.capcollectif.reader import Reader, opinions_in
from exchange.capcollectif.spool import Item, Spool
from exchange.lines import (
    BadLine,
    ContributionLine,
    DebateLine,
    InstitutionLine,
    line_from_value,
)
from exchange.parts import SectionPart, VerificationPart
from exchange.record import debate_line, institution_line
from exchange.report import Report
from register.models import Contribution, Debate
from register.numbers import preview_numbers, reserve_numbers

# Who attested the accounts that came with a file: their platform, and nobody here.
ATTESTED_BY = "Plateforme d’origine (Cap Collectif)"


@dataclass(frozen=True)
class Options:
    """What the operator says of the debate; the rest is read from the file."""

    slug: str
    title: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    dry_run: bool = False


class NothingToImport(ValueError):
    """Not one opinion could be read."""


def import_capcollectif(
    *, path: Path, options: Options, report: Report, progress: Any = iter
) -> Report:
    """Import every opinion of a file or folder, and what hangs on it.

    Numbers are given in order of instant across kinds. A second import of the same
    file changes nothing. Raises NothingToImport when the file holds no opinion, OSError
    when it cannot be read.
    """
    reader = Reader(debate=options.slug, report=report)
    with TemporaryDirectory() as folder, Spool(Path(folder)) as spool:
        for where, document in progress(opinions_in(path)):
            _set_aside(reader, spool, where, document)
        if not len(spool):
            raise NothingToImport
        debate = _debate(reader, spool, options)
        institutions = _institutions(reader, debate)
        import_record(
            entries=_entries(debate, institutions, progress(spool)),
            report=report,
            rules=Rules(
                numbering=_numbering(institutions, dry_run=options.dry_run),
                comparable=as_the_platform_gave_it,
                keeps_numbers=False,
                as_readers_see_it=False,
            ),
            dry_run=options.dry_run,
        )
    for sentence in (_period(debate), *reader.comparison()):
        report.note(sentence)
    return report


def as_the_platform_gave_it(line: ContributionLine) -> dict[str, Any]:
    """The line without what may have changed here since it was imported."""
    value = line.as_value()
    for name in ("number", "status", "status_at", "ground", "themes"):
        value.pop(name, None)
    totals = value.pop("totals", {})
    imported = {name: total.get("imported", 0) for name, total in totals.items()}
    return value | {"totals": {name: n for name, n in imported.items() if n}}


def _set_aside(reader: Reader, spool: Spool, where: str, document: bytes) -> None:
    for item in reader.items(where, document):
        try:
            spool.add(item)
            reader.count(item)
        except BadLine as error:
            reader.report.refuse(item.where, str(error))


def _debate(reader: Reader, spool: Spool, options: Options) -> DebateLine:
    """The debate as it is held, or else as the file and the operator describe it."""
    held = Debate.objects.filter(slug=options.slug).first()
    line = debate_line(held) if held else _new_debate(reader, spool, options)
    said = {
        "title": options.title,
        "opens_at": options.opens_at,
        "closes_at": options.closes_at,
    }
    value = line.as_value() | {name: each for name, each in said.items() if each}
    checked = line_from_value(value)
    assert isinstance(checked, DebateLine)  # noqa: S101 - its kind says so
    return checked


def _new_debate(reader: Reader, spool: Spool, options: Options) -> DebateLine:
    first, last = spool.span()
    questions = reader.heading.questions.most_common()
    for question, _ in questions[1:]:
        reader.report.note(f"Another question to voters was left out: {question}")
    return DebateLine(
        kind="debate",
        slug=options.slug,
        title=options.slug.replace("-", " ").capitalize(),
        question=questions[0][0] if questions else "",
        opens_at=_midnight(first),
        closes_at=_midnight(last, days=1),
        accepts=["arguments", "proposals", "sources", "votes"],
        sections=[
            SectionPart(slug=slug, title=title)
            for slug, title in reader.heading.in_order()
        ],
    )


def _midnight(instant: datetime, days: int = 0) -> datetime:
    """The beginning of the instant's day here, or of a later day."""
    day = timezone.localtime(instant).date() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001


def _period(debate: DebateLine) -> str:
    opens_at, closes_at = map(timezone.localtime, (debate.opens_at, debate.closes_at))
    return f"Period: from {opens_at.isoformat()} to {closes_at.isoformat()}"


def _institutions(reader: Reader, debate: DebateLine) -> dict[str, InstitutionLine]:
    """The accounts that the platform showed as verified, by the address of their name.

    One that this site knows otherwise is another one: what the platform attested says
    nothing of it, and its badge is not for what the file holds.
    """
    return {
        slug: _institution(slug, name, debate)
        for slug, name in sorted(reader.institutions.items())
    }


def _institution(slug: str, name: str, debate: DebateLine) -> InstitutionLine:
    """Raises BadLine when every address it could have is taken."""
    for address in (slug, f"{slug[:39]}-{debate.slug[:40]}"):
        held = Institution.objects.filter(slug=address).first()
        if held is None:
            return _new_institution(address, name, debate)
        line = institution_line(held)
        attested = {part.attested_by for part in line.verifications}
        if line.name == name and ATTESTED_BY in attested:
            return line
    raise BadLine(f"another institution has the address {slug}")


def _new_institution(slug: str, name: str, debate: DebateLine) -> InstitutionLine:
    verification = VerificationPart(
        verified_at=debate.opens_at,
        attested_by=ATTESTED_BY,
        evidence="Compte présenté comme vérifié par la plateforme d’origine ;"
        " attestation reprise à l’import.",
    )
    return InstitutionLine(
        kind="institution",
        slug=slug,
        name=name,
        institution_kind="organiser",
        verifications=[verification],
    )


def _entries(
    debate: DebateLine, institutions: dict[str, InstitutionLine], items: Any
) -> Iterator[Entry]:
    yield Entry("the debate", debate)
    for line in institutions.values():
        yield Entry("an institution", line)
    for item in items:
        yield Entry(item.where, item)


def _numbering(institutions: dict[str, InstitutionLine], *, dry_run: bool) -> Any:
    reserve = preview_numbers if dry_run else reserve_numbers

    def number(entries: Sequence[Entry], report: Report) -> list[Entry]:
        """Known origins keep their number; the others get the next ones."""
        items: list[Item] = [entry.line for entry in entries]
        numbers = _held_numbers(items)
        new = [item.origin for item in items if item.origin not in numbers]
        numbers |= dict(zip(new, reserve(len(new)), strict=True))
        numbered = []
        for item in items:
            try:
                line = _line(item, numbers, institutions)
            except BadLine as error:
                report.refuse(item.where, str(error))
                continue
            numbered.append(Entry(item.where, line))
        return numbered

    return number


def _held_numbers(items: Sequence[Item]) -> dict[str, int]:
    origins = {item.origin for item in items} | {
        item.hangs_on for item in items if item.hangs_on
    }
    debate = items[0].value["debate"]
    held = Contribution.objects.filter(debate__slug=debate, origin__in=origins)
    return dict(held.values_list("origin", "pk"))


def _line(
    item: Item, numbers: dict[str, int], institutions: dict[str, InstitutionLine]
) -> ContributionLine:
    value = item.value | {"number": numbers[item.origin], "origin": item.origin}
    if item.hangs_on:
        if item.hangs_on not in numbers:
            raise BadLine("the opinion on which it hangs was refused")
        value["hangs_on"] = numbers[item.hangs_on]
    if spoken_for := value.get("institution"):
        institution = institutions[spoken_for["slug"]]
        instant = datetime.fromisoformat(value["submitted_at"])
        value["institution"] = {
            "slug": institution.slug,
            "verification": _verification_at(institution, instant),
        }
    return cast("ContributionLine", line_from_value(value))


def _verification_at(line: InstitutionLine, at: datetime) -> datetime | None:
    for part in line.verifications:
        in_force = part.verified_at <= at and not (
            part.revoked_at and part.revoked_at <= at
        )
        if in_force and part.attested_by == ATTESTED_BY:
            return part.verified_at
    return None
