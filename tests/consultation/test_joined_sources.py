"""Sources joined to the proposal that one posts, in the same form."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from arguments.models import Source, SourceCategory
from proposals.models import Proposal
from register.actions import confirm_contributions
from register.enums import Status
from register.models import Draft
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def logged_in(client, participant):
    client.force_login(participant)
    return client


@pytest.fixture
def where(page):
    return reverse("consultation:propose", args=(page.debate.slug,))


def row(place, **fields):
    """What is typed in one row; a row is sent whole, blank or not."""
    blank = dict.fromkeys(("category", "title", "link", "note"), "")
    return {f"source-{place}-{name}": said for name, said in (blank | fields).items()}


def report(place, title="Rapport"):
    category = SourceCategory.objects.first().pk
    return row(place, category=category, title=title, link="exemple.fr/rapport")


def proposal(*rows, **fields):
    typed = {"key": str(uuid4()), "title": "Ouvrir", "text": "Le soir.", "themes": ""}
    for each in rows:
        typed |= each
    return typed | fields


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def titles(response):
    """Of the sources as they stand in the form."""
    fields = document(response).select("input[name^=source-][name$=-title]")
    return [each.get("value", "") for each in fields]


def test_each_source_has_a_number_after_that_of_its_proposal(logged_in, where):
    response = logged_in.post(where, proposal(report(0), report(1, "Enquête")))

    posted = Proposal.objects.get()
    assert response.url == f"/contributions/{posted.pk}"
    sources = list(Source.objects.order_by("pk"))
    assert [each.title for each in sources] == ["Rapport", "Enquête"]
    assert [each.pk for each in sources] == [posted.pk + 1, posted.pk + 2]
    assert {each.hangs_on_id for each in sources} == {posted.pk}
    assert posted.source_count == 2


def test_blank_rows_are_no_sources(logged_in, where):
    logged_in.post(where, proposal(row(0), row(1, title="  ", note="\r\n"), report(2)))

    assert Source.objects.count() == 1


def test_two_blank_rows_stand_folded_in_a_new_form(client, where):
    response = client.get(where)

    assert titles(response) == ["", ""]
    assert not document(response).select_one("details.sources").has_attr("open")


def test_one_more_row_loses_nothing_and_checks_nothing(client, where):
    typed = proposal(report(0), row(1), title="", text="Une longue réflexion")

    response = client.post(where, typed | {"one_more_source": "1"})

    page = document(response)
    assert response.status_code == 200
    assert titles(response) == ["Rapport", "", ""]
    assert page.find("textarea", attrs={"name": "text"}).string.strip() == typed["text"]
    assert page.find("input", attrs={"name": "key"})["value"] == typed["key"]
    assert page.select_one("[autofocus]")["name"] == "source-2-category"
    assert page.select_one(".error-summary") is None


def test_there_are_five_rows_at_most(client, where):
    typed = proposal(*(report(place) for place in range(5)), one_more_source="1")

    response = client.post(where, typed)

    assert len(titles(response)) == 5
    assert not document(response).select("button[name=one_more_source]")


def test_what_is_wrong_with_a_source_is_said_beside_it_and_above(logged_in, where):
    wrong = row(1, category="", title="Sans lien", link="ceci n’est pas un lien")

    response = logged_in.post(where, proposal(report(0), wrong))

    page = document(response)
    assert response.status_code == 422
    assert not Proposal.objects.exists()
    linked = [each["href"] for each in page.select(".error-summary a")]
    assert linked == ["#id_source-1-category", "#id_source-1-link"]
    assert page.select_one("#id_source-1-link_error")
    assert page.select_one("details.sources").has_attr("open")
    assert titles(response) == ["Rapport", "Sans lien"]


def test_they_are_seen_before_they_are_published(client, where):
    response = client.post(where, proposal(report(0), preview="1"))

    preview = document(response).select_one(".preview")
    assert "Rapport" in preview.get_text()
    assert preview.find("a")["href"] == "https://exemple.fr/rapport"


def test_they_are_kept_in_the_draft(logged_in, where, page):
    keeping = reverse("consultation:keep-propose", args=(page.debate.pk,))
    logged_in.post(keeping, proposal(report(0), row(1), report(2, "Enquête")))

    assert titles(logged_in.get(where)) == ["Rapport", "", "Enquête"]


def test_a_form_sent_twice_posts_each_of_them_once(logged_in, where):
    typed = proposal(report(0), report(1))

    places = {logged_in.post(where, typed).url for _ in range(2)}

    assert len(places) == Proposal.objects.count() == 1
    assert Source.objects.count() == 2


def test_one_that_is_refused_keeps_the_proposal_back(logged_in, where, page):
    page.debate.hourly_limit = 3
    page.debate.save()
    logged_in.post(where, proposal())

    response = logged_in.post(where, proposal(report(0), report(1), title="Fermer"))

    assert response.status_code == 429
    assert titles(response) == ["Rapport", "Rapport"]
    assert [each.title for each in Proposal.objects.all()] == ["Ouvrir"]
    assert not Source.objects.exists()
    assert Draft.objects.get().fields["source-1-title"] == "Rapport"


def test_no_more_rows_are_offered_than_may_be_posted_at_once(client, where, page):
    page.debate.hourly_limit = 2
    page.debate.save()

    assert titles(client.get(where)) == [""]


def test_a_debate_that_takes_no_source_offers_no_row(client, where, page):
    page.debate.accepts_sources = False
    page.debate.save()

    assert titles(client.get(where)) == []


# Before one is known.


def test_typed_before_logging_in_and_sent_again_they_are_posted_once(client, where):
    user, typed = UserFactory(confirmed=True), proposal(report(0), report(1))
    client.post(where, typed)

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert Source.objects.count() == 2
    again = client.post(where, typed)

    assert again.url == f"/contributions/{Proposal.objects.get().pk}"
    assert Source.objects.count() == 2


def test_they_wait_with_their_proposal_for_the_address_to_be_confirmed(client, where):
    newcomer = UserFactory()
    client.force_login(newcomer)

    client.post(where, proposal(report(0)))

    assert Source.objects.get().status == Status.WAITING
    confirm_contributions(author=newcomer)
    assert Source.objects.get().status == Status.PUBLISHED
    assert Proposal.objects.get().source_count == 1
