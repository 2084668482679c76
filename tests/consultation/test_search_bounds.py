"""What an address of a search may ask for, and no more."""

import pytest

from tests.factories import InstitutionFactory, ProposalFactory, act_on

pytestmark = pytest.mark.django_db


def test_an_address_names_twenty_values_of_a_facet_at_most(client, page):
    act_on(ProposalFactory(debate=page.debate))
    months = [f"month={year}-01" for year in range(2000, 2021)]

    few = client.get(f"/recherche/?{'&'.join(months[:20])}")
    many = client.get(f"/recherche/?{'&'.join(months)}")

    assert (few.status_code, many.status_code) == (200, 404)


def test_a_page_prints_some_themes_however_many_there_are(client, page):
    themes = [f"Thème {number}" for number in range(90)]
    rows = [
        ProposalFactory(title="École", debate=page.debate, themes=themes[at : at + 5])
        for at in range(0, 90, 5)
    ]
    act_on(*rows)

    html = client.get("/recherche/?q=ecole").content.decode()

    assert html.count("theme=theme-") == 60


def test_a_theme_that_stands_on_hidden_words_alone_is_not_said(client, page):
    act_on(ProposalFactory(debate=page.debate, themes=["Maire voleur"], hidden=True))
    act_on(ProposalFactory(debate=page.debate, themes=["Mairie"]))

    unsaid = client.get("/recherche/?theme=maire-voleur")
    said = client.get("/recherche/?theme=mairie")

    assert (unsaid.status_code, said.status_code) == (404, 200)
    assert "Maire voleur" not in unsaid.content.decode()


def test_an_institution_of_which_nothing_is_read_is_not_named(client, page):
    InstitutionFactory(slug="syndicat-secret", name="Syndicat secret")

    response = client.get("/recherche/?signed=syndicat-secret")

    assert response.status_code == 404
    assert "Syndicat secret" not in response.content.decode()


def test_an_institution_called_as_citizens_are_is_not_taken_for_them(client, page):
    named_so = InstitutionFactory(slug="citizens", name="Citizens")
    act_on(
        ProposalFactory(title="Puits", debate=page.debate, institution=named_so),
        ProposalFactory(title="Moulin", debate=page.debate),
    )

    by_institution = client.get("/recherche/?signed=citizens").content.decode()
    by_citizens = client.get("/recherche/?signed=~citizens").content.decode()

    assert "Puits" in by_institution
    assert "Moulin" not in by_institution
    assert "Moulin" in by_citizens
    assert "Puits" not in by_citizens


def test_of_a_word_that_nothing_is_found_by_it_is_not_said_that_nothing_holds_it(
    client, page
):
    act_on(ProposalFactory(title="Pour la fontaine", debate=page.debate))

    alone = client.get("/recherche/?q=pour").content.decode()
    quoted = client.get("/recherche/?q=%22pour%22").content.decode()

    assert "trop courant" in alone
    assert "Rien de public ici" not in alone
    assert "1 résultat" in quoted
