"""What the files of the open data are, for programs: a Data Package."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.opendata.columns import Column, Sentence, written
from exchange.opendata.dataset import Dataset
from exchange.opendata.table import Table

LICENCE = "Licence Ouverte 2.0 (Etalab)"
LICENCE_ID = "etalab-2.0"
LICENCE_ADDRESS = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
PROFILES = "https://datapackage.org/profiles/2.0"
# The language of the standard's own properties, and of those that we add to them.
FIRST, OTHER = "fr", "en"


@dataclass(frozen=True)
class File:
    """One file of a package. `table` is what it holds, between such delimiters."""

    name: str
    media_type: str
    title: Sentence
    description: Sentence
    chunks: Callable[[Dataset], Iterator[bytes]]
    table: Table | None = None
    delimiter: str = ""

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0].lower()

    @property
    def format(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True)
class Sum:
    """Of a file: how many bytes, and their SHA-256."""

    size: int
    digest: str


def data_package(
    files: Iterable[File], dataset: Dataset, sums: Mapping[str, Sum] | None = None
) -> str:
    """In French, with English beside it.

    Without sums where the files are not written at once: what is added or withheld in
    between would give them others.
    """
    described = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": dataset.name.lower(),
        "title": dataset.title,
        "homepage": settings.SITE_URL + dataset.address,
        "created": written(dataset.at),
        "contributors": [{"title": settings.SITE_NAME, "path": settings.SITE_URL}],
        "licenses": [{"name": LICENCE_ID, "path": LICENCE_ADDRESS, "title": LICENCE}],
        "published": written(dataset.published_at),
        **_modification(dataset),
        "resources": [
            _resource(file, (sums or {}).get(file.name))
            for file in files
            if file.format != "json"
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def reason(dataset: Dataset) -> str:
    """Why the record last changed, in the current language; empty if it never did."""
    if (change := dataset.last_change) is None:
        return ""
    said = _("%(act)s: #%(number)s")
    return said % {"act": change.act.label, "number": change.number}


def _modification(dataset: Dataset) -> dict[str, str]:
    if (change := dataset.last_change) is None:
        return {}
    reasons = {}
    for language, name in _names("modification_reason"):
        with override(language):
            reasons[name] = reason(dataset)
    return {"modified": written(change.at)} | reasons


def _resource(file: File, summed: Sum | None) -> dict[str, Any]:
    described = {
        "name": file.stem,
        "path": file.name,
        **_said("title", file.title),
        **_said("description", file.description),
        "format": file.format,
        "mediatype": file.media_type.partition(";")[0],
        "encoding": "utf-8",
    }
    if summed:
        described |= {"bytes": summed.size, "hash": f"sha256:{summed.digest}"}
    if file.table:
        described["profile"] = "tabular-data-resource"
        described["dialect"] = {"delimiter": file.delimiter}
        described["schema"] = schema(file.table)
    return described


def schema(table: Table) -> dict[str, Any]:
    """A Table Schema. An empty cell is an empty one: `status` says what is withheld."""
    return {
        "fields": list(map(_field, table.columns)),
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": [column.name],
                "reference": {"resource": other, "fields": [name]},
            }
            for column in table.columns
            if (referred := table.refers.get(column.name))
            for other, name in [referred]
        ],
    }


def _field(column: Column) -> dict[str, Any]:
    described = {
        "name": column.name,
        "type": column.type,
        **_said("title", column.title),
        **_said("description", column.description),
    }
    if column.constraints:
        described["constraints"] = dict(column.constraints)
    return described


def _names(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (FIRST, name), (OTHER, f"{name}_{OTHER}")


def _said(name: str, sentence: Sentence) -> dict[str, str]:
    said = {}
    for language, key in _names(name):
        with override(language):
            said[key] = str(sentence)
    return said
