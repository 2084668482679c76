"""No button of the admin removes or doubles a page whose debate holds contributions."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from consultation.models import ConsultationPage, DebatePage, HomePage
from consultation.permissions import REFUSALS
from tests.factories import ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BUTTONS = ["delete", "unpublish", "copy"]
API_ACTIONS = ["delete", "unpublish", "copy", "create_alias"]


def site_tree() -> list[tuple]:
    return list(
        Page.objects.order_by("path").values_list("path", "url_path", "live", "title")
    )


@pytest.fixture
def tree(page: DebatePage) -> dict[str, Page]:
    """The page of the open debate, those above it, and its English alias."""
    return {
        "debate": page,
        "consultation": page.get_parent(),
        "home": page.get_parent().get_parent(),
        "alias": page.debate.pages.get(locale__language_code="en"),
    }


def sentence(act: str) -> str:
    with translation.override("en"):
        return str(REFUSALS[act])


def button(act: str, page: Page) -> str:
    return reverse(f"wagtailadmin_pages:{act}", args=(page.pk,))


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())


FORM = {"new_title": "Double", "new_slug": "double", "copy_subpages": "on"}


@pytest.mark.parametrize("where", ["debate", "consultation", "home", "alias"])
def test_each_button_is_refused_with_a_sentence(desk: Client, tree, where):
    ProposalFactory(debate=tree["debate"].debate)
    before = site_tree()

    for act in BUTTONS:
        response = desk.post(button(act, tree[where]), FORM, follow=True)
        assert sentence(act) in text_of(response), act

    assert site_tree() == before


@pytest.mark.parametrize("trait", ["hidden", "withdrawn", "waiting", "unsigned"])
def test_what_no_reader_sees_holds_the_page_as_well(desk: Client, tree, trait):
    ProposalFactory(debate=tree["debate"].debate, **{trait: True})
    before = site_tree()

    for act in BUTTONS:
        response = desk.post(button(act, tree["debate"]), FORM, follow=True)
        assert sentence(act) in text_of(response), act

    assert site_tree() == before


@pytest.mark.parametrize("where", ["debate", "consultation", "home", "alias"])
def test_each_action_of_the_api_is_refused_with_a_sentence(desk, tree, where):
    ProposalFactory(debate=tree["debate"].debate)
    before = site_tree()

    for act in API_ACTIONS:
        response = desk.post(
            reverse("wagtailadmin_api:pages:action", args=(tree[where].pk, act)),
            {"recursive": True, "slug": "double", "update_slug": "double"},
            content_type="application/json",
        )
        assert response.status_code == 409, act
        assert response.json() == {"detail": sentence(act)}

    assert site_tree() == before


@pytest.mark.parametrize("where", ["debate", "consultation", "home"])
@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_each_bulk_action_is_refused_with_a_sentence(desk, tree, act, where):
    ProposalFactory(debate=tree["debate"].debate)
    empty = tree["home"].add_child(instance=ConsultationPage(title="Sans débat"))
    before = site_tree()
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", act))

    response = desk.post(
        f"{address}?id={empty.pk}&id={tree[where].pk}",
        {"include_descendants": "on"},
        follow=True,
    )

    assert sentence(act) in text_of(response)
    assert site_tree() == before


def test_a_page_whose_debate_holds_nothing_can_be_unpublished(desk, send, tree):
    send(button("unpublish", tree["debate"]))

    assert not DebatePage.objects.get(pk=tree["debate"].pk).live


def test_a_page_whose_debate_holds_nothing_can_be_deleted(desk, send, tree):
    send(button("delete", tree["consultation"]))

    assert not ConsultationPage.objects.filter(pk=tree["consultation"].pk).exists()
    assert tree["debate"].debate.pk


def test_bulk_deleting_pages_without_contributions_is_allowed(desk, tree):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))

    desk.post(f"{address}?id={tree['debate'].pk}", follow=True)

    assert not DebatePage.objects.filter(pk=tree["debate"].pk).exists()


def test_a_consultation_that_presents_no_debate_can_be_copied(desk, send, tree):
    alone = tree["home"].add_child(instance=ConsultationPage(title="Seule"))

    send(button("copy", alone), new_title="Double", new_slug="double")

    assert ConsultationPage.objects.filter(slug="double").exists()


@pytest.mark.parametrize("where", ["debate", "consultation"])
def test_copying_never_gives_a_debate_two_pages_in_a_language(desk, tree, where):
    before = site_tree()

    response = desk.post(button("copy", tree[where]), FORM, follow=True)

    assert sentence("copy") in text_of(response)
    assert site_tree() == before


def test_the_api_translates_no_page_twice(desk, tree):
    ProposalFactory(debate=tree["debate"].debate)
    before = site_tree()

    response = desk.post(
        reverse(
            "wagtailadmin_api:pages:action",
            args=(tree["debate"].pk, "copy_for_translation"),
        ),
        {"locale": "en", "copy_parents": True, "alias": True},
        content_type="application/json",
    )

    assert response.status_code == 400
    assert site_tree() == before


def test_a_visitor_reaches_none_of_the_buttons(client: Client, tree):
    for act in BUTTONS:
        response = client.post(button(act, tree["debate"]))
        assert response["Location"].startswith(reverse("account_login"))

    assert HomePage.objects.count() == 2
    assert DebatePage.objects.filter(live=True).count() == 2
