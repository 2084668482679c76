"""Attesting that an institution is who it says, and revoking it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions import (
    AlreadyVerified,
    Misdated,
    NotInForce,
    revoke_verification,
    verify_institution,
)
from accounts.models import Verification
from journal.clock import database_now
from journal.enums import Act
from journal.models import JournalEntry
from tests.factories import (
    ArgumentFactory,
    InstitutionFactory,
    UserFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


def verify(institution, organiser, verified_at=None):
    return verify_institution(
        institution=institution,
        verified_at=verified_at or database_now() - timedelta(hours=1),
        attested_by="Préfecture du Rhône",
        evidence="Récépissé n° 12",
        actor=organiser,
    )


def revoke(verification, organiser):
    return revoke_verification(
        verification=verification, motive="Dissolution", actor=organiser
    )


def test_a_verified_institution_keeps_who_checked_and_who_recorded_it(organiser):
    institution = InstitutionFactory()

    verification = verify(institution, organiser)

    assert institution.verification_in_force == verification
    assert verification.recorded_by == organiser
    assert verification.evidence == "Récépissé n° 12"


def test_what_was_said_before_keeps_the_label_it_had(organiser):
    said = ArgumentFactory(institution=InstitutionFactory())

    verify(said.institution, organiser, verified_at=said.submitted_at)

    said.refresh_from_db()
    assert said.verification is None


def test_an_institution_is_not_verified_twice(organiser):
    institution = InstitutionFactory(verified=True)

    with pytest.raises(AlreadyVerified):
        verify(institution, organiser)

    assert institution.verifications.count() == 1


def test_a_check_does_not_lie_in_the_future(at, organiser):
    now = timezone.now()
    at(now)
    institution = InstitutionFactory()

    with pytest.raises(Misdated):
        verify(institution, organiser, verified_at=now + timedelta(microseconds=1))

    assert verify(institution, organiser, verified_at=now).is_in_force(now)


def test_a_check_comes_after_the_revocation_of_the_one_before(organiser):
    revoked = VerificationFactory(revoked=True)

    with pytest.raises(Misdated):
        verify(
            revoked.institution,
            organiser,
            verified_at=revoked.revoked_at - timedelta(microseconds=1),
        )

    assert verify(revoked.institution, organiser, verified_at=revoked.revoked_at)


def test_a_revocation_takes_effect_at_that_instant_and_keeps_its_motive(at, organiser):
    verification = VerificationFactory()
    now = timezone.now()
    at(now)

    revoke(verification, organiser)

    verification.refresh_from_db()
    assert verification.revoked_at == now
    assert verification.revocation_motive == "Dissolution"
    assert verification.institution.verification_in_force is None


def test_what_is_revoked_is_not_revoked_again(organiser):
    verification = revoke(VerificationFactory(), organiser)

    with pytest.raises(NotInForce):
        revoke_verification(verification=verification, motive="?", actor=organiser)

    verification.refresh_from_db()
    assert verification.revocation_motive == "Dissolution"


def test_both_are_journalled_with_the_institution_and_without_a_text(organiser):
    institution = InstitutionFactory()
    revoke(verify(institution, organiser), organiser)

    revoked, verified = JournalEntry.objects.all()

    assert (verified.act, revoked.act) == (
        Act.INSTITUTION_VERIFIED,
        Act.VERIFICATION_REVOKED,
    )
    assert verified.actor == revoked.actor == organiser
    assert verified.facts == revoked.facts == {"institution": institution.slug}
    assert ModelLogEntry.objects.for_instance(institution).count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_verify_at_once_one_does_and_the_other_is_told():
    institution, organiser = InstitutionFactory(), UserFactory()

    def act(_):
        try:
            return verify(institution, organiser)
        except AlreadyVerified as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(act, range(4)))

    assert sum(isinstance(each, AlreadyVerified) for each in answers) == 3
    assert Verification.objects.get().institution == institution
