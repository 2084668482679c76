"""Organisers write the charter's clauses; nobody removes one."""

import pytest
from django.urls import reverse

from accounts.enums import StaffGroup
from register.models import Ground
from tests.factories import ProposalFactory
from tests.moderation.seats import seated, staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED = {
    "title": "Usurpation d’identité",
    "title_en": "Impersonation",
    "slug": "impersonation",
    "basis": "Code pénal, article 226-4-1.",
    "basis_en": "French criminal code, article 226-4-1.",
    "is_law": "on",
    "is_given": "on",
    "position": "9",
}


@pytest.fixture
def client():
    return seated(staff(StaffGroup.ORGANISERS))


def edit(ground) -> str:
    return reverse("grounds:edit", args=(ground.pk,))


def test_an_organiser_adds_a_ground_with_the_law_it_rests_on(client):
    client.post(reverse("grounds:add"), TYPED)

    ground = Ground.objects.get(slug="impersonation")
    assert (ground.basis, ground.is_law) == (TYPED["basis"], True)


def test_its_words_change_and_its_address_stays(client):
    ground = Ground.objects.get(slug="insults")

    client.post(edit(ground), TYPED | {"title": "Injures"})

    ground.refresh_from_db()
    assert (ground.title, ground.slug) == ("Injures", "insults")


def test_one_that_is_retired_can_neither_be_given_nor_reported(client):
    ground = Ground.objects.get(slug="insults")
    fields = {name: value for name, value in TYPED.items() if name != "is_given"}

    client.post(edit(ground), fields)

    proposal = ProposalFactory()
    pages = [
        client.get(f"/admin/desk/{proposal.pk}/hide/"),
        client.get(f"/en/contributions/{proposal.pk}/signaler/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert f'name="ground" value="{ground.pk}"' not in page.content.decode()
        assert 'name="ground"' in page.content.decode()
    assert Ground.objects.filter(slug="insults").exists()


def test_nobody_removes_one(organiser):
    ground = Ground.objects.get(slug="insults")

    answers = [
        seated(person).post(f"/admin/grounds/delete/{ground.pk}/")
        for person in (staff(StaffGroup.ORGANISERS), organiser)
    ]

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert Ground.objects.filter(slug="insults").exists()


def test_a_moderator_changes_none():
    ground = Ground.objects.get(slug="insults")
    client = seated(staff())

    client.post(reverse("grounds:add"), TYPED)
    client.post(edit(ground), TYPED)

    ground.refresh_from_db()
    assert ground.title != TYPED["title"]
    assert not Ground.objects.filter(slug="impersonation").exists()
