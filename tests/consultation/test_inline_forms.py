"""The form alone, as the script asks for it that opens it where one reads."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from arguments.models import Argument
from tests.factories import ArgumentFactory, ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ALONE = {"X-Form-Alone": "1"}


@pytest.fixture
def proposal():
    return ProposalFactory()


@pytest.fixture
def where(proposal):
    return reverse("consultation:argue", args=(proposal.pk,))


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


def argument(text="Les familles viendraient."):
    return {"key": str(uuid4()), "side": "for", "text": text}


def part(response):
    """The one element that is answered, and no page around it."""
    document = BeautifulSoup(response.content, "html.parser")
    assert document.find("html") is None
    return document.select_one("[data-inline-form]")


def test_what_is_asked_for_alone_is_the_form_and_says_where_to_send_it(client, where):
    response = client.get(f"{where}?side=against", headers=ALONE)

    form = part(response).find("form")
    assert form["action"] == where
    assert form.select_one("input[value=against]").has_attr("checked")


def test_what_was_posted_is_where_the_script_is_told_to_go(logged_in, where):
    response = logged_in.post(where, argument(), headers=ALONE)

    row = Argument.objects.get()
    assert response.status_code == 204
    assert response["Location"] == f"/contributions/{row.pk}"
    page = logged_in.get(response["Location"], follow=True)
    assert (
        f"#{row.pk}"
        in BeautifulSoup(page.content, "html.parser").select_one(".said").text
    )


def test_a_visitor_is_led_to_log_in_and_what_they_typed_is_kept(client, where):
    response = client.post(where, argument(), headers=ALONE)

    assert response.status_code == 204
    assert response["Location"].startswith(reverse("account_login"))


def test_what_is_wrong_comes_back_alone_with_the_text(logged_in, where):
    response = logged_in.post(where, argument(text="x"), headers=ALONE)

    assert response.status_code == 422
    assert part(response).select_one(".error-summary")
    assert part(response).find("textarea").string.strip() == "x"


def test_from_the_end_on_the_text_comes_back_alone(logged_in, where, proposal, at):
    at(proposal.debate.closes_at)

    response = logged_in.post(where, argument(text="Trop tard"), headers=ALONE)

    assert response.status_code == 409
    assert part(response).find("textarea").string.strip() == "Trop tard"


def test_a_form_opened_too_long_ago_comes_back_alone(participant, where):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(participant)

    response = strict.post(where, argument(text="Pesé"), headers=ALONE)

    assert response.status_code == 403
    assert part(response).find("textarea").string.strip() == "Pesé"
    assert part(response).select_one("[name=csrfmiddlewaretoken]")


def test_a_page_that_is_read_holds_links_and_no_form(client, page):
    row = ArgumentFactory(hangs_on=ProposalFactory(debate=page.debate))

    html = client.get(reverse("consultation:proposal", args=(row.hangs_on_id,)))

    document = BeautifulSoup(html.content, "html.parser")
    opened = {each["href"] for each in document.select("a[data-inline]")}
    assert {each.partition("?")[0] for each in opened} == {
        reverse("consultation:argue", args=(row.hangs_on_id,)),
        reverse("consultation:source", args=(row.hangs_on_id,)),
        reverse("consultation:source", args=(row.pk,)),
        reverse("consultation:support", args=(row.pk,)),
    }
    assert all(client.get(each).status_code == 200 for each in opened)
    assert not document.select("form[method=post], [name=csrfmiddlewaretoken]")


def test_a_page_that_is_over_loads_no_script_to_write_with(client, ended_debate):
    row = ProposalFactory(debate=ended_debate)

    html = client.get(reverse("consultation:proposal", args=(row.pk,)))

    document = BeautifulSoup(html.content, "html.parser")
    loaded = [each["src"] for each in document.select("script[src]")]
    assert [each.rpartition("/")[2] for each in loaded] == ["suggest.js", "nearby.js"]
