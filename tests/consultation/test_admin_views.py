"""What the admin shows of the pages: their views open, their previews are true."""

import pytest
from django.test import Client
from django.urls import reverse

from consultation.models import ConsultationPage, DebatePage
from tests.factories import DebateFactory, ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("view", ["edit", "history", "workflow_history", "usage"])
def test_the_views_of_a_page_open(desk: Client, page, view):
    page.save_revision()

    response = desk.get(reverse(f"wagtailadmin_pages:{view}", args=(page.pk,)))

    assert response.status_code == 200


def test_the_views_of_a_revision_open(desk: Client, page):
    old, new = page.save_revision(), page.save_revision()

    for address in (
        reverse("wagtailadmin_pages:revisions_view", args=(page.pk, old.pk)),
        reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, old.pk, new.pk)),
        reverse("wagtailadmin_explore", args=(page.get_parent().pk,)),
        reverse("wagtailadmin_home"),
    ):
        assert desk.get(address).status_code == 200, address


def test_a_draft_never_published_can_be_previewed(desk: Client, page):
    draft = page.get_parent().add_child(
        instance=DebatePage(title="Brouillon", debate=DebateFactory(), live=False)
    )
    draft.save_revision()

    address = reverse("wagtailadmin_pages:view_draft", args=(draft.pk,))

    assert "Brouillon" in desk.get(address).content.decode()


def test_what_is_typed_is_previewed_without_being_saved(desk: Client, send, page):
    proposal = ProposalFactory(debate=page.debate)
    for each in (page, page.get_parent(), page.get_parent().get_parent()):
        edit = reverse("wagtailadmin_pages:edit", args=(each.pk,))
        preview = reverse("wagtailadmin_pages:preview_on_edit", args=(each.pk,))

        answer = send(edit, form_sent_to=preview, title="Titre à l’essai").json()
        shown = desk.get(preview)

        assert answer["is_valid"]
        assert "Titre à l’essai" in shown.content.decode()
        assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
        assert each.title in desk.get(each.url).content.decode()
    assert proposal.title in desk.get(page.url).content.decode()


@pytest.mark.parametrize("model", ["consultationpage", "debatepage"])
def test_a_new_page_can_be_previewed_before_it_is_saved(
    desk: Client, send, page, model
):
    parent = page.get_parent()
    if model == "consultationpage":
        parent = parent.get_parent()
    place = ("consultation", model, parent.pk)
    preview = reverse("wagtailadmin_pages:preview_on_add", args=place)

    answer = send(
        reverse("wagtailadmin_pages:add", args=place),
        form_sent_to=preview,
        title="Toute nouvelle",
        slug="toute-nouvelle",
        debate=str(DebateFactory().pk),
    )

    assert answer.json()["is_valid"]
    assert "Toute nouvelle" in desk.get(preview).content.decode()
    assert not ConsultationPage.objects.filter(title="Toute nouvelle").exists()
    assert not DebatePage.objects.filter(title="Toute nouvelle").exists()


def test_the_menu_does_not_offer_to_delete_the_one_site(desk: Client) -> None:
    menu = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("debates:index") in menu
    assert reverse("wagtailsites:index") not in menu
