"""The receipt of a contribution: its page, its file, and what is compared with it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from consultation.addresses import address_of
from consultation.caching import public_page, site_version
from consultation.forms import ReceiptFileForm, ReceivedWordsForm
from consultation.reader import reader_of
from consultation.views.contributions import unknown
from journal.clock import database_now
from register.actions import of_its_kind
from register.enums import Finding
from register.models import Contribution, ContributionQuerySet, Receipt
from register.originals import as_received
from register.receipts import compare_file, compare_text, file_of, name_of_file

WRONG = 422
# When nothing could be compared.
STATUS: dict[Finding | None, int] = {
    Finding.NOT_COMPARED: 409,
    Finding.TOO_LARGE: 413,
    Finding.UNREADABLE: WRONG,
}


@public_page(site_version)
def receipt(request: HttpRequest, at: datetime, number: str) -> HttpResponse:
    """Number, instant, address and digest of what was received; never its words."""
    held = _held(request, int(number), at)
    return _page(request, held, at) if held else _absent(request, int(number), at)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Compare a file or a text with a receipt.

    Nothing is kept and nothing changes, so no token is asked for: the form stands on a
    page that is the same for everybody.
    """
    if request.method != "POST":
        return redirect(address_of("consultation:receipt", int(number)))
    at = database_now()
    held = _held(request, int(number), at)
    if held is None:
        return _absent(request, int(number), at)
    form = _sent(request)
    if form is None:
        return _page(request, held, at, finding=Finding.TOO_LARGE)
    finding = _finding(held, form, at) if form.is_valid() else None
    return _page(request, held, at, form=form, finding=finding)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The file, for its author alone, whatever has become of the contribution."""
    rows = Receipt.objects.select_related("contribution")
    held = get_object_or_404(rows, pk=int(number), contribution__author=request.user)
    if not held.salt:
        raise Http404
    name = name_of_file(held.pk)
    return HttpResponse(
        file_of(as_received(of_its_kind(held.pk)), held),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _shown(request: HttpRequest, number: int, at: datetime) -> ContributionQuerySet:
    """What was public once under this number, or is the reader's own."""
    rows = Contribution.objects.filter(pk=number)
    public, reader = rows.recorded().begun(at), reader_of(request)
    return public | rows.filter(author=reader) if reader else public


def _held(request: HttpRequest, number: int, at: datetime) -> Receipt | None:
    rows = Receipt.objects.filter(contribution__in=_shown(request, number, at))
    return rows.select_related("contribution").first()


def _absent(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """What came with an import has no receipt; other numbers lead nowhere."""
    if not _shown(request, number, at).exists():
        return unknown(request, number, at)
    context = {"number": number}
    return render(request, "consultation/receipt_missing.html", context, status=404)


def _sent(request: HttpRequest) -> Form | None:
    """What was sent, or None when it is too large. Nothing of it goes to the disk."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    try:
        kind = ReceivedWordsForm if "words" in request.POST else ReceiptFileForm
    except RequestDataTooBig:
        return None
    # Of a larger request, what is a file was read and dropped.
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        return None
    return kind(request.POST, request.FILES)


def _finding(held: Receipt, form: Form, at: datetime) -> Finding:
    if isinstance(form, ReceiptFileForm):
        return compare_file(held, form.cleaned_data["file"].read())
    if not _is_readable(held, at):
        return Finding.NOT_COMPARED
    return compare_text(held, of_its_kind(held.pk), form.cleaned_data["words"])


def _is_readable(held: Receipt, at: datetime) -> bool:
    """Whether anybody can read its words, so that a text can be compared with them."""
    public = Contribution.objects.visible().begun(at)
    return bool(held.salt) and public.filter(pk=held.pk).exists()


def _page(
    request: HttpRequest,
    held: Receipt,
    at: datetime,
    *,
    form: Form | None = None,
    finding: Finding | None = None,
) -> HttpResponse:
    row, reader = held.contribution, reader_of(request)
    is_readable = _is_readable(held, at)
    kinds = [ReceiptFileForm, ReceivedWordsForm][: 1 + is_readable]
    context: dict[str, Any] = {
        "receipt": held,
        "contribution": row,
        "is_readable": is_readable,
        "is_mine": reader is not None and row.author_id == reader.pk,
        "forms": [form if isinstance(form, kind) else kind() for kind in kinds],
        "finding": finding,
    }
    status = STATUS.get(finding, WRONG if form and not finding else 200)
    return render(request, "consultation/receipt.html", context, status=status)
