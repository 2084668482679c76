"""A receipt as its author holds it: a small file, and what it is compared with.

docs/receipt-format.md describes the file.
"""

from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from django.conf import settings
from django.utils.translation import override
from pydantic import BaseModel, ConfigDict, Field

from accounts.models import User
from register import canonical
from register.enums import Finding
from register.models import Contribution, Receipt
from register.models.submissions import SALT_BYTES, digest_of
from register.text import clean_text

# For how long what somebody posted has its receipt beside it on the page.
JUST_POSTED = timedelta(minutes=15)


def _hexadecimal(count: int) -> str:
    return f"^[0-9a-f]{{{2 * count}}}$"


class ReceiptFile(BaseModel):
    """What the file says: the words exactly as they were hashed, and their salt.

    The salt has one length: with another one, the first words could pass for a part
    of it, and what is left of the words would have the same digest.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal["contribution-receipt"] = "contribution-receipt"
    version: Literal[1] = 1
    number: int
    submitted_at: str
    address: str
    salt: Annotated[str, Field(pattern=_hexadecimal(SALT_BYTES))]
    digest: Annotated[str, Field(pattern=_hexadecimal(32))]
    words: str


def name_of_file(number: int) -> str:
    return f"recu-{number}.json"


def file_of(row: Contribution, receipt: Receipt) -> bytes:
    """The same bytes whenever it is asked for. `row` has the words of its kind."""
    with override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + row.get_absolute_url()
    said = ReceiptFile(
        number=row.number,
        submitted_at=written(row.submitted_at),
        address=address,
        salt=bytes(receipt.salt).hex(),
        digest=receipt.digest,
        words=row.receipt_words,
    )
    return canonical.dumps(said.model_dump()) + b"\n"


def written(at: datetime) -> str:
    """An instant as the register's format writes it."""
    return at.astimezone(UTC).isoformat()


def compare_file(receipt: Receipt, data: bytes) -> Finding:
    """Whether a file holds what was received, asked of the file alone.

    So it answers as well when the words or the salt are no longer held here.
    """
    try:
        form = canonical.loads(data.removeprefix(BOM_UTF8).strip())
        said = ReceiptFile.model_validate(form)
    except ValueError:
        return Finding.UNREADABLE
    if said.number != receipt.pk:
        return Finding.OTHER_NUMBER
    if digest_of(bytes.fromhex(said.salt), said.words.encode()) != receipt.digest:
        return Finding.OTHER
    received = written(receipt.contribution.submitted_at), receipt.digest
    # The digest covers the words alone.
    if (said.submitted_at, said.digest) != received:
        return Finding.ALTERED
    return Finding.SAME


def compare_text(receipt: Receipt, row: Contribution, text: str) -> Finding:
    """Whether a text is what was received. To be asked only of words that one can read.

    Of others it would tell whether a guess is right. What is copied from a page has
    not always the blanks and the line breaks that were typed. Nor is it told whether a
    guess of a masked passage is right.
    """
    salt, words = bytes(receipt.salt), row.receipt_words
    if not salt or row.is_masked:
        return Finding.NOT_COMPARED
    if digest_of(salt, clean_text(text).encode()) == receipt.digest:
        return Finding.SAME
    is_intact = digest_of(salt, words.encode()) == receipt.digest
    if is_intact and text.split() == words.split():
        return Finding.SAME_BUT_BLANKS
    return Finding.OTHER


def receipts_just_given(reader: User, at: datetime) -> Mapping[int, Receipt]:
    """By number, those of what somebody posted a moment ago."""
    rows = Receipt.objects.filter(
        contribution__submission__author=reader,
        contribution__submission__submitted_at__gt=at - JUST_POSTED,
    )
    return {row.pk: row for row in rows.select_related("contribution")}
