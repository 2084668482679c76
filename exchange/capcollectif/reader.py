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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from exchange.capcollectif.spool import Item
from exchange.files import reading
from exchange.lines import BadLine
from exchange.report import Report
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

    sections: dict[str, int]
    questions: Counter[str]

    def in_order(self) -> list[str]:
        return sorted(self.sections, key=lambda title: (self.sections[title], title))


class Reader:
    """Turns opinions into items, and reports what it cannot read."""

    def __init__(self, *, debate: str, report: Report) -> None:
        self.debate = debate
        self.report = report
        self.heading = Heading(sections={}, questions=Counter())
        self.institutions: dict[str, str] = {}
        # What the platform says it counted, and what was read, to be compared.
        self.announced: Counter[str] = Counter()
        self.found: Counter[str] = Counter()

    def items(self, where: str, document: bytes) -> Iterator[Item]:
        """The opinion, then what hangs on it; each bad one is refused by itself."""
        try:
            opinion = json.loads(document)
            opinion = opinion.get("opinion", opinion)
            proposal = self._proposal(where, opinion)
        except (BadLine, ValueError, KeyError, TypeError, AttributeError) as error:
            self.report.refuse(where, _sentence(error))
            return
        self._count(proposal)
        yield proposal
        for name, read in (("arguments", self._argument), ("sources", self._source)):
            for child in opinion.get(name) or []:
                place = f"{where}, {name} {_id_of(child)}"
                try:
                    item = read(place, child, proposal)
                except (BadLine, ValueError, KeyError, TypeError, AttributeError) as e:
                    self.report.refuse(place, _sentence(e))
                    continue
                self._count(item)
                yield item

    def _proposal(self, where: str, opinion: dict[str, Any]) -> Item:
        section = clean_title(opinion["type"]["subtitle"] or opinion["type"]["title"])
        totals = {
            "agree": opinion["votes_ok"],
            "mixed": opinion["votes_mitige"],
            "disagree": opinion["votes_nok"],
        }
        value = self._common(opinion) | {
            "kind": "proposal",
            "section": address_of(section),
            "title": clean_title(opinion["title"]),
            "text": clean_rich_text(opinion["body"] or ""),
            "appendices": list(_appendices(opinion)),
            "totals": _imported(totals),
        }
        self._note(opinion, section)
        return Item(where, f"{PLATFORM}/opinion/{opinion['id']}", None, value)

    def _argument(self, where: str, argument: dict[str, Any], parent: Item) -> Item:
        value = self._common(argument) | {
            "kind": "argument",
            "side": SIDES[argument["type"]],
            "text": clean_text(argument["body"]),
            "totals": _imported({"support": argument["votes_count"]}),
        }
        return _hung(where, f"{PLATFORM}/argument/{argument['id']}", parent, value)

    def _source(self, where: str, source: dict[str, Any], parent: Item) -> Item:
        value = self._common(source) | {
            "kind": "source",
            "category": clean_title(source["category"]),
            "title": clean_title(source["title"]),
            "link": (source["link"] or "").strip(),
            "note": clean_text(source["body"] or ""),
            "totals": _imported({"support": source.get("votes_count", 0)}),
        }
        return _hung(where, f"{PLATFORM}/source/{source['id']}", parent, value)

    def _common(self, item: dict[str, Any]) -> dict[str, Any]:
        submitted_at = _instant(item["created_at"])
        is_hidden = item.get("is_trashed") or item.get("is_enabled") is False
        # The platform does not say when it hid something; its last change is the
        # latest instant it gives.
        hidden_at = max(submitted_at, _instant(item.get("updated_at") or ""))
        return self._signature(item["author"]) | {
            "debate": self.debate,
            "submitted_at": submitted_at,
            "language": "fr",
            "status": "hidden" if is_hidden else "published",
            "status_at": hidden_at if is_hidden else submitted_at,
            "ground": HIDDEN_GROUND if is_hidden else None,
        }

    def _signature(self, author: dict[str, Any]) -> dict[str, Any]:
        name = clean_title(author["displayName"])
        if not name:
            raise BadLine("the author has no name")
        if author.get("vip"):
            slug = address_of(name)
            self.institutions[slug] = name
            return {"institution": {"slug": slug}}
        # Keys of persons are those of one platform, so they name the debate too.
        key = f"{PLATFORM}/{self.debate}/{author['uniqueId']}"
        return {"author": {"key": key, "name": name}}

    def _note(self, opinion: dict[str, Any], section: str) -> None:
        self.heading.sections.setdefault(section, opinion["type"]["id"])
        if question := clean_text(opinion["type"].get("votesHelpText") or ""):
            self.heading.questions[question] += 1
        for name, field in ANNOUNCED.items():
            self.announced[name] += opinion.get(field) or 0
        self.announced["earlier versions"] += opinion.get("versions_count") or 0

    def _count(self, item: Item) -> None:
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
            announced, found = self.announced[name], self.found[name]
            verdict = "equal" if announced == found else "DIFFERENT"
            yield f"{name}: {announced:,} announced, {found:,} read, {verdict}"
        if versions := self.announced["earlier versions"]:
            yield f"{versions:,} earlier versions are announced; the file holds none"


def address_of(title: str) -> str:
    """The slug of a French title; an elision's apostrophe parts two words."""
    return slugify(title.replace("’", "-").replace("'", "-"))[:80] or "section"


def _hung(where: str, origin: str, parent: Item, value: dict[str, Any]) -> Item:
    if value["submitted_at"] < parent.value["submitted_at"]:
        raise BadLine("it is older than the opinion on which it hangs")
    return Item(where, origin, parent.origin, value)


def _appendices(opinion: dict[str, Any]) -> Iterator[dict[str, str]]:
    for appendix in opinion.get("appendices") or []:
        if text := clean_rich_text(appendix["body"] or ""):
            title = clean_title(appendix["type"]["title"])
            yield {"kind": AppendixKind.EXPLANATORY.value, "title": title, "text": text}
    for modal in opinion.get("modals") or []:
        title = clean_title(modal["title"] or modal["key"])
        for name, kind in (
            ("before", AppendixKind.LAW_IN_FORCE),
            ("after", AppendixKind.LAW_PROPOSED),
        ):
            if text := clean_rich_text(modal[name] or ""):
                yield {"kind": kind.value, "title": title, "text": text}


def _imported(totals: dict[str, int]) -> dict[str, dict[str, int]]:
    return {name: {"imported": count} for name, count in totals.items() if count}


def _instant(value: str) -> str:
    """In UTC, in one form, so that instants sort as text."""
    if not value:
        return ""
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise BadLine(f"the instant {value} has no offset from UTC")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _id_of(child: Any) -> Any:
    return child.get("id", "?") if isinstance(child, dict) else "?"


def _sentence(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"the field {error} is missing or has an unknown value"
    if isinstance(error, TypeError | AttributeError):
        return f"a field is of the wrong type ({error})"
    return str(error)
