"""Making accounts, keeping what they accepted, vouching for addresses.

Higher rooms that must do something when somebody signs up or confirms an address
subscribe here, from their `AppConfig.ready()`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from wagtail.log_actions import log

from accounts.enums import TermsKind
from accounts.models import Acceptance, Terms, User
from journal.clock import database_now

Subscriber = Callable[[HttpRequest | None, User], None]
AtKnownAddress = Callable[[HttpRequest, str], None]

_at_sign_up: list[Subscriber] = []
_at_confirmation: list[Subscriber] = []
_at_known_address: list[AtKnownAddress] = []


def subscribe(
    *,
    signed_up: Subscriber | None = None,
    confirmed: Subscriber | None = None,
    known_address: AtKnownAddress | None = None,
) -> None:
    """Call `signed_up(request, user)` and `confirmed(request, user)`, in order.

    And `known_address(request, email)` when somebody signs up with the address of an
    account: what follows shows them what it would for an unknown one. Each runs inside
    the transaction that makes the account or marks its address as confirmed, and is
    never caught: when it fails, that fails with it.
    """
    _at_sign_up.extend(filter(None, [signed_up]))
    _at_confirmation.extend(filter(None, [confirmed]))
    _at_known_address.extend(filter(None, [known_address]))


@transaction.atomic
def sign_up(
    *, request: HttpRequest | None, user: User, accepts: Iterable[Terms]
) -> User:
    """Store a new account, with what it accepts. Its address is not confirmed yet."""
    user.save(force_insert=True)
    at = database_now()
    Acceptance.objects.bulk_create(
        Acceptance(user=user, terms=each, accepted_at=at) for each in accepts
    )
    EmailAddress.objects.create(
        user=user, email=user.email, primary=True, verified=False
    )
    for subscriber in _at_sign_up:
        subscriber(request, user)
    return user


@transaction.atomic
def go_on_signing_up(*, request: HttpRequest, user: User) -> User:
    """Go on with an account of theirs whose address they have not confirmed yet.

    What they typed since they made it is received now too.
    """
    for subscriber in _at_sign_up:
        subscriber(request, user)
    return user


@transaction.atomic
def sign_up_again(*, request: HttpRequest, email: str) -> None:
    """Make no account, because there is one, and let nothing that is shown tell it."""
    for subscriber in _at_known_address:
        subscriber(request, email)


@transaction.atomic
def tell_confirmed(*, request: HttpRequest | None, user: User) -> None:
    """Say to who subscribed that an address was confirmed, now or once more."""
    for subscriber in _at_confirmation:
        subscriber(request, user)


@transaction.atomic
def vouch_for_address(*, user: User) -> None:
    """Take the address of this account for its own: whoever typed it answers for it.

    Said of accounts made in the admin, by a command or by the demonstration. Nothing
    is done for an account without an address.
    """
    was_confirmed = user.is_confirmed
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()
    if not user.email:
        return
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )
    if not was_confirmed:
        tell_confirmed(request=None, user=user)


@transaction.atomic
def introduce(*, user: User, display_name: str, locale: str) -> None:
    """Change the public name of an account and the language it is written to in.

    The admin's log gets an entry, because pages that show the name are known again by
    it (docs/decisions/0011-pages-known-again.md).
    """
    user.display_name, user.locale = display_name, locale
    user.save(update_fields=["display_name", "locale"])
    log(instance=user, action="wagtail.edit", user=user)


@transaction.atomic
def add_terms(
    *, kind: TermsKind, in_force_at: datetime, text_fr: str, text_en: str
) -> Terms:
    """Add the next version of a text. Those before it stay as they are."""
    last = Terms.objects.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    return Terms.objects.create(
        kind=kind,
        version=last + 1,
        in_force_at=in_force_at,
        text_fr=text_fr,
        text_en=text_en,
    )
