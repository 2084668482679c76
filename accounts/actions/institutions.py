"""Institutions, and the attestations that they are who they say."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from accounts.models import Institution, User, Verification
from accounts.names import addresses_for
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act


class AlreadyVerified(Exception):
    """One attestation is in force; another would say the same, or contradict it."""


class NotInForce(Exception):
    """The attestation was revoked already."""


class Misdated(ValueError):
    """A check lies in the past, and after the revocation of the one before it."""


@transaction.atomic
def add_institution(*, name: str, kind: str, website: str, siren: str) -> Institution:
    """Add a body in whose name people may speak, at an address made from its name.

    The address stays when the name changes: links and the record hold it.
    """
    given = {"name": name, "kind": kind, "website": website, "siren": siren}
    for slug in addresses_for(name, longest=80):
        institution, is_new = Institution.objects.get_or_create(
            slug=slug, defaults=given
        )
        if is_new:
            break
    return institution


@transaction.atomic
def verify_institution(
    *,
    institution: Institution,
    verified_at: datetime,
    attested_by: str,
    evidence: str,
    actor: User,
) -> Verification:
    """Attest that an institution is who it says, from the instant of the check on.

    What was said in its name before keeps the label it had. Raises AlreadyVerified,
    Misdated.
    """
    held = hold_institution(institution)
    if held.verification_in_force:
        raise AlreadyVerified
    last = held.verifications.aggregate(last=Max("revoked_at"))["last"]
    if verified_at > database_now() or (last and verified_at < last):
        raise Misdated
    verification = Verification.objects.create(
        institution=held,
        verified_at=verified_at,
        attested_by=attested_by,
        evidence=evidence,
        recorded_by=actor,
    )
    tell_of(held, act=Act.INSTITUTION_VERIFIED, actor=actor)
    return verification


@transaction.atomic
def revoke_verification(
    *, verification: Verification, motive: str, actor: User
) -> Verification:
    """End the force of an attestation, now and never earlier. Raises NotInForce.

    What it covered keeps its badge, which says that it was revoked since.
    """
    # Waits for those who are posting under it, and reads the clock after them.
    held = Verification.objects.select_for_update().get(pk=verification.pk)
    if held.revoked_at:
        raise NotInForce
    held.revoked_at, held.revocation_motive = database_now(), motive
    held.save(update_fields=["revoked_at", "revocation_motive"])
    tell_of(held.institution, act=Act.VERIFICATION_REVOKED, actor=actor)
    return held


def hold_institution(institution: Institution) -> Institution:
    """The institution as it is now; other acts on it wait until this one is done."""
    rows = Institution.objects.select_for_update(no_key=True)
    held: Institution = rows.get(pk=institution.pk)
    return held


def tell_of(
    institution: Institution,
    *,
    act: Act,
    actor: User,
    is_named: bool = True,
    **facts: Any,
) -> None:
    """Write it in the journal, and in the admin's log of this institution.

    Pages that show its name and its badge are known again by that log
    (docs/decisions/0011-pages-known-again.md).
    """
    record(act=act, actor=actor, facts={"institution": institution.slug} | facts)
    log(
        instance=institution,
        action=f"accounts.{act}",
        user=actor if is_named else None,
    )
