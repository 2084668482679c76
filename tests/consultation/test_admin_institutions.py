"""Institutions in the admin, and what their pages show of what is done there."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.enums import StaffGroup
from accounts.models import Institution, Invitation, Membership
from journal.enums import Act
from journal.models import JournalEntry
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED = {
    "name": "Belrive Métropole",
    "kind": "local_authority",
    "website": "https://belrive.example.org",
    "siren": "732 829 320",
}
CHECKED = {
    "verified_at": "2026-01-10 09:00",
    "attested_by": "Préfecture du Rhône",
    "evidence": "Récépissé n° 12\r\nvu le 10 janvier",
}


@pytest.fixture
def organiser(db):
    user = UserFactory(display_name="Odile")
    user.groups.set(user.groups.model.objects.filter(name=StaffGroup.ORGANISERS))
    return user


@pytest.fixture
def institution(db) -> Institution:
    return InstitutionFactory(name="Les Amis")


def to(name: str, row) -> str:
    return reverse(f"institutions:{name}", args=(row.pk,))


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text().split())


def test_an_institution_is_added_with_an_address_made_from_its_name(desk, send):
    response = send(reverse("institutions:add"), **TYPED)

    institution = Institution.objects.get()
    assert institution.slug == "belrive-metropole"
    assert institution.siren == "732829320"
    assert response.redirect_chain[-1][0] == to("inspect", institution)
    assert "Nothing is attested" in text_of(response)


REFUSED = {
    "name": ["", "✔ Belrive", "123"],
    "kind": ["", "parti"],
    "website": ["ftp://belrive.example.org", "belrive"],
    "siren": ["732829321", "12345678", "neuf chiffres"],
}


@pytest.mark.parametrize(
    ("field", "value"),
    [(field, v) for field, values in REFUSED.items() for v in values],
)
def test_what_describes_no_institution_is_refused_with_a_sentence(
    desk, send, field, value
):
    response = send(reverse("institutions:add"), **TYPED | {field: value})

    assert response.context["form"].errors[field]
    assert not Institution.objects.exists()


def test_one_that_is_renamed_keeps_its_address(desk, send, institution):
    slug = institution.slug

    send(to("edit", institution), name="Les Amis de Belrive", slug="autre")

    institution.refresh_from_db()
    assert (institution.name, institution.slug) == ("Les Amis de Belrive", slug)


def test_none_is_ever_deleted_by_anybody(client: Client, institution):
    client.force_login(UserFactory(is_superuser=True))

    for send in (client.get, client.post):
        send(to("delete", institution))

    assert Institution.objects.filter(pk=institution.pk).exists()


def test_the_list_tells_since_when_each_is_verified_and_how_many_speak(
    desk, institution
):
    verified = VerificationFactory(institution__name="La Ville").institution
    user = MembershipFactory(institution=verified, service="Voirie").user
    MembershipFactory(institution=verified, user=user, service="Eau")

    page = BeautifulSoup(desk.get(reverse("institutions:index")).content, "html.parser")

    rows = {row.a.text.strip(): row.text for row in page.select("tbody tr")}
    assert list(rows) == ["La Ville", "Les Amis"]
    assert "not verified" in rows["Les Amis"]
    assert "since" in rows["La Ville"]
    assert rows["La Ville"].split()[-1] == "1"


def test_the_list_asks_as_much_for_thirteen_as_for_three(desk):
    address = reverse("institutions:index")
    InstitutionFactory.create_batch(3, verified=True)
    few = queries_of(desk, address)

    InstitutionFactory.create_batch(10, verified=True)

    assert queries_of(desk, address) == few


def test_an_organiser_verifies_on_dated_evidence(desk, send, organiser, institution):
    response = send(to("verify", institution), **CHECKED)

    verification = institution.verifications.get()
    assert verification.recorded_by == organiser
    assert verification.evidence == "Récépissé n° 12\nvu le 10 janvier"
    assert verification.verified_at.isoformat() == "2026-01-10T08:00:00+00:00"
    assert "Préfecture du Rhône" in text_of(response)


def test_the_form_offers_this_very_minute(desk, send, institution):
    send(to("verify", institution), attested_by="La préfecture", evidence="Vu")

    assert institution.verification_in_force


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verified_at", "2126-01-01 00:00"),
        ("verified_at", "2026-03-29 02:30"),
        ("verified_at", ""),
        ("attested_by", " "),
        ("evidence", "\r\n"),
    ],
)
def test_a_check_without_a_date_a_name_or_evidence_is_refused(
    desk, send, institution, field, value
):
    response = send(to("verify", institution), **CHECKED | {field: value})

    assert response.context["form"].errors
    assert not institution.verifications.exists()


def test_verifying_what_is_verified_already_is_said_and_not_done(desk, send):
    institution = VerificationFactory().institution

    response = send(to("verify", institution), **CHECKED)

    assert "This institution is verified already." in text_of(response)
    assert "Récépissé n° 12" in text_of(response)
    assert institution.verifications.count() == 1


def test_a_revocation_needs_a_motive(desk, send):
    verification = VerificationFactory()

    response = send(to("revoke", verification), motive=" ")

    assert response.context["form"].errors["motive"]
    verification.refresh_from_db()
    assert verification.revoked_at is None


def test_a_revocation_is_read_with_its_motive_and_rewrites_nothing(desk, send, client):
    said = ArgumentFactory(institutional=True)

    send(to("revoke", said.verification), motive="L’association est dissoute.")

    client.logout()
    public = text_of(client.get(f"/institutions/{said.institution.slug}/"))
    assert "L’association est dissoute." in public
    assert "Attestation révoquée" in public
    proposal = BeautifulSoup(
        client.get(f"/propositions/{said.hangs_on_id}/").content, "html.parser"
    )
    badge = proposal.select_one(".verified")
    assert "Compte vérifié" in badge.text
    assert "révoquée" in badge.text


ACTS = {
    "renamed": lambda send, row: send(to("edit", row), name="Les Amies"),
    "verified": lambda send, row: send(to("verify", row), **CHECKED),
    "revoked": lambda send, row: send(
        to("revoke", row.verification_in_force), motive="Dissoute"
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_kept_pages_that_show_an_institution_are_not_taken_for_new(desk, send, act):
    institution = InstitutionFactory(verified=act == "revoked")
    said = ArgumentFactory(
        institution=institution, verification=institution.verification_in_force
    )
    visitor = Client()
    pages = [
        f"/propositions/{said.hangs_on_id}/",
        f"/institutions/{institution.slug}/",
        "/institutions/",
    ]
    kept = {page: visitor.get(page)["ETag"] for page in pages}
    for page, etag in kept.items():
        assert visitor.get(page, headers={"If-None-Match": etag}).status_code == 304

    ACTS[act](send, institution)

    for page, etag in kept.items():
        again = visitor.get(page, headers={"If-None-Match": etag})
        assert again.status_code == 200, page


@pytest.mark.parametrize("is_known", [True, False])
def test_inviting_answers_the_same_whether_or_not_there_is_an_account(
    desk, send, institution, is_known, django_capture_on_commit_callbacks
):
    if is_known:
        UserFactory(email="marie@exemple.fr", confirmed=True)

    with django_capture_on_commit_callbacks(execute=True):
        response = send(to("invite", institution), email="Marie@Exemple.fr")

    assert "The invitation is on its way." in text_of(response)
    assert Invitation.objects.get().email == "marie@exemple.fr"
    assert mail.outbox[-1].to == ["marie@exemple.fr"]


@pytest.mark.parametrize("email", ["", "marie", "marie@exemple.fr, paul@exemple.fr"])
def test_what_is_no_address_is_not_written_to(desk, send, institution, email):
    response = send(to("invite", institution), email=email)

    assert response.context["form"].errors["email"]
    assert not Invitation.objects.exists()


def test_an_invitation_is_cancelled_after_asking(desk, send):
    invitation = InvitationFactory()
    assert invitation.email in text_of(desk.get(to("cancel", invitation)))

    send(to("cancel", invitation))

    invitation.refresh_from_db()
    assert invitation.revoked_at
    assert desk.get(to("cancel", invitation)).status_code == 404


def test_a_membership_is_ended_after_asking(desk, send, representative):
    membership = representative.memberships.get()
    assert "Rosa" in text_of(desk.get(to("end", membership)))
    assert Membership.objects.filter(pk=membership.pk).exists()

    send(to("end", membership))

    assert not Membership.objects.exists()
    assert JournalEntry.objects.get().act == Act.MEMBERSHIP_ENDED


def test_the_history_of_an_institution_tells_what_was_done(desk, send, institution):
    send(to("verify", institution), **CHECKED)
    send(to("invite", institution), email="marie@exemple.fr")

    history = text_of(desk.get(to("history", institution)))

    assert "institution verified" in history
    assert "member invited" in history
    assert "marie" not in history


def test_what_an_unverified_institution_signs_says_so_in_words(read):
    said = ArgumentFactory(institution=InstitutionFactory(name="Les Amis"))

    page = read(f"/propositions/{said.hangs_on_id}/")

    (item,) = [each for each in page.select(".signature") if "Les Amis" in each.text]
    assert "compte non vérifié" in item.text
    assert not item.select(".verified")
