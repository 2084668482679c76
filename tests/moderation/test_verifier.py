"""The verifier names what differs, and never dies of a damaged file."""

import ast
import json
import random
import shutil
import sys

import pytest

from moderation.seal.folder import VERIFIER
from moderation.seal.verify_seal import verify
from tests.moderation.sealing import check, export, read_lines, sealed

pytestmark = pytest.mark.django_db

FILES = (
    "record.jsonl",
    "disclosures.jsonl",
    "tree.json",
    "withholdings.jsonl",
    "checkpoint.txt",
)


@pytest.fixture
def said(moderator):
    return sealed(moderator)


@pytest.fixture
def folder(said, tmp_path):
    return export(said, tmp_path / "seal")


def place_of(folder, row, name="record.jsonl"):
    return next(
        place
        for place, line in enumerate(read_lines(folder / name))
        if json.loads(line).get("number") == row.pk
    )


def rewrite(folder, name, change):
    lines = read_lines(folder / name)
    change(lines)
    (folder / name).write_bytes(b"".join(lines))


def test_a_flipped_byte_is_named_by_its_number(folder, said):
    place = place_of(folder, said.argument)

    def flip(lines):
        lines[place] = lines[place].replace(b'"fr"', b'"fs"')

    rewrite(folder, "record.jsonl", flip)

    checked = check(folder)
    assert checked.status == 1
    assert f"differs: #{said.argument.pk}" in checked.problems
    assert "intact" not in checked.lines


def test_a_changed_word_is_named_by_its_number_and_part(folder, said):
    file = folder / "disclosures.jsonl"
    file.write_text(file.read_text().replace("Je dis", "Je nie"))

    assert check(folder).problems == [f"differs: #{said.argument.pk} (text)"]


def test_the_first_lines_and_the_last_ones_are_named_too(folder):
    for place, name in ((0, "metadata"), (1, "debate "), (-1, "period_change ")):
        copy = folder.with_name(f"copy{place}")
        shutil.copytree(folder, copy)

        def change(lines, place=place):
            lines[place] = lines[place].replace(b'"kind"', b'"kinf"')

        rewrite(copy, "record.jsonl", change)

        assert f"differs: {name}" in "\n".join(check(copy).problems)


def test_a_deleted_line_is_missing(folder, said):
    place = place_of(folder, said.source)
    rewrite(folder, "record.jsonl", lambda lines: lines.pop(place))

    assert f"missing: #{said.source.pk}" in check(folder).problems


def test_an_added_line_is_unknown(folder):
    rewrite(folder, "record.jsonl", lambda lines: lines.append(b'{"number":12}\n'))

    assert any(each.startswith("unknown: ") for each in check(folder).problems)


def test_swapped_lines_are_both_named(folder, said):
    one, other = (place_of(folder, row) for row in (said.proposal, said.argument))

    def swap(lines):
        lines[one], lines[other] = lines[other], lines[one]

    rewrite(folder, "record.jsonl", swap)

    problems = "\n".join(check(folder).problems)
    for row in (said.proposal, said.argument):
        assert f"differs: #{row.pk} (not in its place)" in problems


def test_a_disclosure_that_nothing_withholds_may_not_be_missing(folder, said):
    place = place_of(folder, said.source, "disclosures.jsonl")
    rewrite(folder, "disclosures.jsonl", lambda lines: lines.pop(place))

    number = said.source.pk
    assert check(folder).problems == [
        f"missing: #{number} (name)",
        f"missing: #{number} (text)",
    ]


def test_a_name_does_not_pass_for_a_text(folder, said):
    place = place_of(folder, said.withdrawn, "disclosures.jsonl")

    def exchange(lines):
        value = json.loads(lines[place])
        value["name"], value["text"] = value["text"], value["name"]
        lines[place] = json.dumps(value).encode() + b"\n"

    rewrite(folder, "disclosures.jsonl", exchange)

    assert len(check(folder).problems) == 2


def test_an_act_that_is_taken_out_of_the_log_leaves_its_part_missing(folder, said):
    rewrite(folder, "withholdings.jsonl", lambda lines: lines.pop(0))

    assert check(folder).problems == [f"missing: #{said.masked.pk} (text)"]


def test_the_root_of_another_record_is_not_this_one(folder):
    file = folder / "checkpoint.txt"
    origin, size, root, _end = file.read_text().split("\n")
    file.write_text(f"{origin}\n{size}\n{'A' * 43}=\n")
    assert any("the root" in each for each in check(folder).problems)

    file.write_text(f"ailleurs.example/x\n{size}\n{root}\n")
    assert any("the origin" in each for each in check(folder).problems)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()

    checked = check(folder)

    assert checked.status == 1
    assert f"missing: {name}" in checked.problems


def hostile(data, chance):
    """One of the things that befall files."""
    data = bytearray(data)
    place = chance.randrange(len(data) or 1)
    kind = chance.randrange(8)
    if kind == 0 and data:
        data[place] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[place:]
    elif kind == 2:
        data[place:place] = b"\xff\xfe\x00\n\r\n\xe2\x80\xa8"
    elif kind == 3:
        data[place:place] = b"9" * 5_000
    elif kind == 4:
        data[place:place] = b"[" * 50_000
    elif kind == 5:
        lines = bytes(data).split(b"\n")
        chance.shuffle(lines)
        data = bytearray(b"\n".join(lines))
    elif kind == 6:
        data[:] = b'{"leaf":' + b"7" * 400 + b',"act":-1,"part":[],"withheld":1}\n'
    else:
        data[place:place] = b'"\\ud800'
    return bytes(data)


def test_it_never_dies_and_never_calls_a_damaged_record_intact(folder):
    """But for what the log says of an act, which nothing commits to."""
    chance = random.Random(20261122)  # noqa: S311
    whole = {name: (folder / name).read_bytes() for name in FILES}

    for attempt in range(400):
        name = chance.choice(FILES)
        damaged = hostile(whole[name], chance)
        (folder / name).write_bytes(damaged)

        problems = verify(folder).problems

        assert meant(name, damaged) == meant(name, whole[name]) or problems, attempt
        assert all(each.isascii() for each in problems)
        (folder / name).write_bytes(whole[name])
    assert verify(folder).problems == []


def meant(name, data):
    """What of a file the root holds; a blank more in a line of JSON changes nothing."""
    if name == "withholdings.jsonl":
        return None
    if name == "checkpoint.txt":  # signatures may follow
        return data.split(b"\n")[:3]
    try:
        lines = [json.loads(line) for line in data.split(b"\n") if line.strip()]
    except (ValueError, RecursionError):
        return data
    # Each disclosure says of which leaf it is.
    return sorted(lines, key=str) if name == "disclosures.jsonl" else lines


@pytest.mark.parametrize("make", ["nothing", "folders", "empty"])
def test_whatever_the_folder_holds_it_answers(tmp_path, make):
    for name in FILES if make != "nothing" else ():
        if make == "folders":
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).touch()

    assert verify(tmp_path).problems
    assert verify(tmp_path / "elsewhere").problems


def test_it_needs_nothing_but_an_old_python():
    program = ast.parse(VERIFIER.read_bytes(), feature_version=(3, 8))

    imported = {
        name
        for node in ast.walk(program)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert imported <= sys.stdlib_module_names
