"""An operator imports what there is: lines, documents, folders, compressed or not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from proposals.models import Proposal
from register.models import Contribution
from tests.exchange.platform import Platform, argument, author, opinion, source
from tests.factories import ProposalFactory


def document(each: dict[str, Any]) -> bytes:
    return json.dumps({"opinion": each}, indent=2, ensure_ascii=False).encode()


def write_compressed(folder: Path) -> Path:
    path = folder / "cantines.jsonl.gz"
    lines = b"\n".join(json.dumps(opinion()).encode() for _ in range(2))
    path.write_bytes(gzip.compress(lines))
    return path


def write_folder(folder: Path) -> Path:
    path = folder / "cantines"
    path.mkdir()
    (path / "1.json").write_bytes(document(opinion()))
    (path / "2.json.gz").write_bytes(gzip.compress(document(opinion())))
    return path


def write_with_crlf_and_a_byte_order_mark(folder: Path) -> Path:
    path = folder / "cantines.jsonl"
    lines = (json.dumps(opinion()).encode() for _ in range(2))
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    return path


@pytest.mark.parametrize(
    "write",
    [write_compressed, write_folder, write_with_crlf_and_a_byte_order_mark],
)
def test_a_consultation_is_read_in_whatever_form_it_was_kept(
    platform: Platform, tmp_path: Path, write: Any
) -> None:
    result = platform.run(write(tmp_path))

    assert result.status == 0, result.err
    assert result.out == b""
    assert Proposal.objects.filter(debate__slug="cantines").count() == 2


def test_a_refusal_in_a_folder_names_the_file(
    platform: Platform, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path)
    (folder / "3.json").write_bytes(b"{")

    result = platform.run(folder)

    assert result.status == 1
    assert result.refusals[0].startswith("3.json, the file: ")


@pytest.mark.parametrize(
    "content",
    [
        None,
        gzip.compress(b"{}" * 1000)[:20],
        b"not gzip",
        gzip.compress(bytes(range(256)) * 40)[:-40] + b"\0" * 40,
    ],
    ids=["missing", "cut short", "not compressed", "damaged"],
)
def test_a_file_that_cannot_be_read_is_said_in_a_sentence(
    platform: Platform, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "cantines.jsonl.gz"
    if content is not None:
        path.write_bytes(content)

    result = platform.run(path)

    assert result.status == 1
    assert "cannot be read" in result.err
    assert not Contribution.objects.exists()


def test_a_dry_run_says_everything_and_writes_nothing(platform: Platform) -> None:
    last = ProposalFactory().number
    opinions = [
        opinion(
            author=author("Mairie", vip=True),
            arguments=[argument()],
            sources=[source(category="Carnet")],
        ),
        b"broken",
    ]
    before = rows_of_each_model()

    result = platform.run(platform.write(*opinions), "--dry-run")

    assert result.status == 1
    assert "Dry run: nothing was written." in result.err
    assert result.counts("argument") == [1, 1, 0]
    assert result.refusals[0].startswith("line 2: ")
    assert rows_of_each_model() == before
    assert ProposalFactory().number == last + 1


def test_a_dry_run_of_what_is_held_finds_everything_unchanged(
    platform: Platform,
) -> None:
    platform.imports(opinion(arguments=[argument()]))

    result = platform.run(platform.file, "--dry-run")

    assert result.status == 0
    assert result.counts("proposal") == result.counts("argument") == [1, 0, 1]


def rows_of_each_model() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models()
    }
