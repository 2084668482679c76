"""What fills in the field that people do not see is held, and its author is told so."""

from uuid import uuid4

import pytest
from django.urls import reverse

from register.enums import Status
from register.models import Contribution
from tests.factories import DebateFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(db):
    return ProposalFactory(debate=DebateFactory())


def argue(client, proposal, **more):
    fields = {"key": str(uuid4()), "side": "for", "text": "Rempli par un programme."}
    address = reverse("consultation:argue", args=(proposal.pk,))
    return client.post(address, fields | more, follow=True)


def test_its_author_is_led_to_what_waits_and_told_who_will_read_it(client, proposal):
    client.force_login(UserFactory(confirmed=True))

    page = argue(client, proposal, website="https://exemple.fr").content.decode()

    row = Contribution.objects.get(kind="argument")
    assert row.status == Status.WAITING
    assert "Rempli par un programme." in page
    assert "C’est reçu. Un modérateur le lira" in page
    assert "est publié" not in page


def test_what_was_held_before_one_logged_in_is_not_said_to_be_published(
    client, proposal
):
    argue(client, proposal, website="https://exemple.fr")
    author = UserFactory(confirmed=True)

    fields = {"login": author.email, "password": "mot de passe des essais"}
    client.post(reverse("account_login"), fields)

    assert Contribution.objects.get(kind="argument").status == Status.WAITING
    page = client.get(reverse("consultation:drafts")).content.decode()
    assert "Un modérateur le lira" in page
    assert "Votre argument est publié" not in page


def test_a_link_cannot_have_what_somebody_writes_held(client, proposal):
    client.force_login(UserFactory(confirmed=True))
    address = reverse("consultation:argue", args=(proposal.pk,))

    page = client.get(f"{address}?website=piege&text=Bonjour").content.decode()

    assert "Bonjour" in page
    assert "piege" not in page.partition("<form")[2].partition("</form>")[0]
