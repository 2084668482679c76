"""Read what a Cap Collectif platform served: opinions with all that hangs on them.

One JSON object for each opinion, as the platform's public API gave it in 2015. An
opinion becomes a proposal; its arguments, sources, appendices and texts of law hang on
it. Ids are of each kind's own, so they cannot be numbers: fresh numbers are given in
order of instant across kinds, and kind and id are kept as the origin.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from exchange.capcollectif.fields import UNREADABLE, field, instant
from exchange.capcollectif.spool import Item
from exchange.files import reading
from exchange.lines import BadLine, line_from_value
from exchange.report import Report
from journal.clock import database_now
from proposals.enums import AppendixKind
from register.text import clean_rich_text, clean_text, clean_title

PLATFORM = "capcollectif"
SIDES = {1: "for", 0: "against"}
HIDDEN_GROUND = "hidden-at-origin"
# What the platform counts on each opinion, and in which field it says so.
ANNOUNCED = {
    "arguments for": "arguments_yes_count",
    "arguments against": "arguments_no_count",
    "sources": "sources_count",
    "agree": "votes_ok",
    "mixed": "votes_mitige",
    "disagree": "votes_nok",
}
# What hangs on an opinion, by the field that lists it.
HANGING = ("arguments", "sources")
SECTION_MAX_LENGTH = 255
NAME_MAX_LENGTH = 150


def opinions_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each JSON document of a file, or of a folder of files, and where it stands.

    A name ending in `.jsonl` holds a document a line, cut at 0x0A alone; any other file
    holds one. Either may be compressed (`.gz`).
    """
    if path.is_dir():
        for file in sorted(path.iterdir()):
            if file.is_file():
                for where, document in opinions_in(file):
                    yield f"{file.name}, {where}", document
        return
    with reading(path) as lines:
        if ".jsonl" not in path.suffixes:
            yield "the file", lines.read()
            return
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield f"line {number}", line


@dataclass
class Heading:
    """What the opinions say of the debate that they belong to."""

    # By address: the order that the platform gives it, and its first title.
    sections: dict[str, tuple[int, str]]
    questions: Counter[str]

    def in_order(self) -> list[tuple[str, str]]:
        ordered = sorted(self.sections.items(), key=lambda section: section[1])
        return [(slug, title) for slug, (_, title) in ordered]

    def address_of(self, title: str, place: int) -> str:
        """One address for one title; the two apostrophes are one."""
        slug = address_of(title)
        for address in chain([slug], (f"{slug}-{number}" for number in count(2))):
            _, held = self.sections.setdefault(address, (place, title))
            if held.replace("’", "'") == title.replace("’", "'"):
                return address
        raise AssertionError("addresses never end")


