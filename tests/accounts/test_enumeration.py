"""Nobody learns from a page whether an address has an account."""

import re

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.test import Client

from tests.accounts.conftest import TYPED, fields_of
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "inconnu@exemple.fr"
# What differs between two visits of anybody: the token of the form.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def seen_by(address: str, typed: dict[str, str], email: str) -> tuple[object, ...]:
    """What a visitor gets for one address: where it leads, and every page of it."""
    client, sent = Client(), len(mail.outbox)
    hidden = fields_of(client.get(address))
    answer = client.post(address, hidden | typed)
    pages = [client.get(answer.url), client.post(answer.url, {"code": "AAAA-AAAA"})]
    again = client.post(answer.url, {"action": "resend"})
    contents = [
        TOKEN.sub(b"", page.content).replace(email.encode(), b"?") for page in pages
    ]
    mails = [message.to for message in mail.outbox[sent : sent + 1]] == [[email]]
    return answer.status_code, answer.url, contents, again.status_code, mails


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/accounts/signup/", "email"),
        ("/accounts/password/reset/", "email"),
        ("/accounts/login/code/", "email"),
    ],
)
def test_a_known_address_and_an_unknown_one_get_the_same_pages(
    confirmed, prefix, address, field
):
    typed = TYPED if "signup" in address else {}

    known = seen_by(prefix + address, typed | {field: confirmed.email}, confirmed.email)
    unknown = seen_by(prefix + address, typed | {field: UNKNOWN}, UNKNOWN)

    assert known == unknown
    assert known[-1] is True


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(client, confirmed):
    def page(email: str) -> bytes:
        answer = client.post(
            "/accounts/login/", {"login": email, "password": "rien de tel"}
        )
        content = TOKEN.sub(b"", answer.content)
        return content.replace(email.encode(), b"?")

    assert page(confirmed.email) == page(UNKNOWN)


@pytest.mark.parametrize(
    "email", ["camille@exemple.fr", "sans-code@exemple.fr", UNKNOWN]
)
def test_a_sign_up_hashes_one_password_whether_the_address_is_known_or_not(
    confirmed, sign_up, monkeypatch, email
):
    UserFactory(email="sans-code@exemple.fr")
    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def count(self, password, salt, *args):
        hashed.append(password)
        return encode(self, password, salt, *args)

    monkeypatch.setattr(hasher, "encode", count)
    sign_up(email=email)

    assert hashed == [TYPED["password1"]]


def test_who_signs_up_again_keeps_the_account_as_it_was(client, confirmed, sign_up):
    sign_up(email=confirmed.email, display_name="Quelqu’un d’autre")

    confirmed.refresh_from_db()
    assert confirmed.display_name == "Camille"
    assert confirmed.check_password(PASSWORD)
    assert "/accounts/login/code/" in mail.outbox[-1].body
