"""What somebody does to make an account, and what comes by mail."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts.actions import vouch_for_address
from accounts.models import User
from tests.factories import PASSWORD, UserFactory

CODE = re.compile(r"^    ([A-Z]{4}-[A-Z]{4})$", re.M)
NEW_PASSWORD = "une phrase de passe à moi"
TYPED = {
    "email": "nina@exemple.fr",
    "display_name": "Nina Duval",
    "password1": NEW_PASSWORD,
    "accepted": "on",
}

Send = Callable[..., HttpResponse]


def document(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def fields_of(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of the page's main form."""
    hidden = document(response).select("main form.form input[type=hidden]")
    return {each["name"]: each.get("value", "") for each in hidden}


@contextmanager
def the_code() -> Iterator[list[str]]:
    """The code of the only mail that is sent meanwhile."""
    sent, found = len(mail.outbox), []
    yield found
    assert len(mail.outbox) == sent + 1
    found.append(CODE.search(mail.outbox[-1].body).group(1))


@pytest.fixture
def sign_up(client: Client) -> Send:
    """Open the page, fill in the form, send it: `sign_up(email="…")`."""

    def open_fill_send(address: str = "/accounts/signup/", **typed: str):
        page = client.get(address)
        return client.post(address, fields_of(page) | TYPED | typed)

    return open_fill_send


@pytest.fixture
def confirmed(db: None) -> User:
    """Somebody whose address is confirmed, with the password of the tests."""
    user = UserFactory(email="camille@exemple.fr", display_name="Camille")
    vouch_for_address(user=user)
    return user


@pytest.fixture
def log_in(client: Client) -> Send:
    """By the page: `log_in(user)`, or with another password."""

    def open_fill_send(user: User, password: str = PASSWORD, **typed: str):
        typed = {"login": user.email, "password": password} | typed
        return client.post("/accounts/login/", typed)

    return open_fill_send
