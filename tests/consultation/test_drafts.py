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

    assert "Une idée à finir" in document.main.get_text()
    link = document.select_one(".rows a")
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


def test_a_draft_can_be_read_whole_once_the_debate_is_over(logged_in, proposal, at):
    words = "Une longue réflexion. " * 60
    keep(logged_in, proposal, text=words)
    at(proposal.debate.closes_at)

    listed = logged_in.get(reverse("consultation:drafts")).content.decode()
    page = logged_in.get(form_of(proposal))

    assert words.strip() in listed
    assert page.status_code == 409
    assert words.strip() in page.content.decode()


def test_a_used_key_is_never_offered_again(logged_in, participant, proposal):
    key = str(uuid4())
    form = {"key": key, "side": "for", "text": "Une idée"}
    logged_in.post(form_of(proposal), form)
    Draft.objects.create(
        key=key,
        owner=participant,
        writing="argue",
        target=proposal.pk,
        fields={"text": "Une idée"},
        saved_at=proposal.submitted_at,
    )

    assert typed_in(logged_in, form_of(proposal)) == ""
