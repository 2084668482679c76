"""Open data: the page that lists the files of a record, and the files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consultation.addresses import page_address
from consultation.caching import public_page, site_version
from consultation.downloads import busy, in_turn, later
from consultation.models import ConsultationPage
from consultation.open_data import (
    consultation_at,
    dataset_of_consultation,
    dataset_of_debate,
)
from consultation.presentation import page_of
from exchange.opendata.dataset import Dataset
from exchange.opendata.description import LICENCE, LICENCE_ADDRESS, File, reason
from exchange.opendata.files import ZIP, file_named, files, package

FILE, FILE_OF_ALL = "open-data-file", "open-data-file-of-all"
PACKAGE = "donnees.zip"
# From one address: what is asked for again unchanged is not counted.
LIMITS = {"file": "120/h/ip", "package": "12/h/ip"}
COUNTED: dict[str, Any] = {"app": "consultation", "config": LIMITS, "limit_get": True}
ONE_FILE, ALL_FILES = (COUNTED | {"action": action} for action in LIMITS)


@dataclass(frozen=True)
class Listed:
    """A file, or the two files of a table, as the page shows it."""

    file: File
    address: str
    count: int | None = None
    for_spreadsheets: str = ""


@public_page(site_version)
def of_debate(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    dataset = _found(dataset_of_debate(slug, at))
    page = page_of(dataset.debates[0])
    way_back = (page["address"], page["title"]) if page else None
    return _page(request, dataset, FILE, way_back)


@public_page(site_version)
def of_consultation(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    dataset = _found(dataset_of_consultation(slug, at))
    page = consultation_at(slug)
    assert isinstance(page, ConsultationPage)  # noqa: S101 - the data set is of it
    way_back = (page_address(page.url_path, page.locale.language_code), page.title)
    return _page(request, dataset, FILE_OF_ALL, way_back)


@public_page(site_version)
def file_of_debate(
    request: HttpRequest, at: datetime, slug: str, name: str
) -> HttpResponse:
    return _file(request, dataset_of_debate(slug, at), name)


@public_page(site_version)
def file_of_consultation(
    request: HttpRequest, at: datetime, slug: str, name: str
) -> HttpResponse:
    return _file(request, dataset_of_consultation(slug, at), name)


def _found(dataset: Dataset | None) -> Dataset:
    if dataset is None:
        raise Http404
    return dataset


def _page(
    request: HttpRequest,
    dataset: Dataset,
    route: str,
    way_back: tuple[str, str] | None,
) -> HttpResponse:
    """Each file with what it is and how many rows it has."""

    def address(name: str) -> str:
        return reverse(route, args=(dataset.name, name))

    context = {
        "dataset": dataset,
        "way_back": way_back,
        "tables": list(_tables(dataset, address)),
        "others": [
            Listed(file, address(file.name)) for file in files() if not file.table
        ],
        "package": address(PACKAGE),
        "reason": reason(dataset),
        "is_empty": not dataset.recorded.exists(),
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }
    return render(request, "consultation/open_data.html", context)


def _tables(dataset: Dataset, address: Callable[[str], str]) -> Iterator[Listed]:
    both: dict[str, list[File]] = {}
    for file in files():
        if file.table:
            both.setdefault(file.table.name, []).append(file)
    for exact, guarded in both.values():
        assert exact.table  # noqa: S101 - they are grouped by it
        yield Listed(
            exact,
            address(exact.name),
            exact.table.count(dataset),
            address(guarded.name),
        )


def _file(request: HttpRequest, dataset: Dataset | None, name: str) -> HttpResponse:
    """One file, or all of them, written while it is sent; a HEAD writes nothing."""
    dataset = _found(dataset)
    file = file_named(name)
    if file is None and name != PACKAGE:
        raise Http404
    headers = {
        "Content-Type": file.media_type if file else ZIP,
        "Content-Disposition": f'attachment; filename="{dataset.name}-{name}"',
        "X-Robots-Tag": "noindex",
    }
    if request.method == "HEAD":
        return StreamingHttpResponse(headers=headers)
    if not consume(request, **(ONE_FILE if file else ALL_FILES)):
        sentence = _("Too many downloads from here: please try again in an hour.")
        return later(sentence, status=429, seconds=3600)
    chunks = in_turn(file.chunks(dataset) if file else package(dataset))
    if chunks is None:
        return busy()
    return StreamingHttpResponse(chunks, headers=headers)
