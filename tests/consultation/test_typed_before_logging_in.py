"""Acting before one has an account: what was typed is posted once there is one."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from arguments.models import Argument
from proposals.models import Vote
from register.enums import Status
from register.models import Draft
from tests.factories import PASSWORD, DebateFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return ProposalFactory()


@pytest.fixture
def newcomer(client):
    """Fills in the sign-up form as its page stands."""

    def sign_up(next_address):
        where = f"{reverse('account_signup')}?next={next_address}"
        shown = re.search(
            rb'name="shown" value="([^"]+)"', client.get(where).content
        ).group(1)
        return client.post(
            where,
            {
                "email": "nadia@exemple.fr",
                "display_name": "Nadia",
                "password1": "une phrase assez longue",
                "accepted": "on",
                "shown": shown.decode(),
                "next": next_address,
            },
        )

    return sign_up


def where(name, proposal):
    return reverse(f"consultation:{name}", args=(proposal.pk,))


def argument():
    return {"key": str(uuid4()), "side": "for", "text": "Avant tout le monde."}


def log_in(client, user, next_address):
    return client.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "next": next_address},
    )


def test_logging_in_posts_what_was_typed_once_and_leads_to_it(client, proposal):
    user = UserFactory(confirmed=True)
    asked = client.post(where("argue", proposal), argument())
    back = re.search("next=(.+)", asked.url).group(1)

    log_in(client, user, client.get(asked.url).wsgi_request.GET["next"])

    row = Argument.objects.get()
    assert (row.author, row.text) == (user, "Avant tout le monde.")
    assert row.status == Status.PUBLISHED
    assert not Draft.objects.exists()
    assert back
    led_to = client.get(client.get(asked.url).wsgi_request.GET["next"])
    assert led_to.url == f"/contributions/{row.pk}"


def test_a_vote_asked_for_before_logging_in_is_cast(client, proposal):
    user = UserFactory(confirmed=True)
    client.post(where("vote", proposal), {"key": str(uuid4()), "choice": "agree"})

    log_in(client, user, "/")

    assert Vote.objects.get().voter == user


def test_who_signs_up_has_it_received_at_once_and_published_once_confirmed(
    client, proposal, newcomer
):
    client.post(where("argue", proposal), argument())

    newcomer(where("argue", proposal))
    received = Argument.objects.get()
    code = re.search(r"^\s*([A-Z0-9-]{5,12})\s*$", mail.outbox[-1].body, re.M).group(1)
    client.post(reverse("account_email_verification_sent"), {"code": code})

    assert received.status == Status.WAITING
    row = Argument.objects.get()
    assert row.author == User.objects.get(email="nadia@exemple.fr")
    assert (row.status, row.submitted_at) == (Status.PUBLISHED, received.submitted_at)


def test_what_can_no_longer_be_posted_is_given_back_as_a_draft(client, at):
    user = UserFactory(confirmed=True)
    proposal = ProposalFactory(debate=DebateFactory())
    asked = client.post(where("argue", proposal), argument())
    back = client.get(asked.url).wsgi_request.GET["next"]
    at(proposal.debate.closes_at)

    log_in(client, user, back)

    assert not Argument.objects.exists()
    page = client.get(back)
    assert page.status_code == 409
    assert Draft.objects.get().owner == user


def test_nobody_posts_by_logging_in_what_another_session_holds(client, proposal):
    stranger, user = UserFactory(confirmed=True), UserFactory(confirmed=True)
    client.post(where("argue", proposal), argument())
    other = type(client)()

    log_in(other, stranger, "/")

    assert not Argument.objects.exists()
    log_in(client, user, "/")
    assert Argument.objects.get().author == user


# A session that ends while one writes.


def expired_while_writing(client, user, proposal, **fields):
    """A form that was opened, and kept as a draft, by somebody who was logged in."""
    client.force_login(user)
    form = argument() | fields
    client.post(reverse("consultation:keep-argue", args=(proposal.pk,)), form)
    client.cookies.pop("sessionid")
    asked = client.post(where("argue", proposal), form)
    return client.get(asked.url).wsgi_request.GET["next"]


def test_what_was_a_draft_already_is_posted_once_logged_in_again(client, proposal):
    user = UserFactory(confirmed=True)

    back = expired_while_writing(client, user, proposal)
    log_in(client, user, back)

    row = Argument.objects.get()
    assert row.text == "Avant tout le monde."
    assert client.get(back).url == f"/contributions/{row.pk}"
    assert not Draft.objects.exists()


def test_sent_twice_meanwhile_it_is_posted_once(client, proposal):
    user, form = UserFactory(confirmed=True), argument()
    for _ in range(2):
        client.post(where("argue", proposal), form)

    log_in(client, user, "/")

    assert Argument.objects.count() == 1


def test_what_was_said_for_an_institution_is_still_said_for_it(client, representative):
    representative.set_password(PASSWORD)
    representative.save()
    proposal, member = ProposalFactory(), representative.memberships.get()

    back = expired_while_writing(
        client, representative, proposal, membership=str(member.pk)
    )
    log_in(client, representative, back)

    assert Argument.objects.get().institution == member.institution


# An account made with somebody else's address.


def test_who_takes_an_account_over_publishes_no_word_that_is_not_theirs(
    client, proposal, newcomer
):
    client.post(where("argue", proposal), argument())
    newcomer("/")
    owner = type(client)()
    owner.post(reverse("account_reset_password"), {"email": "nadia@exemple.fr"})
    code = re.search(r"^\s*([A-Z0-9-]{5,12})\s*$", mail.outbox[-1].body, re.M).group(1)
    owner.post(reverse("account_confirm_password_reset_code"), {"code": code})
    owner.post(
        reverse("account_complete_password_reset"), {"password1": "une autre phrase"}
    )
    user = User.objects.get(email="nadia@exemple.fr")

    assert user.is_confirmed
    assert Argument.objects.get().status == Status.WAITING
    owner.force_login(user)
    page = owner.get(reverse("consultation:drafts")).content.decode()
    assert "Avant tout le monde." in page
    owner.post(reverse("consultation:drafts"))
    assert Argument.objects.get().status == Status.PUBLISHED


def test_sent_again_after_logging_in_it_is_posted_once(client, proposal):
    user, form = UserFactory(confirmed=True), argument()
    client.post(where("argue", proposal), form)
    log_in(client, user, "/")

    again = client.post(where("argue", proposal), form)

    assert Argument.objects.count() == 1
    assert again.url == f"/contributions/{Argument.objects.get().pk}"


def test_what_was_typed_long_ago_is_given_and_not_posted(client, proposal, at):
    user = UserFactory(confirmed=True)
    client.post(where("argue", proposal), argument())
    at(Draft.objects.get().saved_at + timedelta(hours=1, seconds=1))

    log_in(client, user, "/")

    assert not Argument.objects.exists()
    assert Draft.objects.get().owner == user
