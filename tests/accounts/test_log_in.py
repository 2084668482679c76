"""Coming in, by a password or by a mailed code."""

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.actions import vouch_for_address
from accounts.models import User
from tests.accounts.conftest import document, the_code
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def who_is_in(client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("typed", ["camille@exemple.fr", " Camille@Exemple.FR "])
def test_a_person_logs_in_by_address_and_password(client, confirmed, log_in, typed):
    answer = log_in(confirmed, login=typed)

    assert answer.url == "/accounts/"
    assert who_is_in(client) == str(confirmed.pk)


def test_a_person_logs_in_with_a_mailed_code(client, confirmed):
    with the_code() as codes:
        client.post("/accounts/login/code/", {"email": confirmed.email})
    assert who_is_in(client) is None

    client.post("/accounts/login/code/confirm/", {"code": codes[0]})

    assert who_is_in(client) == str(confirmed.pk)


def test_a_code_is_good_once(client, confirmed):
    with the_code() as codes:
        client.post("/accounts/login/code/", {"email": confirmed.email})
    client.post("/accounts/login/code/confirm/", {"code": codes[0]})
    client.post("/accounts/logout/")

    client.post("/accounts/login/code/confirm/", {"code": codes[0]})

    assert who_is_in(client) is None


def test_mails_are_in_the_language_of_the_account_whatever_the_page(client, confirmed):
    confirmed.locale = "en"
    confirmed.save()

    client.post("/accounts/login/code/", {"email": confirmed.email})

    assert "Your code to log in" in mail.outbox[-1].subject


def test_the_way_in_leads_back_where_one_was(client, confirmed, log_in):
    link = document(client.get("/institutions/?page=1")).select_one(
        "a.site-header__account"
    )
    assert link["href"] == "/accounts/login/?next=%2Finstitutions%2F%3Fpage%3D1"

    answer = log_in(confirmed, next="/institutions/?page=1")

    assert answer.url == "/institutions/?page=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://ailleurs.example/", "//ailleurs.example"]
)
def test_logging_in_never_leads_to_another_site(confirmed, log_in, elsewhere):
    assert log_in(confirmed, next=elsewhere).url == "/accounts/"


def test_an_account_that_was_suspended_is_told_nothing_and_let_in_nowhere(
    client, confirmed, log_in
):
    confirmed.is_active = False
    confirmed.save()

    log_in(confirmed)
    client.post("/accounts/login/code/", {"email": confirmed.email})

    assert who_is_in(client) is None
    assert "Aucun compte" in mail.outbox[-1].subject or "No account" in (
        mail.outbox[-1].subject
    )


def test_an_author_who_came_with_an_import_has_no_way_in(client):
    UserFactory(imported=True)

    for email in ("", "None"):
        client.post("/accounts/login/", {"login": email, "password": ""})

    assert who_is_in(client) is None


def test_whose_address_staff_vouched_for_is_asked_for_no_code(client, log_in):
    user = UserFactory(email="samira@exemple.fr")
    vouch_for_address(user=user)

    log_in(user)

    assert who_is_in(client) == str(user.pk)
    assert mail.outbox == []


def test_an_account_made_in_the_admin_logs_in_at_once(client, organiser, log_in):
    client.force_login(organiser)
    client.post(
        "/admin/users/new/",
        {
            "email": "Nadia@exemple.fr",
            "display_name": "Nadia",
            "password1": "une longue phrase de passe",
            "password2": "une longue phrase de passe",
            "is_active": "on",
        },
    )
    client.logout()
    nadia = User.objects.get(display_name="Nadia")

    log_in(nadia, "une longue phrase de passe")

    assert nadia.email == "nadia@exemple.fr"
    assert who_is_in(client) == str(nadia.pk)


def test_an_address_changed_in_the_admin_is_vouched_for(client, organiser, confirmed):
    client.force_login(organiser)

    client.post(
        f"/admin/users/edit/{confirmed.pk}/",
        {"email": "autre@exemple.fr", "display_name": "Camille", "is_active": "on"},
    )

    address = confirmed.emailaddress_set.get()
    assert (address.email, address.verified) == ("autre@exemple.fr", True)


def test_an_administrator_made_by_a_command_logs_in_at_once(
    client, log_in, monkeypatch
):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser",
        interactive=False,
        email="Root@exemple.fr",
        display_name="Root",
        verbosity=0,
    )

    log_in(User.objects.get())

    assert who_is_in(client) == str(User.objects.get().pk)


def test_logging_out_needs_a_button_and_forgets_the_browser(client, confirmed):
    client.force_login(confirmed)

    client.get("/accounts/logout/")
    assert who_is_in(client) == str(confirmed.pk)
    answer = client.post("/en/accounts/logout/")

    assert answer.url == "/en/"
    assert who_is_in(client) is None


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_that_needs_an_account_leads_to_the_way_in(client, prefix):
    answer = client.get(f"{prefix}/accounts/")

    assert answer.url == f"{prefix}/accounts/login/?next={prefix}/accounts/"
