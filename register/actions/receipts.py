"""Sending their receipts to those who posted."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.mail import send
from accounts.models import User
from register.actions.limits import hold_account
from register.actions.posting import of_its_kind
from register.models import Receipt
from register.originals import as_received
from register.receipts import file_of, name_of_file


@transaction.atomic
def mail_receipts(*, author: User, numbers: Iterable[int] | None = None) -> None:
    """Queue one mail with the receipts that this person has not been sent yet.

    Those of some numbers, or all of them. Its words go with each as a file, so it is
    sent to nobody whose address is not known to be theirs: nothing is done then.
    """
    # Nobody else mails the same receipts meanwhile, and nobody does it again after.
    hold_account(author)
    due = Receipt.objects.unmailed().filter(contribution__author=author)
    if numbers is not None:
        due = due.filter(pk__in=list(numbers))
    receipts = list(due.select_related("contribution").order_by("pk"))
    if not (receipts and author.email and author.is_confirmed):
        return
    mailed = Receipt.objects.filter(pk__in=[each.pk for each in receipts])
    mailed.update(mailed_at=timezone.now())
    files = [(name_of_file(each.pk), _file(each), JSON) for each in receipts]
    send(
        template="receipts",
        to=author.email,
        language=author.locale,
        context={"receipts": receipts},
        files=files,
    )


JSON = "application/json"


def _file(receipt: Receipt) -> bytes:
    return file_of(as_received(of_its_kind(receipt.pk)), receipt)
