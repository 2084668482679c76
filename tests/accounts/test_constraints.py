from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import TermsKind
from accounts.models import Acceptance, Mail, Terms, Verification
from tests.constraints import Breaks, assert_refused, cases
from tests.factories import (
    InstitutionFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    VerificationFactory,
)


def the_same_text_twice():
    first = Terms.objects.get(kind=TermsKind.CHARTER)
    write_terms(version=first.version)


def accepted_twice():
    terms, user = Terms.objects.first(), UserFactory()
    for _ in range(2):
        Acceptance.objects.create(user=user, terms=terms, accepted_at=timezone.now())


def write_terms(**fields):
    given = {
        "kind": TermsKind.CHARTER,
        "version": 9,
        "in_force_at": timezone.now(),
        "text_fr": "<p>Texte</p>",
        "text_en": "<p>Text</p>",
    }
    return Terms.objects.create(**given | fields)


def two_verifications_in_force():
    first = VerificationFactory()
    VerificationFactory(
        institution=first.institution,
        verified_at=first.verified_at + timedelta(days=1),
    )


def two_verifications_at_one_instant():
    first = VerificationFactory(revoked=True)
    VerificationFactory(
        institution=first.institution, verified_at=first.verified_at, revoked=True
    )


def revoked_when_it_began():
    row = VerificationFactory()
    Verification.objects.filter(pk=row.pk).update(revoked_at=row.verified_at)


def twice_a_member():
    first = MembershipFactory(service="Voirie")
    MembershipFactory(user=first.user, institution=first.institution, service="Voirie")


def invited_twice():
    first = InvitationFactory()
    InvitationFactory(institution=first.institution, email=first.email)


BREAKS: Breaks = {
    "address_is_in_lower_case": [lambda: UserFactory(email="Paul@exemple.fr")],
    "no_address_is_null_rather_than_empty": [lambda: UserFactory(email="")],
    "account_has_a_public_name": [lambda: UserFactory(display_name="")],
    "institution_kind_is_known": [lambda: InstitutionFactory(kind="party")],
    "siren_has_nine_digits": [
        lambda: InstitutionFactory(siren="12345678"),
        lambda: InstitutionFactory(siren="12345678X"),
    ],
    "one_verification_in_force_per_institution": [two_verifications_in_force],
    "one_verification_per_institution_and_instant": [two_verifications_at_one_instant],
    "verification_is_revoked_after_it_began": [revoked_when_it_began],
    "verification_says_by_whom_and_on_what": [
        lambda: VerificationFactory(attested_by=""),
        lambda: VerificationFactory(evidence=""),
    ],
    "motive_is_that_of_a_revocation": [
        lambda: VerificationFactory(revocation_motive="Sans révocation")
    ],
    "one_pending_invitation_per_address_and_service": [invited_twice],
    "invited_address_is_in_lower_case": [
        lambda: InvitationFactory(email="Marie@exemple.fr")
    ],
    "invitation_is_accepted_by_somebody_or_cancelled": [
        lambda: InvitationFactory(accepted_at=timezone.now()),
        lambda: InvitationFactory(accepted_by=UserFactory()),
        lambda: InvitationFactory(accepted=True, revoked=True),
    ],
    "one_membership_per_person_and_service": [twice_a_member],
    "one_text_per_kind_and_version": [the_same_text_twice],
    "text_to_accept_is_of_a_known_kind": [lambda: write_terms(kind="rules")],
    "versions_begin_at_one": [lambda: write_terms(version=0)],
    "text_to_accept_is_in_both_languages": [
        lambda: write_terms(text_fr=""),
        lambda: write_terms(text_en=""),
    ],
    "one_acceptance_per_person_and_text": [accepted_twice],
    "mail_given_up_keeps_no_words": [
        lambda: Mail.objects.create(recipients="x", subject="x", content={"body": "x"})
    ],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)
