"""Writing a response together, publishing it, and saying what it is worth."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.models import Verification
from proposals.models import OfficialResponse, ResponseDraft, ResponseJudgement
from register.models import Debate
from tests.factories import (
    MembershipFactory,
    OfficialResponseFactory,
    ProposalFactory,
    ResponseDraftFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def institution(representative):
    return representative.memberships.get().institution


@pytest.fixture
def proposal(page, participant):
    return ProposalFactory(debate=page.debate, author=participant)


@pytest.fixture
def where(proposal, institution):
    with_prefix = reverse("consultation:respond", args=(proposal.pk, institution.slug))
    return f"/en{with_prefix}"


@pytest.fixture
def member(client, representative):
    client.force_login(representative)
    return client


def typed(**fields):
    said = {
        "key": str(uuid4()),
        "version": "0",
        "outcome": "accepted",
        "transferred_to": "",
        "text": "Dès **janvier**.",
        "agent_name": "",
        "agent_function": "",
    }
    return said | fields


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    return document(response).main.get_text(" ", strip=True)


def test_a_response_is_published_and_led_to_where_it_stands(member, where, proposal):
    form = typed(publish="1", agent_name="Rosa Martin", is_agreed="on")

    response = member.post(where, form)

    row = OfficialResponse.objects.get()
    assert (response.status_code, row.hangs_on_id) == (303, proposal.pk)
    assert response.url.endswith(f"/contributions/{row.pk}")
    assert (row.outcome, row.agent_name) == ("accepted", "Rosa Martin")
    assert row.text == "<p>Dès <strong>janvier</strong>.</p>"
    page = member.get(response.url, follow=True)
    assert f"it is the contribution #{row.pk}" in words(page)


def test_it_is_published_after_the_end(member, where, proposal):
    debate = Debate.objects.filter(pk=proposal.debate_id)
    debate.update(closes_at=proposal.submitted_at)

    response = member.post(where, typed(publish="1"))

    assert response.status_code == 303
    assert OfficialResponse.objects.exists()


def test_it_is_seen_as_it_will_be_read_and_nothing_is_published(member, where):
    response = member.post(where, typed(preview="1", outcome="partly"))

    preview = document(response).select_one(".preview")
    assert "Partly accepted" in preview.get_text()
    assert preview.strong
    assert not OfficialResponse.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "transferred"}, "transferred_to"),
        ({"transferred_to": "La région"}, "transferred_to"),
        ({"text": ""}, "text"),
        ({"agent_name": "Rosa Martin"}, "is_agreed"),
        ({"agent_function": "Directrice"}, "is_agreed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    member, where, said, field
):
    response = member.post(where, typed(publish="1", **said))

    assert response.status_code == 422
    assert document(response).find(id=f"id_{field}_error")
    assert not OfficialResponse.objects.exists()
    if "text" not in said:
        assert "Dès **janvier**." in document(response).textarea.get_text()


def test_a_draft_is_shared_whatever_is_wrong_with_it_yet(
    client, member, where, institution
):
    assert member.post(where, typed(save="1", outcome="", text="Nous")).url == where
    colleague = MembershipFactory(institution=institution, user__confirmed=True).user
    client.force_login(colleague)

    page = client.get(where)

    assert "last edited by Rosa" in words(page)
    assert document(page).textarea.get_text().strip() == "Nous"
    assert document(page).find("input", attrs={"name": "version"})["value"] == "1"


def test_whose_draft_it_is_stays_said_while_one_looks_at_it(
    member, where, proposal, institution, stranger
):
    ResponseDraftFactory(proposal=proposal, institution=institution, edited_by=stranger)

    response = member.post(where, typed(preview="1", version="1"))

    assert "last edited by Sacha" in words(response)


def test_who_saves_over_a_newer_version_gets_both_and_chooses(
    member, where, proposal, institution, stranger
):
    draft = ResponseDraftFactory(
        proposal=proposal,
        institution=institution,
        version=2,
        edited_by=stranger,
        fields={"text": "Nous refusons.", "outcome": "refused"},
    )

    response = member.post(where, typed(save="1", version="1"))

    assert response.status_code == 409
    shown = document(response)
    other = shown.select_one("section.preview").get_text(" ", strip=True)
    assert "Sacha" in other
    assert "Nous refusons." in other
    assert "Refused" in other
    assert "Dès **janvier**." in shown.textarea.get_text()
    version = shown.find("input", attrs={"name": "version"})["value"]
    assert member.post(where, typed(save="1", version=version)).status_code == 303
    draft.refresh_from_db()
    assert draft.fields["text"] == "Dès **janvier**."


def test_publishing_over_a_newer_version_asks_first(
    member, where, proposal, institution
):
    ResponseDraftFactory(proposal=proposal, institution=institution, version=2)

    response = member.post(where, typed(publish="1", version="1"))

    assert response.status_code == 409
    assert not OfficialResponse.objects.exists()
    assert member.post(where, typed(publish="1", version="2")).status_code == 303
    assert not ResponseDraft.objects.exists()


def test_the_draft_is_thrown_away(member, where, proposal, institution):
    ResponseDraftFactory(proposal=proposal, institution=institution)

    response = member.post(where, typed(drop="1", version="1"))

    assert response.status_code == 303
    assert not ResponseDraft.objects.exists()


def test_who_speaks_for_two_services_says_for_which(
    member, where, representative, institution
):
    cabinet = MembershipFactory(
        user=representative, institution=institution, service="Cabinet"
    )

    assert member.post(where, typed(publish="1")).status_code == 422
    member.post(where, typed(publish="1", membership=cabinet.pk))

    assert OfficialResponse.objects.get().service == "Cabinet"


def test_nobody_else_reads_or_writes_the_draft(client, where, stranger, moderator):
    for person in (stranger, moderator):
        client.force_login(person)

        assert client.get(where).status_code == 403
        response = client.post(where, typed(save="1"))

        assert response.status_code == 403
        assert "Dès **janvier**." in document(response).textarea.get_text()
    assert not ResponseDraft.objects.exists()


def test_an_institution_that_is_verified_no_more_keeps_what_was_typed(member, where):
    Verification.objects.update(revoked_at="2026-01-01T00:00Z")

    assert member.get(where).status_code == 403
    response = member.post(where, typed(publish="1"))

    assert response.status_code == 403
    assert "not verified" in words(response)
    assert "Dès **janvier**." in document(response).textarea.get_text()


def test_who_was_logged_out_while_writing_finds_the_text_in_the_answer(client, where):
    assert "login" in client.get(where).url

    response = client.post(where, typed(publish="1"))

    assert response.status_code == 403
    assert "Dès **janvier**." in document(response).textarea.get_text()
    assert not OfficialResponse.objects.exists()


def test_a_page_opened_too_long_ago_gives_the_text_back(representative, where):
    checking = Client(enforce_csrf_checks=True)
    checking.force_login(representative)

    response = checking.post(where, typed(publish="1"))

    assert response.status_code == 403
    assert "Dès **janvier**." in document(response).textarea.get_text()


def test_a_proposal_hidden_meanwhile_gives_the_text_back_and_is_not_quoted(
    member, institution
):
    hidden = ProposalFactory(hidden=True, title="Titre inavouable")
    where = reverse("consultation:respond", args=(hidden.pk, institution.slug))

    response = member.post(where, typed(publish="1"))

    assert response.status_code == 404
    assert member.get(where).status_code == 404
    assert "Titre inavouable" not in response.content.decode()
    assert "Dès **janvier**." in document(response).textarea.get_text()


def test_the_author_says_thank_you_and_changes_their_mind(
    client, proposal, participant
):
    row = OfficialResponseFactory(hangs_on=proposal)
    client.force_login(participant)
    where = f"/en/contributions/{row.pk}/juger/"
    assert client.get(where).status_code == 200

    client.post(where, {"is_thanked": "on", "satisfaction": "yes"})
    response = client.post(where, {"satisfaction": "no"}, follow=True)

    held = ResponseJudgement.objects.get()
    assert (held.is_thanked, held.satisfaction) == (False, "no")
    assert "answers the question: no" in words(response)
    form = document(client.get(where))
    assert form.find("input", value="no").has_attr("checked")


def test_nobody_else_judges_and_a_visitor_is_led_to_log_in(client, proposal, stranger):
    row = OfficialResponseFactory(hangs_on=proposal)
    where = reverse("consultation:judge", args=(row.pk,))
    assert "login" in client.get(where).url

    client.force_login(stranger)

    assert client.get(where).status_code == 403
    assert client.post(where, {"satisfaction": "no"}).status_code == 403
    assert not ResponseJudgement.objects.exists()
