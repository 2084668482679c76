from datetime import timedelta

import pytest

from accounts.models import Verification
from tests.constraints import Breaks, assert_refused, cases
from tests.factories import (
    InstitutionFactory,
    MembershipFactory,
    UserFactory,
    VerificationFactory,
)


def two_accounts_of_one_address():
    UserFactory(email="paul@exemple.fr")
    UserFactory(email="Paul@Exemple.FR")


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


BREAKS: Breaks = {
    "one_account_per_address": [two_accounts_of_one_address],
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
    "one_membership_per_person_and_service": [twice_a_member],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)
