"""Invented opinions, in the shape in which a Cap Collectif platform served them."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.commands import Run, run

_ids = count(1)


def author(name: str = "Camille", **fields: Any) -> dict[str, Any]:
    key = fields.pop("uniqueId", name.lower().replace(" ", "-"))
    return {"displayName": name, "uniqueId": key, "vip": False} | fields


def opinion(**fields: Any) -> dict[str, Any]:
    """The platform's counts follow from what hangs on it, unless they are given."""
    arguments = fields.get("arguments") or []
    sides = [each.get("type") for each in arguments if isinstance(each, dict)]
    return {
        "id": next(_ids),
        "title": "Ouvrir les cantines",
        "body": "<p>Ouvrir les cantines aux voisins.</p>",
        "created_at": "2016-03-02T10:00:00+0100",
        "updated_at": "2016-03-02T10:00:00+0100",
        "is_trashed": False,
        "author": author(),
        "type": {
            "id": 7,
            "title": "Titre premier",
            "subtitle": "Les repas",
            "votesHelpText": "Qu&rsquo;en pensez-vous ?",
        },
        "arguments": [],
        "sources": [],
        "appendices": [],
        "modals": [],
        "votes": [],
        "votes_ok": 3,
        "votes_mitige": 2,
        "votes_nok": 1,
        "versions_count": 0,
        "arguments_yes_count": sides.count(1),
        "arguments_no_count": sides.count(0),
        "sources_count": len(fields.get("sources") or []),
    } | fields


def argument(body: str = "C’est une bonne idée.", **fields: Any) -> dict[str, Any]:
    return {
        "id": next(_ids),
        "type": 1,
        "body": body,
        "created_at": "2016-03-03T10:00:00+0100",
        "updated_at": "2016-03-03T10:00:00+0100",
        "is_enabled": True,
        "is_trashed": False,
        "votes_count": 4,
        "author": author("Dominique"),
    } | fields


def source(**fields: Any) -> dict[str, Any]:
    return {
        "id": next(_ids),
        "title": "Un rapport",
        "body": "Voir la page 3.",
        "link": "https://exemple.fr/rapport",
        "category": "Rapport",
        "created_at": "2016-03-03T11:00:00+0100",
        "updated_at": "2016-03-03T11:00:00+0100",
        "votes_count": 1,
        "author": author("Dominique"),
    } | fields


def without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: each for name, each in value.items() if name not in names}


class Platform:
    """What one platform served, as a file that is written anew for each import."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "cantines.jsonl"

    def write(self, *opinions: Any) -> Path:
        """Each an opinion, or the bytes of a line that is not one."""
        self.file.write_bytes(
            b"".join(
                (each if isinstance(each, bytes) else _document(each)) + b"\n"
                for each in opinions
            )
        )
        return self.file

    def imports(self, *opinions: Any, **options: str) -> Run:
        given = [f"--{name.replace('_', '-')}={each}" for name, each in options.items()]
        return self.run(self.write(*opinions), *given)

    def run(self, path: Path, *options: str) -> Run:
        return run("import_capcollectif", path, *options)


def _document(each: dict[str, Any]) -> bytes:
    return json.dumps({"opinion": each, "opinionTerm": 0}).encode()


@pytest.fixture
def platform(db: None, tmp_path: Path) -> Platform:
    return Platform(tmp_path)
