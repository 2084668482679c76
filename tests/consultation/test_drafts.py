"""What is typed and not posted is kept for its author, and given back where it was."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from consultation.actions import present_debate
from consultation.models import DebatePage
from register.models import Draft
from tests.factories import DebateFactory, ProposalFactory

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


def test_many_drafts_are_read_twenty_at_a_time_the_latest_first(logged_in, proposal):
    for n in range(45):
        keep(logged_in, proposal, text=f"Idée {n}")
    where = reverse("consultation:drafts")

    first = BeautifulSoup(logged_in.get(where).content, "html.parser")
    second = follow(logged_in, where, first, "next")
    third = follow(logged_in, where, second, "next")
    back = follow(logged_in, where, third, "prev")

    ideas = [f"Idée {n}" for n in reversed(range(45))]
    assert listed(first) + listed(second) + listed(third) == ideas
    assert listed(back) == listed(second)
    assert third.find("a", rel="next") is None


def test_a_page_of_drafts_stays_where_it_is_when_one_is_thrown_away(
    logged_in, proposal
):
    for n in range(22):
        keep(logged_in, proposal, text=f"Idée {n}")
    where = reverse("consultation:drafts")
    first = BeautifulSoup(logged_in.get(where).content, "html.parser")
    second = where + first.find("a", rel="next")["href"]

    answer = logged_in.post(second, {"key": Draft.objects.earliest("saved_at").key})

    assert answer.url == second
    page = BeautifulSoup(logged_in.get(second).content, "html.parser")
    assert listed(page) == ["Idée 1"]


def test_a_page_of_drafts_that_went_on_from_one_that_is_gone_is_the_first_one(
    logged_in, stranger, proposal
):
    keep(logged_in, proposal, text="Une idée")
    Draft.objects.create(
        key=uuid4(),
        owner=stranger,
        writing="argue",
        target=proposal.pk,
        saved_at=proposal.submitted_at,
    )
    where = reverse("consultation:drafts")

    for gone in (uuid4(), Draft.objects.get(owner=stranger).key, "x", "2"):
        assert logged_in.get(f"{where}?after={gone}").url == where


def test_a_draft_whose_debate_was_deleted_is_still_read(logged_in, participant):
    debate = DebateFactory()
    where = reverse("consultation:keep-propose", args=(debate.pk,))
    present_debate(debate=debate)
    logged_in.post(where, {"key": str(uuid4()), "title": "Semer des tournesols"})
    DebatePage.objects.all().delete()
    debate.delete()

    page = logged_in.get(reverse("consultation:drafts")).content.decode()

    assert "Semer des tournesols" in page


def listed(page):
    return [each.get_text(strip=True) for each in page.select(".rows .prose")]


def follow(client, where, page, rel):
    link = page.find("a", rel=rel)
    return BeautifulSoup(client.get(where + link["href"]).content, "html.parser")


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
