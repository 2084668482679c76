"""Accounts in the admin: deleted only if nothing leans on them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import (
    ArgumentSupportFactory,
    MembershipFactory,
    ProposalFactory,
    UserFactory,
    VoteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SENTENCE = "contributions, votes or other records that must stay refer to it."
LINKS = {
    "wrote": lambda user: ProposalFactory(author=user),
    "wrote what is hidden": lambda user: ProposalFactory(author=user, hidden=True),
    "voted": lambda user: VoteFactory(voter=user),
    "supported": lambda user: ArgumentSupportFactory(supporter=user),
    "speaks for an institution": lambda user: MembershipFactory(user=user),
}


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())


def delete(user: User) -> str:
    return reverse("wagtailusers_users:delete", args=(user.pk,))


def bulk_delete(*users: User) -> str:
    address = reverse("wagtail_bulk_action", args=("accounts", "user", "delete"))
    return f"{address}?" + "&".join(f"id={user.pk}" for user in users)


@pytest.mark.parametrize("link", LINKS)
def test_deleting_somebody_who_took_part_is_refused(desk: Client, participant, link):
    LINKS[link](participant)

    for send in (desk.get, desk.post):
        response = send(delete(participant), follow=True)
        assert SENTENCE in text_of(response)

    assert User.objects.filter(pk=participant.pk).exists()


@pytest.mark.parametrize("link", LINKS)
def test_deleting_several_is_refused_when_one_took_part(
    desk: Client, participant, stranger, link
):
    LINKS[link](participant)

    response = desk.post(bulk_delete(stranger, participant), follow=True)

    assert SENTENCE in text_of(response)
    assert participant.display_name in text_of(response)
    assert User.objects.filter(pk__in=[participant.pk, stranger.pk]).count() == 2


def test_somebody_who_did_nothing_can_be_deleted(desk: Client, stranger):
    desk.post(delete(stranger), follow=True)

    assert not User.objects.filter(pk=stranger.pk).exists()


def test_several_who_did_nothing_can_be_deleted(desk: Client, stranger):
    other = UserFactory()

    desk.post(bulk_delete(stranger, other), follow=True)

    assert not User.objects.filter(pk__in=[stranger.pk, other.pk]).exists()


def test_an_account_is_made_with_an_address_and_a_public_name(desk, send):
    send(
        reverse("wagtailusers_users:add"),
        email="nadia@exemple.fr",
        display_name="Nadia",
        password1="une longue phrase de passe",
        password2="une longue phrase de passe",
    )

    user = User.objects.get(email="nadia@exemple.fr")
    assert user.display_name == "Nadia"
    assert user.check_password("une longue phrase de passe")
    assert user.public_key


@pytest.mark.parametrize("missing", ["email", "display_name", "password1"])
def test_an_account_without_one_of_them_is_refused(desk, send, missing):
    typed = {
        "email": "nadia@exemple.fr",
        "display_name": "Nadia",
        "password1": "une longue phrase de passe",
        "password2": "une longue phrase de passe",
    }

    response = send(reverse("wagtailusers_users:add"), **(typed | {missing: ""}))

    assert response.context["form"].errors[missing]
    assert not User.objects.filter(display_name="Nadia").exists()


@pytest.mark.parametrize("address", ["paul@exemple.fr", "PAUL@Exemple.FR"])
def test_two_accounts_with_one_address_are_refused(desk, send, address):
    UserFactory(email="paul@exemple.fr")

    response = send(
        reverse("wagtailusers_users:add"),
        email=address,
        display_name="Un autre Paul",
        password1="une longue phrase de passe",
        password2="une longue phrase de passe",
    )

    assert response.context["form"].errors
    assert not User.objects.filter(display_name="Un autre Paul").exists()


def test_an_account_is_edited_without_changing_its_password(desk, send, participant):
    password = participant.password

    send(
        reverse("wagtailusers_users:edit", args=(participant.pk,)),
        display_name="Paul Martin",
        email="paul.martin@exemple.fr",
    )

    participant.refresh_from_db()
    assert participant.display_name == "Paul Martin"
    assert participant.email == "paul.martin@exemple.fr"
    assert participant.password == password


def test_an_author_who_came_with_an_import_can_be_edited(desk, send):
    author, _another = UserFactory.create_batch(2, imported=True)

    send(
        reverse("wagtailusers_users:edit", args=(author.pk,)),
        display_name="Nom corrigé",
        email="",
    )

    author.refresh_from_db()
    assert (author.display_name, author.email) == ("Nom corrigé", None)


def test_an_account_that_logs_in_keeps_an_address(desk, send, participant):
    response = send(
        reverse("wagtailusers_users:edit", args=(participant.pk,)), email=""
    )

    assert response.context["form"].errors["email"]


@pytest.mark.parametrize("view", ["index", "add"])
def test_the_views_of_accounts_open(desk: Client, participant, view):
    assert desk.get(reverse(f"wagtailusers_users:{view}")).status_code == 200


def test_accounts_are_found_by_address(desk: Client, participant, stranger):
    address = reverse("wagtailusers_users:index")

    found = text_of(desk.get(address, {"q": participant.email}))

    assert participant.display_name in found
    assert stranger.display_name not in found


def test_a_moderator_does_not_manage_accounts(client: Client, moderator, stranger):
    client.force_login(moderator)

    client.post(delete(stranger))

    assert User.objects.filter(pk=stranger.pk).exists()
