"""docs/receipt-format.md says how a receipt is checked by hand, and it is so."""

import json
import re
import subprocess
import sys
from textwrap import dedent
from uuid import uuid4

import pytest
from django.conf import settings

from proposals.actions import submit_proposal
from register.actions import Posting, of_its_kind
from register.models import Receipt
from register.receipts import ReceiptFile, file_of

pytestmark = pytest.mark.django_db

DOCUMENT = (settings.BASE_DIR / "docs" / "receipt-format.md").read_text()
RECIPE = dedent(re.search(r"(?m)(?:^    .*\n)+", DOCUMENT).group())


@pytest.fixture
def receipt(participant, open_debate):
    row = submit_proposal(
        posting=Posting(author=participant, key=uuid4()),
        debate=open_debate,
        title="Ouvrir « le dimanche »",
        text="<p>Toute l’année.</p><p>😀</p>",
    )
    return Receipt.objects.get(pk=row.number)


def check(tmp_path, data: bytes) -> str:
    """Run the recipe, by a Python that knows nothing of this site."""
    file = tmp_path / "recu.json"
    file.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-c", RECIPE, file],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_recipe_finds_the_digest_of_the_page(receipt, tmp_path):
    said = check(tmp_path, file_of(of_its_kind(receipt.pk), receipt))

    assert said.startswith(f"{receipt.digest} as it says")


def test_the_recipe_finds_other_words(receipt, tmp_path):
    data = file_of(of_its_kind(receipt.pk), receipt)

    said = check(tmp_path, data.replace(b"Ouvrir", b"Fermer"))

    assert "not as it says" in said
    assert receipt.digest not in said


def test_the_recipe_refuses_a_salt_that_holds_words(receipt, tmp_path):
    said = json.loads(file_of(of_its_kind(receipt.pk), receipt))
    forged = said | {"salt": said["salt"] + "4f", "words": said["words"][1:]}

    assert "AssertionError" in check(tmp_path, json.dumps(forged).encode())


def test_the_recipe_is_six_lines_and_every_field_is_described():
    assert len(RECIPE.strip().splitlines()) == 6
    described = re.findall(r"(?m)^\| `(\w+)` \|", DOCUMENT)
    assert described == sorted(ReceiptFile.model_fields)
