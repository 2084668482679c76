from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import Institution
from tests.factories import ArgumentFactory, InstitutionFactory, VerificationFactory

BEGAN = datetime(2026, 1, 10, 9, tzinfo=UTC)
REVOKED = datetime(2026, 6, 1, 9, tzinfo=UTC)
AN_INSTANT = timedelta(microseconds=1)


def revoke(verification, at=None):
    verification.revoked_at = at or timezone.now()
    verification.save()


def test_an_institution_is_verified_while_a_verification_is_in_force(db):
    institution = InstitutionFactory(verified=True)
    InstitutionFactory()

    assert Institution.objects.verified().get() == institution
    assert institution.verification_in_force


def test_a_revoked_institution_is_no_longer_verified(db):
    institution = InstitutionFactory(verified=True)

    revoke(institution.verification_in_force)

    assert institution.verification_in_force is None
    assert not Institution.objects.verified().exists()


def test_a_revocation_leaves_the_past_as_it_was(db):
    said = ArgumentFactory(institutional=True)
    verification = said.verification

    revoke(verification)
    again = VerificationFactory(
        institution=said.institution, verified_at=timezone.now()
    )

    said.refresh_from_db()
    assert said.verification == verification
    assert said.institution.verifications.count() == 2
    assert said.institution.verification_in_force == again


@pytest.mark.parametrize(
    ("instant", "in_force"),
    [
        (BEGAN - AN_INSTANT, False),
        (BEGAN, True),
        (REVOKED - AN_INSTANT, True),
        (REVOKED, False),
    ],
)
def test_a_verification_is_in_force_from_its_first_instant_to_its_last(
    instant, in_force
):
    verification = VerificationFactory.build(verified_at=BEGAN, revoked_at=REVOKED)

    assert verification.is_in_force(instant) is in_force


def test_an_institution_that_was_verified_cannot_be_deleted(db):
    institution = InstitutionFactory(verified=True)

    with pytest.raises(ProtectedError):
        institution.delete()
