"""A real consultation goes in whole, comes out whole, and stays the same twice.

Its texts are not ours to copy: nothing here prints or keeps one.
"""

import gzip
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from arguments.models import Argument, Source
from proposals.models import Appendix, Proposal
from register.models import Contribution
from tests.exchange.commands import Run, export, import_bytes, run
from tests.exchange.site import empty

FILE = settings.BASE_DIR.parent / "shared/data/republique-numerique/opinions.jsonl.gz"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not there"),
]


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[Run]:
    """The whole consultation, for all the tests of this file and no other."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run("import_capcollectif", FILE)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def opinions() -> list[dict[str, Any]]:
    with gzip.open(FILE) as lines:
        return [json.loads(line)["opinion"] for line in lines]


def test_everything_is_read_and_created(imported: Run) -> None:
    assert imported.status == 0
    assert imported.refusals == []
    assert imported.counts("proposal") == [464, 464, 0]
    assert imported.counts("argument") == [2614, 2614, 0]
    assert imported.counts("source") == [183, 183, 0]
    assert "3 hidden at the origin" in imported.err
    assert "DIFFERENT" not in imported.err


def test_the_rows_are_as_many_as_the_file_says(
    imported: Run, opinions: list[dict[str, Any]]
) -> None:
    sides = Counter(Argument.objects.values_list("side", flat=True))
    hidden = Contribution.objects.filter(status="hidden")

    assert sides == {
        "for": sum(each["arguments_yes_count"] for each in opinions),
        "against": sum(each["arguments_no_count"] for each in opinions),
    }
    assert Source.objects.count() == sum(len(each["sources"]) for each in opinions)
    assert hidden.count() == sum(each["is_trashed"] for each in opinions) == 3
    assert Proposal.objects.values("section").distinct().count() == 18
    laws = Appendix.objects.exclude(kind="explanatory")
    assert laws.count() == sum(
        bool(modal[side].strip())
        for each in opinions
        for modal in each["modals"]
        for side in ("before", "after")
    )


@pytest.mark.parametrize(
    ("counter", "field"),
    [
        ("agree_count", "votes_ok"),
        ("mixed_count", "votes_mitige"),
        ("disagree_count", "votes_nok"),
    ],
)
def test_the_totals_are_those_of_the_file(
    imported: Run, opinions: list[dict[str, Any]], counter: str, field: str
) -> None:
    total = Contribution.objects.aggregate(sum=Sum(counter))["sum"]

    assert total == sum(each[field] for each in opinions)


def test_each_plain_text_is_the_one_that_was_typed(
    imported: Run, opinions: list[dict[str, Any]]
) -> None:
    kept = dict(Argument.objects.values_list("origin", "text"))

    for each in (argument for one in opinions for argument in one["arguments"]):
        text = kept[f"capcollectif/argument/{each['id']}"]
        typed = unicodedata.normalize("NFC", each["body"]).replace("\r\n", "\n")
        # pytest would print both texts of a comparison that fails.
        is_faithful = text == typed.strip()
        assert is_faithful, each["id"]


def test_a_second_import_changes_nothing(imported: Run) -> None:
    again = run("import_capcollectif", FILE)

    assert (again.status, again.refusals) == (0, [])
    assert again.counts("argument") == [2614, 0, 2614]
    assert again.counts("proposal") == [464, 0, 464]
    assert again.counts("source") == [183, 0, 183]


def test_verify_is_clean(imported: Run) -> None:
    assert run("verify").status == 0


def test_the_record_goes_to_an_empty_site_and_comes_back_the_same(
    imported: Run, tmp_path: Path
) -> None:
    record = export()
    empty()

    result = import_bytes(record, tmp_path)

    assert (result.status, result.refusals) == (0, [])
    is_the_same = export() == record
    assert is_the_same
    assert run("verify").status == 0
