"""What is suggested to somebody who is typing in a search box."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    VerificationFactory,
    act_on,
)

pytestmark = pytest.mark.django_db


def address(typed, language="en"):
    before = "/en" if language == "en" else ""
    return f"{before}/recherche/suggestions?q={quote(typed)}"


@pytest.fixture
def suggested(read):
    """Where the suggestions lead, by what they are called."""

    def ask(typed):
        options = read(address(typed)).select("[role=option]")
        return {each.span.get_text(): each["href"] for each in options}

    return ask


def public(**kwargs):
    row = ProposalFactory(**kwargs)
    act_on(row)
    return row


def test_contributions_themes_and_institutions_are_suggested_in_groups(read):
    institution = InstitutionFactory(name="Éducation pour tous", slug="educ")
    row = public(
        title="L’éducation d’abord",
        themes=["Éducation civique"],
        institution=institution,
    )

    page = read(address("L’Educ"))

    groups = {
        group["aria-label"]: [each["href"] for each in group.select("[role=option]")]
        for group in page.select("[role=listbox] > [role=group]")
    }
    assert groups == {
        "Contributions": [f"/en/contributions/{row.number}"],
        "Themes": ["/en/recherche/?theme=education-civique"],
        "Institutions": ["/en/institutions/educ/"],
    }
    assert page.select_one("[data-said]").get_text().startswith("3 suggestions")


def test_a_contribution_is_suggested_with_its_number_kind_and_language(read):
    proposal = public(title="Des pistes")
    argument = ArgumentFactory(hangs_on=proposal, title="Bike lanes", language="en")
    act_on(argument)

    option = read(address("bike", "fr")).select_one("[role=option]")

    assert option.span["lang"] == "en"
    assert f"#{argument.number}" in option.get_text()
    assert option["href"] == f"/contributions/{argument.number}"


def test_what_citizens_typed_is_escaped(client):
    public(title="<b>Du vélo</b> & rien", themes=["<i>vélo</i>"])

    html = client.get(address("vél")).content.decode()

    assert "&lt;b&gt;Du vélo&lt;/b&gt; &amp; rien" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_themes_of_what_nobody_can_read_are_not_suggested(suggested):
    upcoming = DebateFactory(opens_at=timezone.now() + timedelta(days=1))
    public(title="Un", themes=["Eau cachée"], hidden=True)
    public(title="Deux", themes=["Eau à venir"], debate=upcoming)
    public(title="Trois", themes=["L’eau du robinet"])

    assert list(suggested("eau")) == ["L’eau du robinet"]


def test_institutions_with_nothing_public_are_not_suggested(suggested):
    InstitutionFactory(name="Ville muette")
    VerificationFactory(institution__name="Ville vérifiée")
    public(title="Un", institution=InstitutionFactory(name="Ville qui parle"))
    public(
        title="Deux",
        institution=InstitutionFactory(name="Ville cachée"),
        hidden=True,
    )

    assert list(suggested("ville")) == ["Ville qui parle", "Ville vérifiée"]


def test_there_are_six_contributions_and_three_of_the_others_at_most(suggested):
    for number in range(8):
        public(
            title=f"Rue {number}",
            themes=[f"Rues {number}"],
            institution=InstitutionFactory(name=f"La rue de {number}"),
        )

    assert len(suggested("rue")) == 12


@pytest.mark.parametrize("typed", ["", "r", "l’", "zzz", "\0", "r" * 5000])
def test_where_nothing_is_meant_the_list_is_empty(read, typed):
    public(title="Rue de la Paix")

    page = read(address(typed))

    assert not page.select("[role=option]")
    assert page.select_one("[data-said]").get_text() == "No suggestion."


def test_it_costs_the_same_for_one_row_and_for_many(client):
    def add(number):
        public(
            title=f"Rue {number}",
            themes=[f"Rue {number}"],
            institution=InstitutionFactory(name=f"Rue {number}"),
        )

    def cost():
        client.get(address("rue"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("rue"))
        return len(queries)

    add(0)
    for_one = cost()
    for number in range(1, 20):
        add(number)

    assert cost() == for_one
    assert for_one < 10


def test_an_empty_box_asks_the_database_nothing_of_contributions(client):
    client.get(address(""))
    with CaptureQueriesContext(connection) as queries:
        client.get(address("r"))

    assert len(queries) == 2


def test_everybody_is_given_the_same_bytes_and_a_kept_answer_is_known_again(client):
    public(title="Rue de la Paix")
    answers = [client.get(address("rue")) for _ in range(2)]

    again = client.get(address("rue"), headers={"if-none-match": answers[0]["ETag"]})

    assert answers[0].content == answers[1].content
    assert not answers[0].cookies
    assert "Vary" not in answers[0] or "Cookie" not in answers[0]["Vary"]
    assert again.status_code == 304


def test_the_box_of_every_page_says_where_to_ask(read):
    box = read("/en/").select_one("form[role=search] input[type=search][name=q]")

    assert box["data-suggest"] == "/en/recherche/suggestions"
