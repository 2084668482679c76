"""What somebody sees and changes of one's own account."""

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import NEW_PASSWORD, document, the_code
from tests.factories import PASSWORD, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client, confirmed, log_in) -> Client:
    log_in(confirmed)
    return client


def test_the_page_says_what_is_public_and_what_is_not(own, confirmed):
    shown = document(own.get("/accounts/")).main.get_text(" ", strip=True)

    assert "Camille" in shown
    assert "camille@exemple.fr" in shown


def test_an_address_changes_once_the_code_sent_there_is_typed(own, confirmed):
    with the_code() as codes:
        own.post("/accounts/email/", {"email": "New@exemple.fr", "action_add": "1"})
    assert mail.outbox[-1].to == ["new@exemple.fr"]
    assert User.objects.get(pk=confirmed.pk).email == "camille@exemple.fr"

    own.post("/accounts/confirm-email/", {"code": codes[0]})

    changed = User.objects.get(pk=confirmed.pk)
    assert changed.email == "new@exemple.fr"
    assert changed.is_confirmed
    assert changed.emailaddress_set.get().email == "new@exemple.fr"
    # Whoever had it before is told, in case somebody else did it.
    assert mail.outbox[-1].to == ["camille@exemple.fr"]


def test_the_address_of_somebody_else_is_not_taken_and_not_told(own, confirmed):
    other = UserFactory(email="pris@exemple.fr")
    with the_code() as codes:
        own.post("/accounts/email/", {"email": other.email, "action_add": "1"})

    own.post("/accounts/confirm-email/", {"code": codes[0]})

    confirmed.refresh_from_db()
    assert confirmed.email == "camille@exemple.fr"


def test_a_new_name_shows_at_once_on_every_page_that_is_kept(own, confirmed):
    address = f"/propositions/{ProposalFactory(author=confirmed).pk}/"
    reader = Client()
    kept = reader.get(address)["ETag"]

    own.post("/accounts/name/", {"display_name": "Camille R.", "locale": "en"})

    answer = reader.get(address, headers={"If-None-Match": kept})
    assert answer.status_code == 200
    assert "Camille R." in answer.content.decode()
    confirmed.refresh_from_db()
    assert confirmed.locale == "en"


def test_a_name_that_is_refused_is_given_back(own, confirmed):
    answer = own.post("/accounts/name/", {"display_name": "Camille ✔", "locale": "fr"})

    assert document(answer).select_one("#id_display_name")["value"] == "Camille ✔"
    confirmed.refresh_from_db()
    assert confirmed.display_name == "Camille"


def test_a_password_changes_and_its_owner_is_told(own, confirmed):
    other = Client()
    other.post("/accounts/login/", {"login": confirmed.email, "password": PASSWORD})

    own.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD},
    )

    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW_PASSWORD)
    assert own.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert mail.outbox[-1].to == [confirmed.email]


def test_a_password_does_not_change_without_the_one_before(own, confirmed):
    own.post(
        "/accounts/password/change/",
        {"oldpassword": "un autre", "password1": NEW_PASSWORD},
    )

    confirmed.refresh_from_db()
    assert confirmed.check_password(PASSWORD)


def test_a_forgotten_password_is_replaced_with_a_mailed_code(client, confirmed):
    with the_code() as codes:
        client.post("/accounts/password/reset/", {"email": confirmed.email})
    complete = "/accounts/password/reset/complete/"
    client.post(complete, {"password1": "avant le code, pour voir"})
    client.post("/accounts/password/reset/confirm/", {"code": codes[0]})

    client.post(complete, {"password1": NEW_PASSWORD})

    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW_PASSWORD)


@pytest.fixture
def elsewhere(own, confirmed) -> Client:
    """Another browser of the same person."""
    browser = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    browser.post("/accounts/login/", {"login": confirmed.email, "password": PASSWORD})
    return browser


def test_a_session_is_ended_from_another_one(own, elsewhere):
    shown = document(own.get("/accounts/sessions/")).main.get_text(" ", strip=True)
    assert "Firefox, Windows" in shown
    session = UserSession.objects.get(user_agent__contains="Firefox")

    own.post(f"/accounts/sessions/{session.pk}/end/")

    assert elsewhere.get("/accounts/").status_code == 302
    assert own.get("/accounts/").status_code == 200


def test_all_the_other_sessions_are_ended_at_once(own, elsewhere):
    own.post("/accounts/sessions/")

    assert elsewhere.get("/accounts/").status_code == 302
    assert own.get("/accounts/").status_code == 200


def test_ending_the_session_one_is_in_logs_out(own):
    session = UserSession.objects.get()

    own.post(f"/accounts/sessions/{session.pk}/end/")

    assert own.get("/accounts/").status_code == 302


def test_the_session_of_somebody_else_cannot_be_ended(own, stranger):
    theirs = UserSession.objects.create(
        user=stranger, ip="127.0.0.1", session_key="x", user_agent=""
    )

    assert own.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404

    assert UserSession.objects.filter(pk=theirs.pk).exists()
