"""What was typed on the way to an account is shown where its code is asked for."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from register.enums import Status
from register.models import Contribution
from tests.factories import DebateFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 13, 32, 7, tzinfo=UTC)
EMAIL = "nadia@exemple.fr"
PASSWORD = "une phrase assez longue"
WORDS = "Avant tout le monde."


@pytest.fixture
def proposal(at):
    at(AT)
    debate = DebateFactory(
        opens_at=AT - timedelta(days=1), closes_at=AT + timedelta(days=1)
    )
    return ProposalFactory(debate=debate)


def argue(client, proposal, **fields):
    where = reverse("consultation:argue", args=(proposal.pk,))
    client.post(where, {"key": str(uuid4()), "side": "for", "text": WORDS} | fields)


def sign_up(client, email=EMAIL):
    """What the page shows that asks for the mailed code."""
    where = reverse("account_signup")
    form = BeautifulSoup(client.get(where).content, "html.parser")
    typed = {
        "email": email,
        "display_name": "Nadia",
        "password1": PASSWORD,
        "accepted": "on",
        "shown": form.select_one("[name=shown]")["value"],
    }
    return shown(client.post(where, typed, follow=True))


def shown(response):
    return BeautifulSoup(response.content, "html.parser").main


def test_it_shows_the_words_the_instant_and_until_when(client, proposal):
    argue(client, proposal)

    page = sign_up(client)

    row = Contribution.objects.get(kind="argument")
    assert (row.status, row.submitted_at) == (Status.WAITING, AT)
    assert page.find("blockquote").get_text(strip=True) == WORDS
    assert "14:32:07" in page.find("section").h2.get_text()
    until = proposal.debate.closes_at + timedelta(hours=24)
    assert datetime.fromisoformat(page.find("time")["datetime"]) == until


def test_nothing_is_shown_to_who_typed_nothing(client, proposal):
    assert sign_up(client).find("blockquote") is None


def test_once_the_time_to_confirm_has_passed_it_says_so(client, proposal, at):
    argue(client, proposal)
    sign_up(client)
    at(proposal.debate.confirmed_until)

    page = shown(client.get(reverse("account_email_verification_sent")))

    assert page.find("blockquote").get_text(strip=True) == WORDS
    assert page.find("time") is None


def test_who_merely_knows_the_address_sees_nothing(client, proposal):
    argue(client, proposal)
    sign_up(client)
    other = Client()

    page = sign_up(other)

    assert page.find(string=re.compile(EMAIL))
    assert page.find("blockquote") is None


def test_the_same_session_sees_it_again_after_logging_in(client, proposal):
    argue(client, proposal)
    sign_up(client)

    typed = {"login": EMAIL, "password": PASSWORD}
    page = shown(client.post(reverse("account_login"), typed, follow=True))

    assert page.find("blockquote").get_text(strip=True) == WORDS


def test_it_is_not_shown_for_another_address(client, proposal):
    argue(client, proposal)
    sign_up(client)
    client.post(reverse("account_logout"))

    assert sign_up(client, "paul@exemple.fr").find("blockquote") is None


@pytest.mark.parametrize("fields", [{}, {"text": "x" * 900}, {"membership": "1"}])
def test_a_known_address_gets_the_same_page_as_an_unknown_one(proposal, fields):
    UserFactory(email="connue@exemple.fr", confirmed=True)
    pages = []

    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        client = Client()
        argue(client, proposal, **fields)
        page = str(sign_up(client, email)).replace(email, "?")
        pages.append(re.sub(r'name="csrfmiddlewaretoken"[^>]+', "", page))

    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_what_was_typed_after_the_end_is_shown_to_nobody_as_received(proposal, at):
    UserFactory(email="connue@exemple.fr", confirmed=True)
    at(proposal.debate.closes_at)

    for email in ("connue@exemple.fr", "inconnue@exemple.fr"):
        client = Client()
        argue(client, proposal)

        assert sign_up(client, email).find("blockquote") is None


def test_who_signs_up_once_more_has_what_they_typed_since_received_too(
    client, proposal
):
    argue(client, proposal)
    sign_up(client)
    elsewhere = Client()
    argue(elsewhere, proposal, text="Et encore ceci.")

    page = sign_up(elsewhere)

    rows = Contribution.objects.filter(kind="argument")
    assert [row.status for row in rows] == [Status.WAITING] * 2
    assert page.find("blockquote").get_text(strip=True) == "Et encore ceci."
