"""What the site says of itself: legal notice, personal data, accessibility, contact."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultation.head import page_head
from consultation.models import InformationPage


def information(
    request: HttpRequest, at: datetime, page: InformationPage
) -> HttpResponse:
    """One page of text, as its editor wrote it."""
    context = {"page": page, "head": page_head(page, page.body)}
    return render(request, "consultation/information.html", context)
