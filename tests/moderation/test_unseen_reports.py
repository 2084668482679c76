"""A report changes nothing that the public can see, not even that a page changed."""

import pytest
from django.test import Client

from moderation.actions import report_contribution
from register.models import Contribution, Ground
from tests.exchange.commands import export
from tests.factories import ArgumentFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(page):
    row = ArgumentFactory(hangs_on=ProposalFactory(debate=page.debate))
    act_on(row.hangs_on, row)
    return row


def report(person, row, text="Un secret bien gardé."):
    ground = Ground.objects.get(slug="hatred")
    report_contribution(reporter=person, contribution=row, ground=ground, text=text)


@pytest.mark.parametrize("name", ["home", "debate", "feed", "proposal"])
def test_a_kept_page_is_still_the_same_one(
    client: Client, page, row, participant, name
):
    address = {
        "home": "/",
        "debate": page.url,
        "feed": f"/debats/{page.debate.slug}/atom.xml",
        "proposal": f"/propositions/{row.hangs_on_id}/",
    }[name]
    kept = client.get(address)

    report(participant, row)

    held = {"If-None-Match": kept["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    assert client.get(address).content == kept.content
    act_on(row)
    assert client.get(address, headers=held).status_code == 200


def test_the_register_holds_what_it_held(row, participant):
    before, record = list(Contribution.objects.order_by("pk").values()), export()

    report(participant, row)

    assert list(Contribution.objects.order_by("pk").values()) == before
    assert export() == record
    assert "secret" not in record.decode()
