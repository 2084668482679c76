"""A page costs the same number of queries for one row and for fifty."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.enums import Writing
from register.models import Draft
from tests.consultation.test_long_discussions import argue
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ProposalFactory,
    ReceivedTotalFactory,
    SectionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def count(client: Client):
    def count_queries(address: str) -> int:
        client.get(address)  # fills what Wagtail and Django keep between requests
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count_queries


def test_a_debate_costs_the_same_for_one_and_for_fifty_proposals(count, page):
    section = SectionFactory(debate=page.debate)

    def add(how_many: int) -> None:
        ProposalFactory.create_batch(
            how_many,
            debate=page.debate,
            section=section,
            themes=["Eau", "Rues"],
            institutional=True,
        )

    add(1)
    for_one = count(page.url)
    add(49)

    assert count(page.url) == for_one
    assert for_one < 25


def test_a_proposal_costs_the_same_for_one_and_for_fifty_arguments(count, page):
    proposal = ProposalFactory(debate=page.debate, themes=["Eau"])
    address = f"/propositions/{proposal.pk}/"
    AppendixFactory(proposal=proposal)
    ReceivedTotalFactory(contribution=proposal)

    def add(how_many: int) -> None:
        for _ in range(how_many):
            argument = ArgumentFactory(hangs_on=proposal, institutional=True)
            ArgumentFactory(hangs_on=proposal, against=True)
            SourceFactory(hangs_on=argument)
            SourceFactory(hangs_on=proposal, institutional=True)

    add(1)
    for_one = count(address)
    add(49)

    assert count(address) == for_one
    assert for_one < 25


def test_home_costs_the_same_for_one_and_for_many_contributions(count, page):
    ProposalFactory(debate=page.debate)
    for_one = count("/")

    ProposalFactory.create_batch(49, debate=page.debate)

    assert count("/") == for_one


def test_a_proposal_costs_the_same_for_one_and_for_a_thousand_arguments(count, page):
    proposal = ProposalFactory(debate=page.debate, themes=["Eau"])
    address = f"/propositions/{proposal.pk}/"
    ArgumentFactory(hangs_on=proposal, support_count=2)
    for_one = count(address)

    argue(proposal, 1_000)

    assert count(address) == for_one


def test_a_permalink_costs_the_same_wherever_it_leads(client, page):
    proposal = ProposalFactory(debate=page.debate)
    first, last = ArgumentFactory(hangs_on=proposal), argue(proposal, 300)[-1]

    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/contributions/{number}").status_code == 302
        return len(captured)

    assert queries(first.pk) == queries(last.pk) < 18


def test_my_drafts_cost_the_same_for_one_and_for_twenty_of_each(
    client, count, page, participant
):
    proposal = ProposalFactory(debate=page.debate)
    client.force_login(participant)

    def add(how_many: int) -> None:
        targets = {Writing.PROPOSE: page.debate.pk, Writing.ARGUE: proposal.pk}
        for writing, target in targets.items():
            Draft.objects.bulk_create(
                Draft(
                    key=uuid4(),
                    owner=participant,
                    writing=writing,
                    target=target,
                    fields={"text": "Une idée"},
                    saved_at=proposal.submitted_at,
                )
                for _ in range(how_many)
            )
        for factory in (ArgumentFactory, SourceFactory):
            factory.create_batch(
                how_many, hangs_on=proposal, author=participant, waiting=True
            )

    address = reverse("consultation:drafts")
    add(2)
    for_few = count(address)
    add(8)

    assert count(address) == for_few
    assert for_few < 15
