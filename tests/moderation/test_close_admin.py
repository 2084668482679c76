"""Closing a debate in the admin."""

import pytest
from django.urls import reverse

from moderation.models import Closing
from register.enums import Status
from register.models import Contribution
from tests.factories import DebateFactory, ProposalFactory, ReportFactory, UserFactory
from tests.moderation.sealing import discuss

pytestmark = pytest.mark.django_db


@pytest.fixture
def debate():
    return DebateFactory(ended=True, confirmation_hours=0)


def address_of(debate):
    return reverse("close_debate", args=(debate.pk,))


@pytest.fixture
def desk(client, moderator):
    moderator.locale = "en"
    moderator.save()
    client.force_login(moderator)
    return client


def test_only_who_may_close_opens_the_page(client, debate, moderator, participant):
    staff = UserFactory(is_staff=True)
    answers = {}
    for person in (moderator, participant, staff):
        client.force_login(person)
        answers[person] = client.get(address_of(debate)).status_code

    assert answers[moderator] == 200
    assert {answers[participant], answers[staff]} <= {302, 403}


def test_it_shows_what_waits_and_offers_nothing_more(desk, debate):
    report = ReportFactory(contribution__debate=debate)

    page = desk.get(address_of(debate)).content.decode()

    assert f'href="/contributions/{report.contribution_id}"' in page
    assert 'name="motive"' not in page
    assert 'name="unpublish"' not in page


def test_what_came_too_late_is_recorded_by_a_button(desk, debate):
    row = ProposalFactory(debate=debate, waiting=True)
    assert 'name="unpublish"' in desk.get(address_of(debate)).content.decode()

    answer = desk.post(address_of(debate), {"unpublish": "yes"})

    assert answer.status_code == 302
    assert Contribution.objects.get(pk=row.pk).status == Status.UNPUBLISHED


def test_a_moderator_closes_with_a_motive(desk, moderator):
    said = discuss(moderator)

    answer = desk.post(address_of(said.debate), {"motive": "Fin prévue."}, follow=True)

    closing = Closing.objects.get()
    assert (closing.closed_by, closing.motive) == (moderator, "Fin prévue.")
    page = answer.content.decode()
    assert f"/debats/{said.debate.slug}/cloture/" in page
    assert 'name="motive"' not in page


def test_a_forged_closing_is_refused_while_something_waits(desk, debate):
    ReportFactory(contribution__debate=debate)

    answer = desk.post(address_of(debate), {"motive": ""})

    assert answer.status_code == 409
    assert not Closing.objects.exists()


@pytest.mark.parametrize("trait", ["open", "closed"])
def test_what_cannot_be_closed_says_so_and_has_no_button(desk, trait):
    debate = DebateFactory(**{trait: True})

    page = desk.get(address_of(debate))

    assert page.status_code == 200
    assert 'name="motive"' not in page.content.decode()
    assert desk.post(address_of(debate)).status_code == 409


def test_debates_are_listed_with_the_way_to_close_them(desk, debate):
    page = desk.get(reverse("debates:index")).content.decode()

    assert address_of(debate) in page


def test_the_form_of_an_ended_debate_leads_there(client, organiser, debate):
    client.force_login(organiser)

    page = client.get(reverse("debates:edit", args=(debate.pk,))).content.decode()

    assert address_of(debate) in page
