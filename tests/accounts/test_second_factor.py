"""A second factor, which the staff of a real site must have."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail

from tests.accounts.conftest import document
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ACTIVATE = "/accounts/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def protected(confirmed):
    TOTP.activate(confirmed, SECRET)
    return confirmed


def test_a_person_turns_it_on_and_receives_recovery_codes(
    client, confirmed, log_in, django_capture_on_commit_callbacks
):
    log_in(confirmed)
    asked = client.get(ACTIVATE)
    client.post(asked.url, {"password": PASSWORD})
    page = document(client.get(ACTIVATE))
    assert page.select_one(".qr svg path")

    with django_capture_on_commit_callbacks(execute=True):
        code = code_of(page.select_one(".secret").text)
        answer = client.post(ACTIVATE, {"code": code})

    assert answer.url == "/accounts/2fa/recovery-codes/"
    assert len(document(client.get(answer.url)).select(".codes li")) == 10
    assert mail.outbox[-1].to == [confirmed.email]


def test_a_wrong_code_turns_nothing_on(client, confirmed, log_in):
    log_in(confirmed)
    client.post(client.get(ACTIVATE).url, {"password": PASSWORD})

    client.post(ACTIVATE, {"code": "000000"})

    assert not Authenticator.objects.exists()


def test_with_it_a_password_is_not_enough(client, protected, log_in):
    answer = log_in(protected)

    assert answer.url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": code_of(SECRET)})
    assert client.session["_auth_user_id"] == str(protected.pk)


def test_with_it_a_mailed_code_is_not_enough_either(client, protected):
    client.post("/accounts/login/code/", {"email": protected.email})
    code = mail.outbox[-1].body.split("    ")[1].split()[0]

    answer = client.post("/accounts/login/code/confirm/", {"code": code})

    assert answer.url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


@pytest.fixture
def real_site(settings):
    settings.DEMO = False


def test_staff_without_it_are_led_to_it_before_the_admin_opens(
    client, organiser, real_site
):
    client.force_login(organiser)

    for address in ("/admin/", "/admin/users/", "/admin/pages/"):
        assert client.get(address).url == ACTIVATE


@pytest.mark.parametrize("person", ["organiser", "moderator"])
def test_staff_who_have_it_come_into_the_admin(client, real_site, person, request):
    user = request.getfixturevalue(person)
    TOTP.activate(user, SECRET)
    client.force_login(user)

    assert client.get("/admin/").status_code == 200


def test_in_the_demonstration_one_factor_is_enough(client, organiser):
    client.force_login(organiser)

    assert client.get("/admin/").status_code == 200


def test_who_turns_it_off_no_longer_comes_into_the_admin(client, organiser, real_site):
    TOTP.activate(organiser, SECRET)
    client.force_login(organiser)
    Authenticator.objects.all().delete()

    assert client.get("/admin/").url == ACTIVATE


def test_a_participant_is_refused_by_the_admin_and_not_sent_round_in_circles(
    client, participant
):
    client.force_login(participant)

    assert client.get("/admin/").status_code == 403
    assert client.get("/accounts/login/?next=/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/admin/", "/accounts/login/?next=/admin/"),
        ("/admin/users/", "/accounts/login/?next=/admin/users/"),
        ("/admin/login/", "/accounts/login/?next=/admin/"),
        ("/admin/login/?next=/admin/pages/", "/accounts/login/?next=/admin/pages/"),
        ("/admin/login/?next=//ailleurs.example", "/accounts/login/?next=/admin/"),
    ],
)
def test_the_way_into_the_admin_is_that_of_the_site(client, asked, led_to):
    assert client.get(asked).url == led_to


def test_wagtail_offers_no_other_way_in(client, organiser):
    assert client.get("/admin/password_reset/").status_code == 404
    client.force_login(organiser)

    own = document(client.get("/admin/account/"))

    assert not own.select("input[type=password], input[type=email]")
