"""What is typed and not posted is kept for its author, and given back where it was."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from register.models import Draft
from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


@pytest.fixture
def proposal():
    return ProposalFactory()


def form_of(proposal):
    return reverse("consultation:argue", args=(proposal.pk,))


def keep(client, proposal, **fields):
    where = reverse("consultation:keep-argue", args=(proposal.pk,))
    return client.post(where, {"key": str(uuid4()), "side": "for", **fields})


def typed_in(client, address):
    document = BeautifulSoup(client.get(address).content, "html.parser")
    return document.find("textarea", attrs={"name": "text"}).get_text().strip()


def test_what_was_kept_while_writing_is_in_the_form_the_next_time(logged_in, proposal):
    answer = keep(logged_in, proposal, text="Une idée à finir")

    assert "said" in answer.json()
    assert typed_in(logged_in, form_of(proposal)) == "Une idée à finir"


def test_a_draft_kept_again_is_one_draft(logged_in, proposal):
    key = str(uuid4())

    for text in ("Une", "Une idée"):
        keep(logged_in, proposal, key=key, text=text)

    assert Draft.objects.get().fields["text"] == "Une idée"


def test_posting_it_removes_the_draft_and_it_does_not_come_back(logged_in, proposal):
    key = str(uuid4())
    keep(logged_in, proposal, key=key, text="Une idée")
    logged_in.post(form_of(proposal), {"key": key, "side": "for", "text": "Une idée"})
    assert not Draft.objects.exists()

    late = keep(logged_in, proposal, key=key, text="Une idée")

    assert late.status_code == 409
    assert not Draft.objects.exists()


def test_nobody_reads_overwrites_or_throws_away_anothers_draft(
    logged_in, stranger, proposal
):
    key = str(uuid4())
    keep(logged_in, proposal, key=key, text="Secret")
    other = Client()
    other.force_login(stranger)

    assert keep(other, proposal, key=key, text="Vol").status_code == 409
    assert typed_in(other, f"{form_of(proposal)}?draft={key}") == ""
    other.post(reverse("consultation:drafts"), {"key": key})
    assert Draft.objects.get().fields["text"] == "Secret"


def test_a_visitor_keeps_nothing_on_the_server(client, proposal):
    assert keep(client, proposal, text="Une idée").status_code == 401
    assert not Draft.objects.exists()


def test_my_drafts_lead_to_their_forms_and_can_be_thrown_away(logged_in, proposal):
    keep(logged_in, proposal, text="Une idée à finir")
    where = reverse("consultation:drafts")
    document = BeautifulSoup(logged_in.get(where).content, "html.parser")

    link = document.find("a", string="Une idée à finir")
    assert typed_in(logged_in, link["href"]) == "Une idée à finir"
    logged_in.post(where, {"key": Draft.objects.get().key})

    assert not Draft.objects.exists()


def test_a_page_opened_too_long_ago_gives_the_text_back(participant, proposal):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(participant)

    answer = strict.post(form_of(proposal), {"side": "for", "text": "Longue réflexion"})

    assert answer.status_code == 403
    document = BeautifulSoup(answer.content, "html.parser")
    assert document.find("textarea").get_text().strip() == "Longue réflexion"
    assert document.find("input", attrs={"name": "csrfmiddlewaretoken"})


def test_what_was_begun_for_a_proposal_stays_out_of_the_form_against_it(
    logged_in, proposal
):
    keep(logged_in, proposal, text="Je suis pour", side="for")

    assert typed_in(logged_in, f"{form_of(proposal)}?side=against") == ""
    assert typed_in(logged_in, f"{form_of(proposal)}?side=for") == "Je suis pour"
