"""The page to which an invitation leads, for whoever opens it."""

import pytest
from django.core import mail
from django.test import Client

from accounts.actions import vouch_for_address
from accounts.models import Membership, User
from tests.accounts.conftest import CODE, document
from tests.factories import PASSWORD, InvitationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    return InvitationFactory(
        email="nina@exemple.fr", institution__name="La Ville", service="Voirie"
    )


@pytest.fixture
def address(invitation):
    return f"/invitations/{invitation.token}/"


@pytest.fixture
def nina(client):
    user = UserFactory(email="nina@exemple.fr", confirmed=True)
    client.force_login(user)
    return user


def main_of(response) -> str:
    return " ".join(document(response).main.get_text().split())


def test_a_visitor_reads_who_invites_and_which_address_is_needed(client, address):
    response = client.get(address)

    assert response.status_code == 200
    for words in ("La Ville", "Voirie", "nina@exemple.fr"):
        assert words in main_of(response)
    ways = [a["href"] for a in document(response).select("main .acts a")]
    assert ways == [
        f"/accounts/{step}/?next=%2Finvitations%2F{address.split('/')[2]}%2F"
        for step in ("login", "signup")
    ]


def test_it_is_the_same_for_every_visitor_and_sets_no_cookie(client, address):
    first, second = client.get(address), Client().get(address)

    assert first.content == second.content
    assert not first.cookies
    assert "csrf" not in first.content.decode()
    assert "no-store" in first["Cache-Control"]
    assert document(first).select("meta[name=robots][content=noindex]")


def test_opening_it_changes_nothing(client, address, nina, invitation):
    for open_it in (client.get, client.head, Client().get, Client().head):
        assert open_it(address).status_code == 200

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not Membership.objects.exists()


def test_a_visitor_who_posts_is_sent_to_log_in(client, address):
    response = client.post(address)

    assert response.url == f"/accounts/login/?next={address}"
    assert not Membership.objects.exists()


def test_who_was_invited_accepts_by_pressing_the_button(client, address, nina):
    assert document(client.get(address)).select("main form.form button")

    home = client.post(address, follow=True)

    membership = nina.memberships.get()
    assert (str(membership.institution), membership.service) == ("La Ville", "Voirie")
    assert "La Ville" in document(home).select_one("[role=status]").text
    assert "Voirie" in main_of(home)


def test_pressing_it_twice_says_that_one_is_a_member(client, address, nina):
    client.post(address)
    again = client.post(address)

    assert again.status_code == 409
    assert document(again).select("main .note h2")
    assert not document(again).select("main form.form")
    assert nina.memberships.count() == 1


def test_somebody_else_is_told_which_account_it_was_sent_to(client, address, stranger):
    client.force_login(stranger)

    for response in (client.get(address), client.post(address)):
        page = document(response)
        assert "nina@exemple.fr" in page.main.text
        assert stranger.email in page.main.text
        assert not page.select("main form.form")
        logout = page.select_one("main form[action='/accounts/logout/']")
        assert logout.select_one("[name=next]")["value"] == address

    assert not Membership.objects.exists()


@pytest.mark.parametrize("state", ["expired", "revoked", "accepted"])
def test_what_is_over_is_said_to_everybody_and_offers_no_way_in(client, state):
    invitation = InvitationFactory(email="nina@exemple.fr", **{state: True})
    address = f"/invitations/{invitation.token}/"
    nina = Client()
    nina.force_login(UserFactory(email="nina@exemple.fr", confirmed=True))

    for reader in (client, nina):
        page = document(reader.get(address))
        assert page.select_one("main .error-summary h2").text
        assert not page.select("main .acts, main form")

    assert nina.post(address).status_code == 409


@pytest.mark.parametrize("token", ["a", "A" * 64, "x" * 3000])
def test_what_was_never_sent_is_not_found(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 404


def test_who_has_no_account_makes_one_and_comes_back_to_accept(
    client, address, sign_up, django_capture_on_commit_callbacks
):
    way = document(client.get(address)).select("main .acts a")[1]["href"]
    with django_capture_on_commit_callbacks(execute=True):
        sign_up(way)
    code = CODE.search(mail.outbox[-1].body).group(1)

    back = client.post("/accounts/confirm-email/", {"code": code, "action": "verify"})
    client.post(address)

    assert back.url == address
    user = User.objects.get(email="nina@exemple.fr")
    assert user.memberships.get().service == "Voirie"


def test_who_logs_in_comes_back_to_accept(client, address):
    vouch_for_address(user=UserFactory(email="nina@exemple.fr"))
    way = document(client.get(address)).select("main .acts a")[0]["href"]

    typed = {"login": "nina@exemple.fr", "password": PASSWORD, "next": address}
    response = client.post(way, typed)

    assert response.url == address


@pytest.mark.parametrize(
    ("verified", "words"), [(True, "Compte vérifié"), (False, "compte non vérifié")]
)
def test_the_account_lists_whom_one_may_speak_for(client, nina, verified, words):
    MembershipFactory(
        user=nina,
        institution__name="Les Amis",
        institution__verified=verified,
        service="Accueil",
    )

    home = document(client.get("/accounts/"))

    (item,) = [li.text for li in home.select(".entries li") if "Les Amis" in li.text]
    assert "Accueil" in item
    assert words in item
