import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.factories import PASSWORD, UserFactory


def test_a_command_or_an_import_writes_addresses_in_small_letters(db):
    user = User.objects.create_user("Zoe@Exemple.FR", "x", display_name="Zoé")

    assert user.email == "zoe@exemple.fr"
    assert not user.is_confirmed


def test_several_imported_authors_have_no_address(db):
    first, second = UserFactory.create_batch(2, imported=True, display_name="Anonyme")

    assert first.email is second.email is None
    assert first.public_key != second.public_key


@pytest.mark.parametrize("email", [None, ""])
def test_an_account_made_without_an_address_has_none_and_no_way_in(db, email):
    user = User.objects.create_user(email, display_name="Anonyme")

    user.refresh_from_db()
    assert user.email is None
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    "typed", ["zoe@exemple.fr", "ZOE@exemple.fr", "Zoe@Exemple.Fr"]
)
def test_a_person_logs_in_whatever_the_case_of_the_address(db, rf, typed):
    user = UserFactory(email="zoe@exemple.fr")

    assert authenticate(rf.post("/"), username=typed, password=PASSWORD) == user


def test_an_address_belongs_to_one_account(db, participant):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=participant.email)


def test_nobody_logs_in_without_an_address(db, rf):
    UserFactory(imported=True)

    assert authenticate(rf.post("/"), username="", password="") is None


def test_a_public_key_belongs_to_one_account(db, participant):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(public_key=participant.public_key)


def test_a_superuser_comes_into_the_admin(client, db):
    user = User.objects.create_superuser("root@exemple.fr", "x", display_name="Root")
    client.force_login(user)

    assert client.get("/admin/").status_code == 200
