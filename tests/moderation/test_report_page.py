"""Reporting by a form, without a script; what is typed is never lost."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from moderation.actions import REPORTS_AN_HOUR
from moderation.models import Report
from register.models import Draft, Ground
from tests.factories import PASSWORD, ArgumentFactory, ProposalFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


@pytest.fixture
def row():
    return ArgumentFactory(text="Le <maire> est un menteur.")


def address(row, language="fr"):
    with override(language):
        return reverse("consultation:report", args=(row.pk,))


def typed(ground="insults", text="", **fields):
    key, ground = str(uuid4()), Ground.objects.get(slug=ground).pk
    return {"key": key, "ground": ground, "text": text, **fields}


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def given_back(response):
    return document(response).find("textarea", attrs={"name": "text"}).string.strip()


def test_who_reports_is_led_back_and_told_that_it_is_received(logged_in, row):
    response = logged_in.post(address(row), typed(text="Le mot « menteur »."))

    assert (response.status_code, response.url) == (303, f"/contributions/{row.pk}")
    assert Report.objects.get().text == "Le mot « menteur »."
    said = document(logged_in.get(response.url, follow=True)).select_one(".said")
    assert f"#{row.pk}" in said.get_text()


def test_the_page_shows_what_is_reported_as_it_was_typed(client, row):
    main = document(client.get(address(row))).find("main").get_text()

    assert f"#{row.pk}" in main
    assert row.author.display_name in main
    assert "Le <maire> est un menteur." in main


@pytest.mark.parametrize(("language", "field"), [("fr", "title"), ("en", "title_en")])
def test_the_grounds_of_the_charter_are_offered_in_both_languages(
    client, row, language, field
):
    page = document(client.get(address(row, language)))

    offered = page.select("input[name=ground]")
    grounds = Ground.objects.exclude(slug="hidden-at-origin")
    assert [each["value"] for each in offered] == [str(each.pk) for each in grounds]
    assert all(getattr(each, field) in page.get_text() for each in grounds)


def test_what_is_unlawful_is_said_in_words(logged_in, row):
    response = logged_in.post(address(row), typed("unlawful"))

    assert response.status_code == 422
    assert document(response).select_one(".error-summary a")["href"] == "#id_text"
    logged_in.post(address(row), typed("unlawful", "Un appel au vol."))
    assert Report.objects.get().ground.slug == "unlawful"


@pytest.mark.parametrize(
    "fields", [{"ground": ""}, {"ground": "x"}, {"text": "é" * 2001}]
)
def test_what_is_not_accepted_comes_back_as_it_was_typed(logged_in, row, fields):
    sent = typed(text="Ces mots-là.") | fields

    response = logged_in.post(address(row), sent)

    assert response.status_code == 422
    assert given_back(response) == sent["text"]
    assert not Report.objects.exists()


@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting"])
def test_what_cannot_be_read_has_no_page_and_gives_the_text_back(logged_in, trait):
    row = ArgumentFactory(**{trait: True}, text="Des mots masqués.")

    shown = logged_in.get(address(row))
    response = logged_in.post(address(row), typed(text="Mon explication"))

    assert (shown.status_code, response.status_code) == (404, 404)
    assert given_back(response) == "Mon explication"
    assert row.text not in response.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("period", ["ended", "closed"])
def test_what_is_over_can_still_be_reported(logged_in, period):
    row = ProposalFactory(**{f"debate__{period}": True})
    assert logged_in.get(address(row)).status_code == 200

    assert logged_in.post(address(row), typed()).status_code == 303


def test_a_double_click_is_one_report_and_one_acknowledgement(logged_in, row):
    fields = typed(text="Le mot « menteur ».")

    places = {logged_in.post(address(row), fields).url for _ in range(2)}

    assert places == {f"/contributions/{row.pk}"}
    assert Report.objects.count() == len(mail.outbox) == 1


def test_who_reported_it_already_is_told_when_and_loses_no_word(logged_in, row):
    logged_in.post(address(row), typed(text="Le mot « menteur »."))

    again = logged_in.post(address(row), typed(text="Et le ton."))
    opened = logged_in.get(address(row))

    assert (again.status_code, opened.status_code) == (409, 409)
    assert given_back(again) == "Et le ton."
    for answer in (again, opened):
        assert document(answer).select_one(".error-summary time") is not None
        assert document(answer).select_one("main button[type=submit]") is None
    assert Report.objects.get().text == "Le mot « menteur »."


def test_past_the_limit_the_text_comes_back_and_is_a_draft(logged_in, row):
    for each in ProposalFactory.create_batch(REPORTS_AN_HOUR):
        logged_in.post(address(each), typed())

    response = logged_in.post(address(row), typed(text="Encore un."))

    assert response.status_code == 429
    assert given_back(response) == "Encore un."
    assert Draft.objects.get().fields["text"] == "Encore un."


def test_what_is_kept_while_one_writes_comes_back_until_it_is_sent(logged_in, row):
    keep = reverse("consultation:keep-report", args=(row.pk,))
    fields = typed(text="À finir")

    logged_in.post(keep, fields)
    assert given_back(logged_in.get(address(row))) == "À finir"
    logged_in.post(address(row), fields)
    late = logged_in.post(keep, fields)

    assert late.status_code == 409
    assert not Draft.objects.exists()


# Before logging in.


def asked_to_log_in(client, row, fields):
    """Where the log-in page leads to once somebody is logged in."""
    asked = client.post(address(row), fields)
    assert asked.url.startswith(reverse("account_login"))
    return client.get(asked.url).wsgi_request.GET["next"]


def log_in(client, user, next_address):
    fields = {"login": user.email, "password": PASSWORD, "next": next_address}
    return client.post(reverse("account_login"), fields)


def test_what_a_visitor_typed_is_reported_once_logged_in(client, row, participant):
    back = asked_to_log_in(client, row, typed(text="Le mot « menteur »."))
    assert not Report.objects.exists()

    log_in(client, participant, back)

    held = Report.objects.get()
    assert (held.reporter, held.text) == (participant, "Le mot « menteur ».")
    page = client.get(back, follow=True)
    assert page.redirect_chain[0][0] == f"/contributions/{row.pk}"
    assert f"#{row.pk}" in document(page).select_one(".said").get_text()
    assert not Draft.objects.exists()


def test_a_session_that_ends_while_one_writes_loses_nothing(client, row, participant):
    client.force_login(participant)
    fields = typed(text="Longuement pesé.")
    client.post(reverse("consultation:keep-report", args=(row.pk,)), fields)
    client.cookies.pop("sessionid")

    back = asked_to_log_in(client, row, fields)
    log_in(client, participant, back)

    assert Report.objects.get().text == "Longuement pesé."
    assert not Draft.objects.exists()


def test_who_signs_up_has_it_received_once_the_address_is_confirmed(client, row):
    back = asked_to_log_in(client, row, typed(text="Le mot « menteur »."))
    where = f"{reverse('account_signup')}?next={back}"
    shown = document(client.get(where)).find("input", attrs={"name": "shown"})
    client.post(
        where,
        {
            "email": "nadia@exemple.fr",
            "display_name": "Nadia",
            "password1": "une phrase assez longue",
            "accepted": "on",
            "shown": shown["value"],
            "next": back,
        },
    )
    assert not Report.objects.exists()
    code = re.search(r"^    ([A-Z-]{9})$", mail.outbox[-1].body, re.M).group(1)

    client.post(reverse("account_email_verification_sent"), {"code": code})

    assert Report.objects.get().reporter.email == "nadia@exemple.fr"


def test_logged_in_as_who_reported_it_already_nothing_is_doubled(client, row):
    person = UserFactory(confirmed=True)
    client.force_login(person)
    client.post(address(row), typed(text="Le mot « menteur »."))
    client.logout()

    back = asked_to_log_in(client, row, typed(text="Et le ton."))
    log_in(client, person, back)

    assert Report.objects.get().text == "Le mot « menteur »."
    assert Draft.objects.get().fields["text"] == "Et le ton."
