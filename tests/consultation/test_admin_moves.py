"""A page may move: its debate does not, and the former address leads to the new one."""

import pytest
from django.test import Client
from django.urls import reverse

from consultation.models import ConsultationPage, DebatePage
from tests.factories import ProposalFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def elsewhere(page: DebatePage) -> ConsultationPage:
    home = page.get_parent().get_parent()
    return home.add_child(instance=ConsultationPage(title="Ailleurs", slug="ailleurs"))


def test_moving_a_page_keeps_its_debate_and_redirects(
    desk: Client, client, page, elsewhere, django_capture_on_commit_callbacks
):
    proposal = ProposalFactory(debate=page.debate)
    former = page.url
    address = reverse("wagtailadmin_pages:move_confirm", args=(page.pk, elsewhere.pk))

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, follow=True)

    moved = DebatePage.objects.get(pk=page.pk)
    assert moved.url == "/ailleurs/" + page.slug + "/"
    assert (moved.debate, moved.live) == (page.debate, True)
    client.logout()
    response = client.get(former)
    assert (response.status_code, response["Location"]) == (301, moved.url)
    assert client.get(f"/contributions/{proposal.pk}").status_code == 302


def test_moving_it_by_the_api_does_the_same(
    desk: Client, client, page, elsewhere, django_capture_on_commit_callbacks
):
    former = page.url

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(
            reverse("wagtailadmin_api:pages:action", args=(page.pk, "move")),
            {"destination_page_id": elsewhere.pk, "position": "last-child"},
            content_type="application/json",
        )

    assert response.status_code == 200
    client.logout()
    assert client.get(former)["Location"] == f"/ailleurs/{page.slug}/"


def test_moving_several_at_once_does_the_same(
    desk: Client, client, page, elsewhere, django_capture_on_commit_callbacks
):
    ProposalFactory(debate=page.debate)
    former = page.url
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "move"))

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{address}?id={page.pk}", {"chooser": elsewhere.pk}, follow=True)

    client.logout()
    assert client.get(former)["Location"] == f"/ailleurs/{page.slug}/"
    assert page.debate.contributions.count() == 1


def test_another_address_for_the_page_redirects_the_former_one(
    desk: Client, client, send, page, django_capture_on_commit_callbacks
):
    former, parent = page.url, page.get_parent().url
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))

    with django_capture_on_commit_callbacks(execute=True):
        send(address, slug="autrement", **{"action-publish": "action-publish"})

    client.logout()
    assert client.get(former)["Location"] == f"{parent}autrement/"


def test_a_debate_page_cannot_stand_outside_a_consultation(desk: Client, page):
    home = page.get_parent().get_parent()
    address = reverse("wagtailadmin_pages:move_confirm", args=(page.pk, home.pk))

    desk.post(address, follow=True)

    page.refresh_from_db()
    assert page.get_parent().specific_class is ConsultationPage
