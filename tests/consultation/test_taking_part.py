"""Posting, voting and supporting by forms, without a script."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.urls import reverse

from arguments.enums import Side
from arguments.models import Argument, ArgumentSupport, Source, SourceCategory
from exchange.counters import recount
from proposals.models import Proposal, Vote
from register.enums import Status
from register.models import Contribution, Draft
from tests.factories import ArgumentFactory, ProposalFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


def address(name, number):
    return reverse(f"consultation:{name}", args=(number,))


def typed(**fields):
    return {"key": str(uuid4()), **fields}


def argument(**fields):
    return typed(**{"side": "for", "text": "Les familles viendraient."} | fields)


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def test_an_argument_is_posted_and_led_to_where_it_stands(logged_in, participant):
    proposal = ProposalFactory()

    response = logged_in.post(address("argue", proposal.pk), argument(title="Venir"))

    row = Argument.objects.get()
    assert (response.status_code, response.url) == (303, f"/contributions/{row.pk}")
    assert (row.author, row.title, row.side) == (participant, "Venir", Side.FOR)
    page = logged_in.get(response.url, follow=True)
    assert f"contribution-{row.pk}" in page.content.decode()


def test_a_proposal_is_seen_before_it_is_published(logged_in, page):
    section = SectionFactory(debate=page.debate)
    where = reverse("consultation:propose", args=(page.debate.slug,))
    fields = typed(
        section=section.pk,
        title="Ouvrir",
        text="Le **dimanche**\n\n- matin\n- soir",
        themes="lecture, famille",
    )

    seen = logged_in.post(where, fields | {"preview": "1"})
    assert not Proposal.objects.exists()
    response = logged_in.post(where, fields)

    assert "<strong>dimanche</strong>" in seen.content.decode()
    row = Proposal.objects.get()
    assert response.url == f"/contributions/{row.pk}"
    assert row.text.startswith("<p>Le <strong>dimanche</strong></p>")
    assert sorted(each.name for each in row.themes.all()) == ["famille", "lecture"]
    assert row.section == section


def test_a_source_is_added_to_a_proposal_and_to_an_argument(logged_in):
    row = ArgumentFactory()
    fields = {
        "category": SourceCategory.objects.first().pk,
        "title": "Rapport",
        "link": "www.senat.fr/rapport",
    }

    for number in (row.pk, row.hangs_on_id):
        logged_in.post(address("source", number), typed(**fields))

    assert {each.hangs_on_id for each in Source.objects.all()} == {
        row.pk,
        row.hangs_on_id,
    }
    assert {each.link for each in Source.objects.all()} == {
        "https://www.senat.fr/rapport"
    }


def test_a_vote_is_cast_changed_and_taken_back(logged_in, participant):
    proposal = ProposalFactory()
    where = address("vote", proposal.pk)

    for choice, left in [("agree", 1), ("mixed", 1), ("none", 0)]:
        response = logged_in.post(where, typed(choice=choice))

        assert response.status_code == 303
        assert Vote.objects.count() == left


def test_the_vote_one_gave_is_the_one_that_is_chosen(logged_in):
    proposal = ProposalFactory()
    where = address("vote", proposal.pk)
    logged_in.post(where, typed(choice="mixed"))

    chosen = document(logged_in.get(where)).select("input[type=radio][checked]")

    assert [each["value"] for each in chosen] == ["mixed"]


def test_an_argument_is_supported_and_no_longer(logged_in):
    row = ArgumentFactory()

    for choice, left in [("yes", 1), ("no", 0)]:
        logged_in.post(address("support", row.pk), typed(support=choice))

        assert ArgumentSupport.objects.count() == left


def test_ones_own_words_are_withdrawn_after_a_question(logged_in, participant):
    row = ArgumentFactory(author=participant)
    recount([row.hangs_on_id])
    where = address("withdraw", row.pk)

    assert logged_in.get(where).status_code == 200
    assert Contribution.objects.get(pk=row.pk).status == Status.PUBLISHED
    response = logged_in.post(where)

    assert response.status_code == 303
    assert Contribution.objects.get(pk=row.pk).status == Status.WITHDRAWN


def test_nobody_is_asked_to_withdraw_the_words_of_another(logged_in):
    row = ArgumentFactory()

    assert logged_in.post(address("withdraw", row.pk)).status_code == 404
    assert Contribution.objects.get(pk=row.pk).status == Status.PUBLISHED


# What is refused gives the text back.


def given_back(response):
    return document(response).find("textarea", attrs={"name": "text"}).string.strip()


@pytest.mark.parametrize(
    ("text", "status"), [("x", 422), ("x" * 2001, 422), ("é\r\n" * 667, 303)]
)
def test_lengths_are_counted_as_the_text_is_kept(logged_in, text, status):
    response = logged_in.post(
        address("argue", ProposalFactory().pk), argument(text=text)
    )

    assert response.status_code == status
    if status == 422:
        assert given_back(response) == text
        assert not Argument.objects.exists()


def test_from_the_end_on_the_text_comes_back_with_the_instant(logged_in, at):
    proposal = ProposalFactory()
    at(proposal.debate.closes_at)

    response = logged_in.post(address("argue", proposal.pk), argument(text="Trop tard"))

    assert response.status_code == 409
    assert given_back(response) == "Trop tard"
    assert document(response).find("time") is not None
    assert not Argument.objects.exists()
    assert Draft.objects.count() == 1


def test_past_the_limit_the_text_comes_back_and_is_a_draft(logged_in):
    proposal = ProposalFactory(debate__hourly_limit=1)
    where = address("argue", proposal.pk)
    logged_in.post(where, argument())

    response = logged_in.post(where, argument(text="Encore une raison."))

    assert response.status_code == 429
    assert given_back(response) == "Encore une raison."
    assert Draft.objects.get().fields["text"] == "Encore une raison."


def test_under_what_was_hidden_meanwhile_the_text_comes_back(logged_in):
    proposal = ProposalFactory(hidden=True)

    response = logged_in.post(address("argue", proposal.pk), argument())

    assert response.status_code == 404
    assert given_back(response) == "Les familles viendraient."
    assert proposal.title not in response.content.decode()


def test_a_form_sent_twice_leads_twice_to_what_it_posted(logged_in):
    proposal, fields = ProposalFactory(), argument()

    places = {
        logged_in.post(address("argue", proposal.pk), fields).url for _ in range(2)
    }

    assert len(places) == Argument.objects.count() == 1


def test_a_member_chooses_in_whose_name(client, representative):
    client.force_login(representative)
    proposal, member = ProposalFactory(), representative.memberships.get()

    client.post(
        address("argue", proposal.pk), argument(membership=member.pk, text="Pour nous")
    )
    client.post(address("argue", proposal.pk), argument(text="Pour moi"))

    signed = dict(Argument.objects.values_list("text", "institution"))
    assert signed == {"Pour nous": member.institution_id, "Pour moi": None}


def test_nobody_speaks_by_the_membership_of_another(logged_in, representative):
    member = representative.memberships.get()

    response = logged_in.post(
        address("argue", ProposalFactory().pk), argument(membership=member.pk)
    )

    assert response.status_code == 422
    assert not Argument.objects.exists()


# Before there is an account.


def test_a_visitor_may_type_before_logging_in_and_loses_nothing(client):
    proposal = ProposalFactory()
    fields = argument()

    response = client.post(address("argue", proposal.pk), fields)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert not Argument.objects.exists()
    draft = Draft.objects.get()
    assert (draft.owner, draft.fields["text"]) == (None, fields["text"])


def test_the_page_of_an_act_is_kept_by_no_cache(client):
    response = client.get(address("argue", ProposalFactory().pk))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["argue", "vote", "source"])
def test_the_page_of_an_act_on_nothing_is_not_found(client, name):
    assert client.get(address(name, 424242)).status_code == 404


def test_an_open_page_offers_what_the_debate_accepts(client, page):
    proposal = ProposalFactory(debate=page.debate)

    html = client.get(address("proposal", proposal.pk)).content.decode()

    for name in ("argue", "source", "vote"):
        assert address(name, proposal.pk) in html


def test_a_page_that_is_over_offers_nothing(client, ended_debate):
    proposal = ProposalFactory(debate=ended_debate)

    html = client.get(address("proposal", proposal.pk)).content.decode()

    for name in ("argue", "source", "vote"):
        assert address(name, proposal.pk) not in html


def test_other_words_under_a_used_key_come_back_under_a_new_one(logged_in):
    proposal, fields = ProposalFactory(), argument(text="Premier argument")
    where = address("argue", proposal.pk)
    logged_in.post(where, fields)

    response = logged_in.post(where, fields | {"text": "Tout autre", "side": "against"})

    assert response.status_code == 409
    assert given_back(response) == "Tout autre"
    key = document(response).find("input", attrs={"name": "key"})["value"]
    assert key != fields["key"]
    again = logged_in.post(where, fields | {"text": "Tout autre", "key": key})
    assert again.status_code == 303
    assert Argument.objects.count() == 2


def test_who_may_no_longer_speak_for_an_institution_is_told_so(client, representative):
    client.force_login(representative)
    member = representative.memberships.get()
    key = member.pk
    member.delete()

    response = client.post(
        address("argue", ProposalFactory().pk), argument(membership=key)
    )

    assert response.status_code == 422
    assert not Argument.objects.exists()


def test_a_fault_of_the_database_loses_no_text(logged_in, monkeypatch):
    proposal = ProposalFactory()

    def fail(*args, **kwargs):
        raise OperationalError("deadlock detected")

    monkeypatch.setattr("register.actions.posting.give_receipt", fail)
    response = logged_in.post(address("argue", proposal.pk), argument(text="Gardé"))

    assert response.status_code == 503
    assert given_back(response) == "Gardé"
    assert Draft.objects.get().fields["text"] == "Gardé"
    assert not Argument.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["*a " * 250 + "b* " * 250, "a\n" * 19_000, "[*" * 9_000, "~~a " * 9_000],
    ids=["nested", "lines", "brackets", "tildes"],
)
def test_a_text_made_to_keep_the_site_busy_is_given_back(logged_in, page, text):
    where = reverse("consultation:propose", args=(page.debate.slug,))

    response = logged_in.post(where, typed(title="Piège", text=text))

    assert response.status_code == 422
    assert given_back(response) == text.strip()


def test_a_link_that_grows_too_long_is_refused(logged_in):
    fields = {
        "category": SourceCategory.objects.first().pk,
        "title": "Rapport",
        "link": "exemple.fr/" + "a" * 1985,
    }

    response = logged_in.post(address("source", ProposalFactory().pk), typed(**fields))

    assert response.status_code == 422
