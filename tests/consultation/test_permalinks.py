"""A number, once public, answers for ever."""

from datetime import timedelta

import pytest
from django.test import Client

from register.models import Contribution
from tests.consultation.conftest import Read
from tests.factories import ArgumentFactory, ProposalFactory, SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESSES = ["/contributions/{}", "/contributions/{}/", "/contributions/000{}"]


def proposal() -> Contribution:
    return ProposalFactory()


def argument() -> Contribution:
    return ArgumentFactory()


def source_of_a_proposal() -> Contribution:
    return SourceFactory()


def source_of_an_argument() -> Contribution:
    return SourceFactory(hangs_on=ArgumentFactory())


def withdrawn_argument() -> Contribution:
    return ArgumentFactory(withdrawn=True)


def source_of_a_withdrawn_argument() -> Contribution:
    return SourceFactory(hangs_on=ArgumentFactory(withdrawn=True))


def argument_under_a_withdrawn_proposal() -> Contribution:
    return ArgumentFactory(hangs_on__withdrawn=True)


KINDS = [
    proposal,
    argument,
    source_of_a_proposal,
    source_of_an_argument,
    withdrawn_argument,
    source_of_a_withdrawn_argument,
    argument_under_a_withdrawn_proposal,
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_number_leads_to_its_place(client: Client, read: Read, kind, address):
    row = kind()

    response = client.get(address.format(row.pk))
    place, _, anchor = response["Location"].partition("#")

    assert response.status_code == 302
    document = read(place)
    here = document.find(id=anchor or f"contribution-{row.pk}")
    assert f"#{row.pk}" in here.get_text()
    link = here.find("a", href=f"/contributions/{row.pk}")
    assert link.get_text() == f"#{row.pk}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_of_the_page_stands_once(client: Client, read: Read, kind):
    row = kind()

    document = read(client.get(f"/contributions/{row.pk}")["Location"])

    ids = [tag["id"] for tag in document.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_row_knows_its_own_address():
    row = ArgumentFactory()

    assert row.get_absolute_url() == f"/contributions/{row.pk}"


@pytest.mark.parametrize(
    "number",
    ["0", "1", "999999", "9" * 18, "9" * 19, "9" * 400, "-1", "x", "1.5", "1e3", "%00"],
)
@pytest.mark.parametrize("address", ["/contributions/{}", "/contributions/{}/"])
def test_a_number_nobody_had_is_not_found(client: Client, address, number):
    response = client.get(address.format(number), follow=True)

    assert response.status_code == 404


def test_a_waiting_contribution_has_no_public_number_yet(read: Read):
    row = ProposalFactory(waiting=True)
    below = ArgumentFactory(waiting=True)

    for each in (row, below):
        read(f"/contributions/{each.pk}", status=404)


def test_nothing_of_a_debate_not_begun_answers(read: Read, at, open_debate):
    row = ProposalFactory(debate=open_debate)

    at(open_debate.opens_at - timedelta(microseconds=1000))

    read(f"/contributions/{row.pk}", status=404)
    at(open_debate.opens_at)
    read(f"/propositions/{row.pk}/")


def test_numbers_of_an_ended_debate_answer_ten_years_later(client, at, ended_debate):
    row = ArgumentFactory(hangs_on__debate=ended_debate)

    at(ended_debate.closes_at + timedelta(days=3650))

    assert client.get(f"/contributions/{row.pk}").status_code == 302
