"""Pages to open, and how they are read."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.models import User
from consultation.models import DebatePage
from exchange.counters import recount
from journal.actions import record
from journal.enums import Act
from register.models import Contribution, Debate
from tests.consultation.pages import page_of

Read = Callable[..., BeautifulSoup]


@pytest.fixture
def read(client: Client) -> Read:
    """Open an address as a visitor does: `read("/", status=200)` is its document."""

    def open_address(address: str, *, status: int = 200) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == status, address
        return BeautifulSoup(response.content, "html.parser")

    return open_address


@pytest.fixture
def page(open_debate: Debate) -> DebatePage:
    """The French page of the open debate; its English alias stands under /en/."""
    return page_of(open_debate)


def follow_up(*rows: Contribution) -> None:
    """Do to rows that a test wrote itself what the act would have done to them."""
    numbers = [row.pk for row in rows]
    recount({*numbers, *(row.hangs_on_id for row in rows if row.hangs_on_id)})
    with transaction.atomic():
        record(act=Act.CONTRIBUTIONS_IMPORTED, numbers=numbers)


@pytest.fixture
def publish(db: None) -> Callable[..., None]:
    return follow_up


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    """The organiser, with every right, logged in to an admin that speaks English."""
    UserProfile.objects.create(user=organiser, preferred_language="en")
    client.force_login(organiser)
    return client


@pytest.fixture
def send(client: Client) -> Callable[..., HttpResponse]:
    """Fill in the form at an address and send it: what a person does in the admin.

    Every field that the form offers is sent as it stands, `typed` put over it; a name
    that the form does not offer is what somebody forged.
    """

    def open_fill_send(
        address: str, form_sent_to: str = "", **typed: str
    ) -> HttpResponse:
        document = BeautifulSoup(client.get(address).content, "html.parser")
        forms = document.select('form[method="post" i]')
        form = max(forms, key=lambda each: len(each.find_all(attrs={"name": True})))
        return client.post(form_sent_to or address, _fields(form) | typed, follow=True)

    return open_fill_send


def _fields(form: Tag) -> dict[str, str]:
    fields = {}
    for field in form.find_all(["input", "textarea", "select"], attrs={"name": True}):
        if field.name == "select":
            chosen = field.find("option", selected=True)
            fields[field["name"]] = chosen.get("value") if chosen else None
        elif field.name == "textarea":
            fields[field["name"]] = field.get_text().removeprefix("\n")
        elif field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                fields[field["name"]] = field.get("value", "on")
        elif field.get("type") not in {"submit", "file"}:
            fields[field["name"]] = field.get("value", "")
    return {name: value for name, value in fields.items() if value is not None}
