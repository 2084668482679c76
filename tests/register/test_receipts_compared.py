"""A receipt tells the words that were received from any others."""

import json
from uuid import uuid4

import pytest

from arguments.actions import submit_argument, submit_source
from arguments.enums import Side
from arguments.models import SourceCategory
from proposals.actions import submit_proposal
from register import canonical
from register.actions import Posting, of_its_kind
from register.enums import Finding
from register.models import Receipt
from register.receipts import compare_file, compare_text, file_of
from tests.factories import ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(participant) -> Receipt:
    """Of an argument with a title, blanks inside and an accent in two characters."""
    row = submit_argument(
        posting=Posting(author=participant, key=uuid4()),
        proposal=ProposalFactory(),
        side=Side.FOR,
        title="Le dimanche",
        text="  Les familles  viendraient.\r\nToute l’anne\u0301e.  ",
    )
    return Receipt.objects.get(pk=row.number)


def file(receipt: Receipt) -> bytes:
    return file_of(of_its_kind(receipt.pk), receipt)


def changed(receipt: Receipt, **fields) -> bytes:
    return canonical.dumps(json.loads(file(receipt)) | fields)


def test_the_file_says_what_was_received_and_when(receipt):
    row = receipt.contribution

    said = json.loads(file(receipt))

    assert said == {
        "address": f"http://localhost:8000/contributions/{row.pk}",
        "digest": receipt.digest,
        "format": "contribution-receipt",
        "number": row.pk,
        "salt": bytes(receipt.salt).hex(),
        "submitted_at": row.submitted_at.isoformat(),
        "version": 1,
        "words": "Le dimanche\n\nLes familles  viendraient.\nToute l’année.",
    }
    assert said["submitted_at"].endswith("+00:00")


def test_the_file_is_the_receipt_with_or_without_what_programs_add(receipt):
    data = file(receipt)

    for each in (data, data.strip(), b"\xef\xbb\xbf" + data, data + b"\r\n"):
        assert compare_file(receipt, each) is Finding.SAME


def test_the_file_is_enough_once_neither_words_nor_salt_are_held(receipt):
    data = file(receipt)
    Receipt.objects.update(salt=b"")

    held = Receipt.objects.get()

    assert compare_file(held, data) is Finding.SAME
    assert compare_file(held, data.replace(b"familles", b"Familles")) is Finding.OTHER


def test_words_do_not_pass_for_a_part_of_the_salt(receipt):
    said = json.loads(file(receipt))
    words = said["words"].encode()
    longer = said["salt"] + words[:3].hex()

    forged = changed(receipt, salt=longer, words=words[3:].decode())

    assert compare_file(receipt, forged) is Finding.UNREADABLE


def test_a_file_in_which_the_instant_or_the_digest_was_changed_is_told(receipt):
    for field, value in [
        ("submitted_at", "2020-01-01T00:00:00+00:00"),
        ("digest", "0" * 64),
    ]:
        found = compare_file(receipt, changed(receipt, **{field: value}))

        assert found is Finding.ALTERED


def test_the_receipt_of_another_number_is_not_this_one(receipt):
    other = changed(receipt, number=receipt.pk + 1)

    assert compare_file(receipt, other) is Finding.OTHER_NUMBER


def test_what_is_no_receipt_is_unreadable(receipt):
    whole = file(receipt)
    for data in (
        b"",
        b"\x00\xff\xfe",
        b"null",
        b"[" * 100_000,
        b'{"number": NaN}',
        whole[:-10],
        whole.replace(b'"version":1', b'"version":2'),
        whole.replace(b'"version":1', b'"version":1,"version":1'),
        whole.replace(b'{"address"', b'{"added":1,"address"'),
        changed(receipt, words=None),
        changed(receipt, salt="zz" * 16),
        changed(receipt, number="1"),
        whole.replace(b"Le dimanche", b"\\ud800"),
    ):
        assert compare_file(receipt, data) is Finding.UNREADABLE


def compare(receipt: Receipt, text: str) -> Finding:
    return compare_text(receipt, of_its_kind(receipt.pk), text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "Le dimanche\r\n\r\nLes familles  viendraient.\r\nToute l’année.\r\n\r\n",
            Finding.SAME,
        ),
        (
            "\n Le dimanche\n\nLes familles  viendraient.\nToute l’anne\u0301e.",
            Finding.SAME,
        ),
        (
            "Le dimanche \nLes familles viendraient.\n\nToute l’année.",
            Finding.SAME_BUT_BLANKS,
        ),
        ("Les familles  viendraient.\nToute l’année.", Finding.OTHER),
        ("Le dimanche\n\nLes familles  viendraient.\nToute l'année.", Finding.OTHER),
        (
            "Le dimanche\n\nLes familles  viendraient.\nToute l’année. Oui.",
            Finding.OTHER,
        ),
        ("", Finding.OTHER),
    ],
)
def test_a_text_is_the_same_words_or_others(receipt, text, finding):
    assert compare(receipt, text) is finding


def test_words_that_were_changed_here_are_not_taken_for_those_received(receipt):
    """The page shows what the database holds, whoever wrote it there."""
    row = of_its_kind(receipt.pk)
    row.text = "D’autres mots."

    assert compare_text(receipt, row, row.receipt_words) is Finding.OTHER
    assert compare_text(receipt, row, f"{row.receipt_words} ") is Finding.OTHER


def test_without_its_salt_no_text_is_compared(receipt):
    words = of_its_kind(receipt.pk).receipt_words
    Receipt.objects.update(salt=b"")

    found = compare(Receipt.objects.get(), words)

    assert found is Finding.NOT_COMPARED


def test_every_kind_has_a_receipt_of_its_words(participant, open_debate):
    posting = {"posting": Posting(author=participant, key=uuid4())}
    proposal = submit_proposal(
        debate=open_debate,
        title="Ouvrir",
        text="<p>Le <strong>dimanche</strong> :</p><ul><li>matin</li></ul>",
        **posting,
    )
    source = submit_source(
        posting=Posting(author=participant, key=uuid4()),
        hangs_on=proposal,
        category=SourceCategory.objects.first(),
        title="Un rapport",
        link="https://exemple.fr/rapport",
    )

    for number, words in [
        (proposal.pk, "Ouvrir\n\nLe dimanche :\nmatin"),
        (source.pk, "Un rapport\n\nhttps://exemple.fr/rapport"),
    ]:
        held = Receipt.objects.get(pk=number)
        assert compare(held, words) is Finding.SAME
        assert compare_file(held, file(held)) is Finding.SAME