class Reader:
    """Turns opinions into items, and reports what it cannot read."""

    def __init__(self, *, debate: str, report: Report) -> None:
        self.debate = debate
        self.report = report
        self.now = database_now().isoformat(timespec="microseconds")
        self.heading = Heading(sections={}, questions=Counter())
        self.institutions: dict[str, str] = {}
        # What the platform says it counted, and what was read, to be compared.
        self.announced: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def items(self, where: str, document: bytes) -> Iterator[Item]:
        """The opinion, then what hangs on it; each bad one is refused by itself."""
        hanging: list[tuple[str, Any]] = []
        try:
            opinion = _opinion(document)
            hanging = [(name, each) for name in HANGING for each in opinion[name]]
            proposal = self._proposal(opinion, where)
        except UNREADABLE as error:
            loss = f" ({len(hanging):,} lost that hang on it)" if hanging else ""
            self.report.refuse(where, f"{error}{loss}")
            return
        yield proposal
        for name, child in hanging:
            place = f"{where}, {name} {_id_of(child)}"
            read = self._argument if name == "arguments" else self._source
            try:
                item = read(child, place, proposal)
            except UNREADABLE as error:
                self.report.refuse(place, str(error))
                continue
            yield item

    def _proposal(self, opinion: dict[str, Any], where: str) -> Item:
        kind = field(opinion, "type", dict)
        section = self._section(kind)
        value = self._common(opinion) | {
            "kind": "proposal",
            "section": section,
            "title": clean_title(field(opinion, "title", str)),
            "text": clean_rich_text(field(opinion, "body", str, None) or ""),
            "appendices": list(_appendices(opinion)),
            "totals": _imported(
                agree=field(opinion, "votes_ok", int),
                mixed=field(opinion, "votes_mitige", int),
                disagree=field(opinion, "votes_nok", int),
            ),
        }
        item = _checked(Item(where, _origin("opinion", opinion), None, value))
        self._note(opinion, kind)
        return item

    def _section(self, kind: dict[str, Any]) -> str:
        """The address of the section that a type names, a new one for a new title."""
        title = clean_title(
            field(kind, "subtitle", str, None) or field(kind, "title", str)
        )
        if len(title) > SECTION_MAX_LENGTH:
            raise BadLine("type: the title of its section is too long")
        return self.heading.address_of(title, field(kind, "id", int))

    def _argument(self, argument: dict[str, Any], where: str, parent: Item) -> Item:
        side = SIDES.get(field(argument, "type", int))
        if side is None:
            raise BadLine("type: neither 1 (for) nor 0 (against)")
        value = self._common(argument) | {
            "kind": "argument",
            "side": side,
            "text": clean_text(field(argument, "body", str)),
            "totals": _imported(support=field(argument, "votes_count", int)),
        }
        item = Item(where, _origin("argument", argument), parent.origin, value)
        return _hung(item, parent)

    def _source(self, source: dict[str, Any], where: str, parent: Item) -> Item:
        value = self._common(source) | {
            "kind": "source",
            "category": clean_title(field(source, "category", str)),
            "title": clean_title(field(source, "title", str)),
            "link": field(source, "link", str).strip(),
            "note": clean_text(field(source, "body", str, None) or ""),
            "totals": _imported(support=field(source, "votes_count", int, None)),
        }
        item = Item(where, _origin("source", source), parent.origin, value)
        return _hung(item, parent)

    def _common(self, item: dict[str, Any]) -> dict[str, Any]:
        submitted_at = instant(item, "created_at")
        if submitted_at > self.now:
            raise BadLine("created_at: it lies in the future")
        is_hidden = item.get("is_trashed") or item.get("is_enabled") is False
        # The platform does not say when it hid something; its last change is the
        # latest instant it gives.
        changed = "updated_at" if item.get("updated_at") else "created_at"
        hidden_at = max(submitted_at, instant(item, changed))
        return self._signature(field(item, "author", dict)) | {
            "debate": self.debate,
            "submitted_at": submitted_at,
            "language": "fr",
            "status": "hidden" if is_hidden else "published",
            "status_at": hidden_at if is_hidden else submitted_at,
            "ground": HIDDEN_GROUND if is_hidden else None,
        }

    def _signature(self, author: dict[str, Any]) -> dict[str, Any]:
        name = clean_title(field(author, "displayName", str))
        if not 0 < len(name) <= NAME_MAX_LENGTH:
            raise BadLine("author.displayName: it is empty or too long")
        if author.get("vip"):
            slug = address_of(name)
            if self.institutions.setdefault(slug, name) != name:
                raise BadLine(f"author: another institution has the address {slug}")
            return {"institution": {"slug": slug}}
        # Keys of persons are those of one platform, so they name the debate too.
        key = f"{PLATFORM}/{self.debate}/{field(author, 'uniqueId', str)}"
        return {"author": {"key": key, "name": name}}

    def _note(self, opinion: dict[str, Any], kind: dict[str, Any]) -> None:
        if question := clean_text(field(kind, "votesHelpText", str, None) or ""):
            self.heading.questions[question] += 1
        announced = ANNOUNCED | {"earlier versions": "versions_count"}
        for name, key in announced.items():
            if (said := field(opinion, key, int, None)) is not None:
                self.announced[name] += said

    def count(self, item: Item) -> None:
        """Count an item that was set aside."""
        value = item.value
        self.found[f"{value['kind']}s {value.get('side', '')}".strip()] += 1
        self.found["hidden"] += value["status"] == "hidden"
        if item.kind == "proposal":
            for name, total in value["totals"].items():
                self.found[name] += total["imported"]

    def comparison(self) -> Iterator[str]:
        """What the platform announced beside what was found in the file."""
        yield f"{self.found['hidden']:,} hidden at the origin, imported hidden"
        for name in ANNOUNCED:
            if name not in self.announced:
                continue
            announced, found = self.announced[name], self.found[name]
            verdict = "equal" if announced == found else "DIFFERENT"
            yield f"{name}: {announced:,} announced, {found:,} read, {verdict}"
        if versions := self.announced["earlier versions"]:
            yield f"{versions:,} earlier versions are announced; the file holds none"


def address_of(title: str) -> str:
    """The slug of a French title; an elision's apostrophe parts two words."""
    return slugify(title.replace("’", "-").replace("'", "-"))[:80] or "section"


def _opinion(document: bytes) -> dict[str, Any]:
    """The opinion in a document, with a list of each thing that may hang on it."""
    try:
        opinion = json.loads(document)
    except ValueError as error:
        raise BadLine(f"it is not JSON: {error}") from error
    if isinstance(opinion, dict):
        opinion = opinion.get("opinion", opinion)
    if not isinstance(opinion, dict):
        raise BadLine("this is no opinion: an object is needed")
    return opinion | {name: field(opinion, name, list, None) or [] for name in HANGING}


def _origin(kind: str, item: dict[str, Any]) -> str:
    return f"{PLATFORM}/{kind}/{field(item, 'id', int)}"


def _checked(item: Item) -> Item:
    """Raises BadLine for what no line of the register can hold."""
    place = {"number": 2, "hangs_on": 1} if item.hangs_on else {"number": 1}
    line_from_value(item.value | place | {"origin": item.origin})
    return item


def _hung(item: Item, parent: Item) -> Item:
    if item.value["submitted_at"] < parent.value["submitted_at"]:
        raise BadLine("created_at: it is older than the opinion on which it hangs")
    return _checked(item)


def _appendices(opinion: dict[str, Any]) -> Iterator[dict[str, str]]:
    for appendix in field(opinion, "appendices", list, None) or []:
        if text := clean_rich_text(field(appendix, "body", str, None) or ""):
            kind = field(appendix, "type", dict)
            title = clean_title(field(kind, "title", str))
            yield {"kind": AppendixKind.EXPLANATORY.value, "title": title, "text": text}
    for modal in field(opinion, "modals", list, None) or []:
        title = clean_title(
            field(modal, "title", str, None) or field(modal, "key", str)
        )
        for name, kind in (
            ("before", AppendixKind.LAW_IN_FORCE),
            ("after", AppendixKind.LAW_PROPOSED),
        ):
            if text := clean_rich_text(field(modal, name, str, None) or ""):
                yield {"kind": kind.value, "title": title, "text": text}


def _imported(**totals: int | None) -> dict[str, dict[str, int]]:
    return {name: {"imported": count} for name, count in totals.items() if count}


def _id_of(child: Any) -> Any:
    return child.get("id", "?") if isinstance(child, dict) else "?"
