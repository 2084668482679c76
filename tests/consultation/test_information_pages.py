"""Legal notice, personal data, accessibility, contact: there from the first day on."""

import importlib

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import RequestFactory
from wagtail.models import Page

from consultation.demo.actions import seed_demo
from consultation.models import ConsultationPage, HomePage, InformationPage
from consultation.views.errors import server_error
from tests.consultation.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FRENCH = {
    "/mentions-legales/": ("Mentions légales", "2004-575"),
    "/donnees-personnelles/": ("Données personnelles", "2016/679"),
    "/accessibilite/": ("Accessibilité", "2019-768"),
    "/contact/": ("Contact", "L. 112-8"),
}
ENGLISH = {
    "/en/legal-notice/": ("Legal notice", "2004-575"),
    "/en/personal-data/": ("Personal data", "2016/679"),
    "/en/accessibility/": ("Accessibility", "2019-768"),
    "/en/contact/": ("Contact", "L. 112-8"),
}
PUBLISH = {"action-publish": "action-publish"}


def footer(document) -> dict[str, str]:
    links = document.select(".site-footer__about a")
    return {each["href"]: each.get_text() for each in links}


def titles(pages: dict) -> dict[str, str]:
    return {address: title for address, (title, _law) in pages.items()}


@pytest.mark.parametrize("address", [*FRENCH, *ENGLISH])
def test_an_empty_site_has_it_names_the_law_and_marks_the_gaps(read: Read, address):
    title, law = (FRENCH | ENGLISH)[address]

    document = read(address)

    text = document.main.get_text()
    assert document.h1.get_text() == title
    assert law in text
    gap = "[To be completed" if address in ENGLISH else "[À compléter"
    assert gap in text


@pytest.mark.parametrize(("french", "english"), list(zip(FRENCH, ENGLISH, strict=True)))
def test_each_is_the_translation_of_the_other(read: Read, french, english):
    for address in (french, english):
        links = read(address).select("header .languages a")
        assert [each["href"] for each in links] == [french, english]


def test_what_is_said_of_accessibility_claims_nothing(read: Read):
    assert "non évalué" in read("/accessibilite/").get_text()
    assert "not assessed" in read("/en/accessibility/").get_text()


def test_the_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("address", "status"), [("/", 200), ("/contact/", 200), ("/rien/", 404)]
)
def test_the_foot_of_every_page_leads_to_them_in_its_language(
    read: Read, address, status
):
    french = footer(read(address, status=status))
    english = footer(read("/en" + address, status=status))

    assert list(french.items())[1:] == list(titles(FRENCH).items())
    assert list(english.items())[1:] == list(titles(ENGLISH).items())


def test_the_page_of_a_fault_asks_the_database_for_nothing(django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        response = server_error(request)

    assert response.status_code == 500


def test_the_foot_costs_one_query_however_many_there_are(
    client, django_assert_num_queries
):
    from consultation.templatetags.information import information_links

    home = HomePage.objects.get(slug="accueil")
    for n in range(10):
        home.add_child(instance=InformationPage(title=f"Page {n}", body="<p>Oui</p>"))

    with django_assert_num_queries(1):
        assert len(information_links()) == 14


# What the organiser can do with them.


def test_one_that_is_unpublished_leaves_the_foot(read: Read, desk, send):
    page = InformationPage.objects.get(slug="contact", locale__language_code="fr")

    send(f"/admin/pages/{page.pk}/unpublish/")

    assert "/contact/" not in footer(read("/"))
    assert "/en/contact/" in footer(read("/en/"))
    read("/contact/", status=404)


def test_one_can_be_completed(read: Read, desk, send):
    page = InformationPage.objects.get(slug="mentions-legales")

    send(f"/admin/pages/{page.pk}/edit/", title="Mentions", **PUBLISH)

    page.refresh_from_db()
    assert page.live
    assert footer(read("/"))["/mentions-legales/"] == "Mentions"


def test_one_can_be_added(read: Read, desk, send):
    home = HomePage.objects.get(slug="accueil")
    address = f"/admin/pages/add/consultation/informationpage/{home.pk}/"

    send(address, title="Charte", slug="charte", body=DRAFTAIL, **PUBLISH)

    assert footer(read("/"))["/charte/"] == "Charte"
    assert "Soyez brefs" in read("/charte/").main.get_text()


DRAFTAIL = (
    '{"blocks": [{"key": "a", "text": "Soyez brefs", "type": "unstyled", "depth": 0,'
    ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
)


@pytest.mark.parametrize("slug", ["auteurs", "institutions", "debats", "en"])
def test_none_can_take_an_address_of_the_site(desk, send, slug):
    page = InformationPage.objects.get(slug="mentions-legales")

    send(f"/admin/pages/{page.pk}/edit/", slug=slug, **PUBLISH)

    page.refresh_from_db()
    assert page.slug == "mentions-legales"


def test_one_can_be_deleted(read: Read, desk, send):
    page = InformationPage.objects.get(slug="mentions-legales")

    send(f"/admin/pages/{page.pk}/delete/")

    assert "/mentions-legales/" not in footer(read("/"))
    assert not InformationPage.objects.filter(pk=page.pk).exists()


# How they came.


def test_a_site_that_already_has_such_an_address_keeps_it(read: Read):
    migration = importlib.import_module(
        "consultation.migrations.0004_information_pages"
    )
    executor = MigrationExecutor(connection)
    before = [("consultation", "0003_informationpage")]
    old = executor.loader.project_state(before).apps
    migration.remove_information_pages(old, None)
    assert not InformationPage.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])
    home = HomePage.objects.get(slug="accueil")
    home.add_child(instance=ConsultationPage(title="Avec tact", slug="contact"))

    migration.add_information_pages(old, None)

    assert Page.find_problems() == ([], [], [], [], [])
    assert read("/contact/").h1.get_text() == "Avec tact"
    assert read("/contact-1/").h1.get_text() == "Contact"
    assert list(footer(read("/")))[1:] == [*list(FRENCH)[:3], "/contact-1/"]
    assert InformationPage.objects.count() == 8


def test_the_demonstration_leaves_no_gap(read: Read):
    seed_demo()

    for address in [*FRENCH, *ENGLISH]:
        text = read(address).main.get_text()
        assert "[" not in text
        assert "Belrive" in text or "example.org" in text or "demonstration" in text


def test_the_demonstration_respects_what_somebody_wrote(read: Read):
    page = InformationPage.objects.get(slug="mentions-legales")
    page.body = "<p>Nous sommes la ville.</p>"
    page.save()

    seed_demo()

    assert "Nous sommes la ville." in read("/mentions-legales/").get_text()
