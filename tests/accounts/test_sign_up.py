"""Making an account: what is asked, what is kept, and what follows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils.translation import gettext, override

from accounts.actions import people as actions
from accounts.enums import TermsKind
from accounts.models import Acceptance, Terms, User
from journal.clock import database_now
from tests.accounts.conftest import CODE, TYPED, document, fields_of, the_code

pytestmark = pytest.mark.django_db

CONFIRM = "/accounts/confirm-email/"


def test_somebody_signs_up_confirms_and_comes_back_to_the_same_place(client, sign_up):
    with the_code() as codes:
        answer = sign_up("/accounts/signup/?next=/institutions/")
    assert answer.url == CONFIRM
    user = User.objects.get(email="nina@exemple.fr")
    assert not user.is_confirmed

    answer = client.post(CONFIRM, {"code": codes[0]})

    assert answer.url == "/institutions/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.is_confirmed
    assert User.objects.confirmed().get() == user
    assert user.display_name == "Nina Duval"
    assert user.public_key


def test_a_code_is_typed_as_people_type(client, sign_up):
    with the_code() as codes:
        sign_up()

    client.post(CONFIRM, {"code": f" {codes[0].lower().replace('-', ' ')} "})

    assert User.objects.get().is_confirmed


def test_a_wrong_code_confirms_nothing_and_says_so_beside_the_field(client, sign_up):
    sign_up()

    shown = document(client.post(CONFIRM, {"code": "AAAA-AAAA"}))

    assert not User.objects.get().is_confirmed
    field = shown.select_one("#id_code")
    assert field["aria-invalid"] == "true"
    assert shown.find(id=f"{field['id']}_error").get_text(strip=True)
    assert "id_code_error" in field["aria-describedby"].split()
    assert shown.select_one(".error-summary[autofocus] a")["href"] == "#id_code"


def test_after_five_wrong_codes_the_right_one_is_no_longer_good(client, sign_up):
    with the_code() as codes:
        sign_up()
    for _ in range(5):
        client.post(CONFIRM, {"code": "AAAA-AAAA"})

    client.post(CONFIRM, {"code": codes[0]})

    assert not User.objects.get().is_confirmed


def test_another_code_takes_the_place_of_the_first(client, sign_up):
    with the_code() as first:
        sign_up()
    with the_code() as second:
        client.post(CONFIRM, {"action": "resend"})

    client.post(CONFIRM, {"code": first[0]})
    assert not User.objects.get().is_confirmed
    client.post(CONFIRM, {"code": second[0]})

    assert User.objects.get().is_confirmed


def test_a_form_that_is_sent_twice_makes_one_account_and_its_code_is_good(sign_up):
    with the_code():
        sign_up()
    again = Client()
    page = again.get("/accounts/signup/")
    with the_code() as codes:
        answer = again.post("/accounts/signup/", fields_of(page) | TYPED)
    assert answer.url == CONFIRM

    again.post(CONFIRM, {"code": codes[0]})

    assert User.objects.get().is_confirmed
    assert Acceptance.objects.count() == 3


def test_who_does_not_know_the_password_does_not_go_on_with_an_account(sign_up):
    sign_up()
    other = Client()
    page = other.get("/accounts/signup/")

    answer = other.post(
        "/accounts/signup/",
        fields_of(page) | TYPED | {"password1": "celui de quelqu’un d’autre"},
    )

    assert answer.url == CONFIRM
    assert CODE.search(mail.outbox[-1].body) is None
    assert User.objects.get().check_password(TYPED["password1"])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_form_that_is_sent_twice_at_once_makes_one_account(sign_up):
    def send(_: int) -> str:
        browser = Client()
        page = browser.get("/accounts/signup/")
        answer = browser.post("/accounts/signup/", fields_of(page) | TYPED)
        connection.close()
        return answer.get("Location", answer.content.decode())

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(send, range(2)))

    assert answers == [CONFIRM, CONFIRM]
    assert User.objects.count() == 1


def test_until_the_address_is_confirmed_a_password_does_not_log_in(client, sign_up):
    sign_up()
    client.cookies.clear()

    answer = client.post(
        "/accounts/login/",
        {"login": TYPED["email"], "password": TYPED["password1"]},
    )

    assert answer.url == CONFIRM
    assert "_auth_user_id" not in client.session
    client.post(CONFIRM, {"code": CODE.search(mail.outbox[-1].body).group(1)})
    assert User.objects.get().is_confirmed


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("/en", "en")])
def test_the_language_of_the_page_is_that_of_the_account_and_of_its_mails(
    sign_up, prefix, language
):
    sign_up(f"{prefix}/accounts/signup/")

    assert User.objects.get().locale == language
    ((page, _kind),) = mail.outbox[-1].alternatives
    assert f'<html lang="{language}">' in page
    with override(language):
        assert gettext("Confirm your address") in mail.outbox[-1].subject


def test_what_was_accepted_is_kept_by_version_and_instant(sign_up):
    before = database_now()

    sign_up()

    kept = Acceptance.objects.filter(user=User.objects.get())
    assert {each.terms for each in kept} == set(Terms.objects.in_force(before))
    assert {each.terms.kind for each in kept} == set(TermsKind)
    assert all(before <= each.accepted_at <= database_now() for each in kept)


def test_without_agreement_no_account_is_made_and_what_was_typed_is_given_back(
    sign_up,
):
    shown = document(sign_up(accepted=""))

    assert not User.objects.exists()
    assert shown.select_one("#id_email")["value"] == "nina@exemple.fr"
    assert shown.select_one("#id_display_name")["value"] == "Nina Duval"


def test_nobody_accepts_a_text_that_was_not_on_the_page(client, sign_up):
    page = client.get("/accounts/signup/")
    shown = document(page).select_one("[name=shown]")["value"]
    actions.add_terms(
        kind=TermsKind.CHARTER, in_force_at=database_now(), text_fr="x", text_en="x"
    )

    refusal = client.post("/accounts/signup/", TYPED | {"shown": shown})
    assert not User.objects.exists()
    sent_back = document(refusal)
    assert not sent_back.select_one("#id_accepted").has_attr("checked")
    now_shown = sent_back.select_one("[name=shown]")["value"]
    client.post("/accounts/signup/", TYPED | {"shown": now_shown})

    versions = Acceptance.objects.values_list("terms__kind", "terms__version")
    assert set(versions) == {("charter", 2), ("licence", 1), ("privacy", 1)}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nina \t Duval ", "Nina Duval"),
        ("Ninе́", "Ninе́"),
        ("Zoé Ó Briain-Lê", "Zoé Ó Briain-Lê"),
        ("<b>Nina</b>", "<b>Nina</b>"),
        ("N. d’Aÿ 2", "N. d’Aÿ 2"),
    ],
)
def test_a_public_name_is_one_line_of_ordinary_letters(sign_up, typed, kept):
    sign_up(display_name=typed)

    assert User.objects.get().display_name == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "nina@exemple.fr",
        "Ville de Lyon ✔",
        "Nina\u202eavuD",
        "\u200b",
        "1984",
    ],
)
def test_a_name_that_tells_too_much_or_looks_like_a_badge_is_refused(sign_up, typed):
    answer = sign_up(display_name=typed)

    assert answer.context["form"].errors["display_name"]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "password", ["court", "12345678901", "password1", "nina@exemple"]
)
def test_a_password_that_is_easily_guessed_is_refused(sign_up, password):
    answer = sign_up(password1=password)

    assert answer.context["form"].errors["password1"]
    assert not User.objects.exists()


@pytest.fixture
def subscribed(monkeypatch) -> list:
    """What a higher room that waits for both is told, in order."""
    told = []
    monkeypatch.setattr(actions, "_at_sign_up", [])
    monkeypatch.setattr(actions, "_at_confirmation", [])
    actions.subscribe(
        signed_up=lambda request, user: told.append(("signed up", request, user)),
        confirmed=lambda request, user: told.append(("confirmed", request, user)),
    )
    return told


def test_higher_rooms_are_told_of_the_sign_up_and_of_the_confirmation(
    client, sign_up, subscribed
):
    with the_code() as codes:
        sign_up()
    user = User.objects.get()
    assert [(what, who) for what, _, who in subscribed] == [("signed up", user)]
    assert subscribed[0][1].path == "/accounts/signup/"

    client.post(CONFIRM, {"code": codes[0]})

    assert [(what, who) for what, _, who in subscribed[1:]] == [("confirmed", user)]


def test_a_code_to_log_in_confirms_an_address_as_well(client, sign_up, subscribed):
    sign_up()
    client.cookies.clear()
    with the_code() as codes:
        client.post("/accounts/login/code/", {"email": TYPED["email"]})

    client.post("/accounts/login/code/confirm/", {"code": codes[0]})

    assert subscribed[-1][0] == "confirmed"
    assert User.objects.get().is_confirmed
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_when_what_follows_a_sign_up_fails_there_is_no_account(sign_up, monkeypatch):
    def fail(request, user):
        raise LookupError

    monkeypatch.setattr(actions, "_at_sign_up", [fail])
    with pytest.raises(LookupError):
        sign_up()

    assert not User.objects.exists()


def test_when_what_follows_a_confirmation_fails_nothing_is_confirmed(
    client, sign_up, monkeypatch
):
    def fail(request, user):
        raise LookupError

    with the_code() as codes:
        sign_up()
    monkeypatch.setattr(actions, "_at_confirmation", [fail])
    with pytest.raises(LookupError):
        client.post(CONFIRM, {"code": codes[0]})

    assert not User.objects.get().is_confirmed
