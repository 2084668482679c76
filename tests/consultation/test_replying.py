"""« Répondre » begins an argument with the number of what it answers."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from register.enums import Status
from register.models import Contribution, Draft
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(page):
    return ProposalFactory(debate=page.debate)


def replies(document: BeautifulSoup) -> dict[str, str]:
    return {
        each["data-reply"]: each["href"] for each in document.select("[data-reply]")
    }


def typed_in(client, address: str) -> str:
    document = BeautifulSoup(client.get(address).content, "html.parser")
    return document.find("textarea", attrs={"name": "text"}).get_text()[1:]


def test_each_item_of_an_open_page_can_be_answered(read, client, proposal):
    argument = ArgumentFactory(hangs_on=proposal)
    items = [proposal, argument, SourceFactory(hangs_on=proposal)]
    items.append(SourceFactory(hangs_on=argument))

    links = replies(read(f"/propositions/{proposal.pk}/"))

    assert links.keys() == {f"#{each.pk}" for each in items}
    for number, address in links.items():
        assert typed_in(client, address) == f"{number} "


def test_who_hears_the_link_alone_hears_what_it_answers(read, proposal):
    document = read(f"/en/propositions/{proposal.pk}/")

    link = document.select_one("[data-reply]")

    assert link.get_text() == f"Reply to #{proposal.pk}"
    assert link["href"].startswith("/en/")


def test_nothing_is_answered_once_the_debate_is_over(read, proposal, at):
    ArgumentFactory(hangs_on=proposal)
    at(proposal.debate.closes_at)

    assert replies(read(f"/propositions/{proposal.pk}/")) == {}


def test_nothing_is_answered_where_no_argument_is_accepted(read, proposal):
    ArgumentFactory(hangs_on=proposal)
    proposal.debate.accepts_arguments = False
    proposal.debate.save()

    assert replies(read(f"/propositions/{proposal.pk}/")) == {}


def test_what_was_withdrawn_is_not_answered(read, proposal):
    argument = ArgumentFactory(hangs_on=proposal)
    Contribution.objects.filter(pk=argument.pk).update(status=Status.WITHDRAWN)
    assert replies(read(f"/propositions/{proposal.pk}/")).keys() == {f"#{proposal.pk}"}

    Contribution.objects.filter(pk=proposal.pk).update(status=Status.WITHDRAWN)

    assert replies(read(f"/propositions/{proposal.pk}/")) == {}


def test_the_number_comes_after_what_one_had_begun_and_once(
    client, participant, proposal
):
    client.force_login(participant)
    begun = Draft.objects.create(
        key="6a2f7c1e-38a4-4f0e-9a53-0d6c2b1f7a10",
        owner=participant,
        writing="argue",
        target=proposal.pk,
        fields={"text": "Une idée"},
        saved_at=proposal.submitted_at,
    )
    address = reverse("consultation:argue", args=(proposal.pk,)) + "?text=%2312+"

    assert typed_in(client, address) == "Une idée\n\n#12 "
    begun.fields["text"] = "Une idée\n\n#12 et la suite"
    begun.save()

    assert typed_in(client, address) == "Une idée\n\n#12 et la suite"
