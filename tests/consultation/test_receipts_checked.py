"""Whoever has a receipt, or the words, checks it without an account or a script."""

from pathlib import Path
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from register.actions import of_its_kind, withdraw_contribution
from register.models import Receipt
from register.receipts import file_of
from tests.consultation.forgeries import ODD, Sender, multipart
from tests.consultation.test_receipts_shown import argue, hide
from tests.consultation.traces import rows
from tests.factories import ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db

WORDS = "Venir\n\nLes familles viendraient."
SAME = "These are the words that were received"
OTHER = "These are other words"
NOT_COMPARED = "A text cannot be compared with this receipt"


@pytest.fixture
def row(participant):
    return argue(participant)


@pytest.fixture
def visitor():
    """Without a session; what a form that lacks its token would be refused."""
    return Client(enforce_csrf_checks=True)


def file(row) -> bytes:
    return file_of(of_its_kind(row.pk), Receipt.objects.get(pk=row.pk))


def send(client, number, data=None, *, words="", status=200):
    """Fill in one of the page's forms, as a visitor does; what the answer says."""
    fields = {"words": words}
    if data is not None:
        fields = {"file": SimpleUploadedFile("recu.json", data)}
    answer = client.post(f"/en/receipts/{number}/verifier/", fields)
    assert answer.status_code == status
    assert not answer.cookies
    shown = BeautifulSoup(answer.content, "html.parser")
    said = shown.select_one(".finding h2") or shown.select_one(".error-summary")
    return " ".join(said.get_text(" ").split())


def test_the_forms_of_the_page_are_those_that_are_sent(visitor, row):
    page = BeautifulSoup(visitor.get(f"/en/receipts/{row.pk}").content, "html.parser")

    forms = page.select("main form")

    for form, field in zip(forms, ["file", "words"], strict=True):
        assert form["action"] == f"/en/receipts/{row.pk}/verifier/"
        assert form["enctype"] == "multipart/form-data"
        fields = form.find_all(["input", "textarea"])
        assert [each["name"] for each in fields] == [field]


def test_a_file_is_the_receipt_or_is_not(visitor, row, participant):
    whole, another = file(row), file(argue(participant))

    assert send(visitor, row.pk, whole) == SAME
    assert send(visitor, row.pk, whole.replace(b"Venir", b"Venez")) == OTHER
    assert "another contribution" in send(visitor, row.pk, another)
    assert "not a receipt" in send(visitor, row.pk, b"%PDF-1.7", status=422)
    assert "not a receipt" in send(visitor, row.pk, b"", status=422)


def test_a_pasted_text_is_what_was_received_or_other_words(visitor, row):
    assert send(visitor, row.pk, words=f"  {WORDS}\r\n\r\n") == SAME
    assert send(visitor, row.pk, words=WORDS.replace("\n\n", "\n")) == SAME
    assert send(visitor, row.pk, words=WORDS.lower()) == OTHER


@pytest.mark.parametrize("what", ["hidden", "above", "withdrawn", "salt"])
def test_no_guess_is_answered_once_the_words_cannot_be_read(
    visitor, row, participant, what
):
    whole = file(row)
    match what:
        case "hidden":
            hide(row)
        case "above":
            hide(ProposalFactory._meta.model.objects.get(pk=row.hangs_on_id))
        case "withdrawn":
            withdraw_contribution(author=participant, contribution=row)
        case "salt":
            Receipt.objects.update(salt=b"")

    for guess in (WORDS, "Autre chose"):
        assert send(visitor, row.pk, words=guess, status=409) == NOT_COMPARED
    # The file, for its part, says no more than whoever holds it knows.
    assert send(visitor, row.pk, whole) == SAME
    assert send(visitor, row.pk, whole.replace(b"Venir", b"Venez")) == OTHER


def test_what_waits_is_checked_by_its_author_alone(client, visitor):
    newcomer = UserFactory()
    row = argue(newcomer)
    client.force_login(newcomer)

    assert send(client, row.pk, file(row)) == SAME
    sent = {"words": WORDS}
    assert visitor.post(f"/receipts/{row.pk}/verifier/", sent).status_code == 404


def test_an_unknown_number_has_nothing_to_check(visitor):
    imported = ProposalFactory()

    for number in (imported.pk, 999_999):
        answer = visitor.post(f"/receipts/{number}/verifier/", {"words": WORDS})
        assert answer.status_code == 404


def test_nothing_at_all_is_asked_for_again(visitor, row):
    answer = visitor.post(f"/en/receipts/{row.pk}/verifier/")

    assert answer.status_code == 422
    assert "Choose the file of a receipt." in answer.content.decode()
    assert "Paste a text." in send(visitor, row.pk, words=" \n", status=422)


def test_what_is_too_large_is_told_and_neither_read_nor_kept(
    visitor, row, tmp_path, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    large = b"a" * 3_000_000

    by_file = send(visitor, row.pk, large, status=413)
    by_text = send(visitor, row.pk, words=large.decode(), status=413)

    assert by_file == by_text == "This is too large to be a receipt"
    assert list(Path(tmp_path).iterdir()) == []


def test_nothing_is_kept_of_what_is_sent(visitor, row):
    before = rows()

    send(visitor, row.pk, file(row))
    send(visitor, row.pk, words=WORDS)

    assert rows() == before


def test_opening_the_address_of_the_answer_leads_to_the_page(visitor, row):
    answer = visitor.get(f"/en/receipts/{row.pk}/verifier/")

    assert (answer.status_code, answer.url) == (302, f"/en/receipts/{row.pk}")


def test_nothing_that_is_sent_breaks_it(row):
    sender = Sender()
    address = reverse("consultation:check-receipt", args=(row.pk,))

    for name, odd in ODD.items():
        sender.form(address, {"words": odd, "file": odd}, name)
        fields = {"words": odd, "key": str(uuid4())}
        kind = "multipart/form-data; boundary=x"
        sender.send(address, multipart(fields), kind, name)
        content = odd.encode(errors="surrogatepass")
        body = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            + content
            + b"\r\n--x--\r\n"
        )
        sender.send(address, body, kind, f"{name} as a file")

    assert sender.broken == []


def test_hostile_words_come_back_harmless(visitor, row):
    answer = visitor.post(
        f"/receipts/{row.pk}/verifier/", {"words": "</textarea><script>x()</script>"}
    )

    assert "<script>x()" not in answer.content.decode()
