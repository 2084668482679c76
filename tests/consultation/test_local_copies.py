"""Whose is the copy of what one types that a browser keeps: one account's alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db


def owner_in_form(user, address: str) -> str:
    client = Client()
    if user:
        client.force_login(user)
    document = BeautifulSoup(client.get(address).content, "html.parser")
    return document.select_one("form [data-copies]")["data-copies"]


def test_each_account_has_its_own_key_and_a_visitor_none(participant, stranger):
    address = reverse("consultation:argue", args=(ProposalFactory().pk,))

    owner = owner_in_form(participant, address)

    assert len(owner) == 20
    assert owner_in_form(participant, address) == owner
    assert owner_in_form(stranger, address) not in {owner, ""}
    assert owner_in_form(None, address) == ""


def test_the_page_that_follows_says_which_form_was_received(client, participant):
    client.force_login(participant)
    proposal = ProposalFactory()
    key = "6a2f7c1e-38a4-4f0e-9a53-0d6c2b1f7a10"
    form = {"key": key, "side": "for", "text": "Une idée"}

    address = reverse("consultation:argue", args=(proposal.pk,))
    answer = client.post(address, form, follow=True)

    document = BeautifulSoup(answer.content, "html.parser")
    assert document.select_one(".said")["data-posted"] == key
    assert any(
        "forget-copies" in each["src"] for each in document.select("script[src]")
    )


def test_logging_out_is_what_makes_the_browser_forget(client, participant):
    client.force_login(participant)

    page = client.get(reverse("account_logout"))

    document = BeautifulSoup(page.content, "html.parser")
    assert document.select_one("form[data-forgets] button")
    assert any(
        "forget-copies" in each["src"] for each in document.select("script[src]")
    )
