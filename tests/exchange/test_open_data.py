"""The files of the open data hold the record, and nothing else."""

import hashlib
import io
import json
from datetime import timedelta
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.models import User
from exchange.lines import ContributionLine, write_line
from exchange.opendata.dataset import Dataset
from exchange.opendata.files import FORMULA, PACKAGE, package
from exchange.opendata.tables import tables
from exchange.record import record_lines
from journal.actions import record
from journal.enums import Act
from register.models import Contribution, Debate
from tests.exchange.open_data import (
    dataset_of,
    everything,
    read_by_schema,
    rows_of,
)
from tests.exchange.rich_record import SECRET, fill
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    UserFactory,
    act_on,
)

pytestmark = pytest.mark.django_db

# Those that have lines; a new kind comes by itself.
KINDS = [
    get_args(line.model_fields["kind"].annotation)[0]
    for line in get_args(ContributionLine)
]


@pytest.fixture
def rich() -> Dataset:
    fill()
    return dataset_of(*Debate.objects.begun(timezone.now()))


def lines_of(dataset: Dataset) -> list[Any]:
    return list(record_lines(Debate.objects.all(), dataset.at))


def resources(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    described = json.loads(files[PACKAGE])
    return {each["path"]: each for each in described["resources"]}


def read(files: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    return read_by_schema(files[name], resources(files)[name]["schema"])


def test_every_contribution_of_the_record_has_its_row(rich):
    files = everything(rich)

    for kind in KINDS:
        rows = read(files, f"{kind}s.csv")
        lines = [line for line in lines_of(rich) if line.kind == kind]
        assert len(rows) == len(lines) > 0
        for row, line in zip(rows, lines, strict=True):
            for name in ("number", "debate", "submitted_at", "status", "status_at"):
                assert row[name] == getattr(line, name), (line.number, name)
            for name in ("title", "text", "note", "link", "hangs_on", "side"):
                assert row.get(name) == (getattr(line, name, None) or None), name
            assert row["author_name"] == (line.author and line.author.name)
            assert row["words"] == ("shown" if line.is_signed else "withheld")


def test_the_figures_are_those_that_readers_see(rich):
    shown = Contribution.objects.get(origin="capcollectif/opinion/61")

    rows = {row["number"]: row for row in read(everything(rich), "proposals.csv")}

    row = rows[shown.pk]
    assert row["agree"] == shown.agree_count == 14
    assert row["agree_imported"] == 12
    assert (row["mixed"], row["mixed_imported"]) == (2, 1)
    assert row["themes"] == sorted(shown.themes.names())
    withheld = [each for each in rows.values() if each["words"] == "withheld"]
    assert withheld
    assert {each["agree"] for each in withheld} == {None}


def test_what_frames_contributions_is_that_of_the_record(rich):
    files, lines = everything(rich), lines_of(rich)

    for name, kind in (
        ("debates", "debate"),
        ("grounds", "ground"),
        ("institutions", "institution"),
    ):
        slugs = [line.slug for line in lines if line.kind == kind]
        assert [row["slug"] for row in read(files, f"{name}.csv")] == slugs
        assert slugs
    sections = [
        (line.slug, section.slug)
        for line in lines
        if line.kind == "debate"
        for section in line.sections
    ]
    found = read(files, "sections.csv")
    assert [(row["debate"], row["slug"]) for row in found] == sections
    attested = [
        (line.slug, part.verified_at)
        for line in lines
        if line.kind == "institution"
        for part in line.verifications
    ]
    found = read(files, "verifications.csv")
    assert [(row["institution"], row["verified_at"]) for row in found] == attested
    assert len(read(files, "appendices.csv")) == 4


def test_every_reference_leads_to_a_row(rich):
    files = everything(rich)
    described = resources(files)

    for name, resource in described.items():
        if resource.get("dialect") != {"delimiter": ","}:
            continue
        rows = read_by_schema(files[name], resource["schema"])
        for key in resource["schema"]["foreignKeys"]:
            [own], other = key["fields"], key["reference"]
            there = {
                row[other["fields"][0]]
                for row in read(files, f"{other['resource']}.csv")
            }
            assert {row[own] for row in rows} - {None} <= there, (name, own)


def test_each_table_has_as_many_rows_as_it_says(rich):
    files = everything(rich)

    for table in tables():
        for name, mark in (
            (f"{table.name}.csv", ","),
            (f"{table.name}-tableur.csv", ";"),
        ):
            head, *rows = rows_of(files[name], mark)
            assert len(rows) == table.count(rich), name
            assert {len(row) for row in [head, *rows]} == {len(table.columns)}


def test_the_record_is_there_in_the_register_format(rich):
    data = everything(rich)["register.jsonl"]

    lines = lines_of(rich)
    assert data == b"".join(write_line(line) + b"\n" for line in lines)


def test_no_word_that_cannot_be_read_is_in_any_file(rich):
    for name, data in everything(rich).items():
        assert SECRET not in data.decode(), name
        for user in User.objects.exclude(email=None):
            assert user.email not in data.decode(), (name, user)


def test_what_has_not_begun_or_waits_has_no_row(rich):
    waiting = set(Contribution.objects.filter(status="waiting").values_list(flat=True))
    files = everything(rich)

    numbers = {row["number"] for kind in KINDS for row in read(files, f"{kind}s.csv")}

    assert waiting
    assert not waiting & numbers


def test_columns_are_the_same_in_the_schema_the_readme_and_the_file(rich):
    files = everything(rich)
    described = resources(files)

    for table in tables():
        names = [column.name for column in table.columns]
        fields = described[f"{table.name}.csv"]["schema"]["fields"]
        assert [field["name"] for field in fields] == names
        assert rows_of(files[f"{table.name}.csv"])[0] == names
        for readme in ("README.md", "LISEZMOI.md"):
            part = files[readme].decode().partition(f"### {table.name}.csv\n")[2]
            part = part.partition("\n###")[0]
            cells = [line for line in part.splitlines() if line.startswith("| `")]
            assert [cell.split("`")[1] for cell in cells] == names, (readme, table.name)
        for field in fields:
            for key in ("title", "title_en", "description", "description_en"):
                assert field[key], (table.name, field["name"])


def test_the_description_sums_every_file_it_names(rich):
    files = everything(rich)
    described = resources(files)

    assert described.keys() == files.keys() - {PACKAGE}
    for name, resource in described.items():
        data = files[name]
        assert resource["bytes"] == len(data), name
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}", name
    names = [resource["name"] for resource in described.values()]
    assert len(set(names)) == len(names)


def test_the_package_is_a_zip_of_the_same_files(rich):
    alone = everything(rich)

    with ZipFile(io.BytesIO(b"".join(package(rich)))) as archive:
        assert archive.testzip() is None
        zipped = {
            name.removeprefix("cantines/"): archive.read(name)
            for name in archive.namelist()
        }

    assert zipped == alone


def test_a_spreadsheet_takes_no_text_for_a_formula(rich):
    sly = UserFactory(display_name="=cmd|' /C calc'!A0")
    for sign in FORMULA[:4]:
        proposal = ProposalFactory(
            debate=rich.debates[0], author=sly, title=f'{sign}1+1;"x"'
        )
    ArgumentFactory(hangs_on=proposal, text="=1+1\nsuite")

    files = everything(rich)

    exact = rows_of(files["proposals.csv"])
    safe = rows_of(files["proposals-tableur.csv"].removeprefix(b"\xef\xbb\xbf"), ";")
    assert files["proposals-tableur.csv"].startswith(b"\xef\xbb\xbf")
    assert not files["proposals.csv"].startswith(b"\xef\xbb\xbf")
    for one, other in zip(exact, safe, strict=True):
        for cell, guarded in zip(one, other, strict=True):
            assert guarded == (f"'{cell}" if cell.startswith(FORMULA) else cell)
            assert not guarded.startswith(FORMULA)
    assert sum(cell.startswith("'=") for row in safe for cell in row) >= 5


def test_an_author_has_one_key_in_a_consultation_and_another_elsewhere():
    author, other = UserFactory(), UserFactory()
    debates = DebateFactory.create_batch(2)
    for debate in debates:
        ProposalFactory(debate=debate, author=author)
        ProposalFactory(debate=debate, author=other)

    here = read(everything(dataset_of(*debates, scope="a")), "proposals.csv")
    there = read(everything(dataset_of(*debates, scope="b")), "proposals.csv")

    keys = [row["author_key"] for row in here]
    assert keys[0] == keys[2] != keys[1] == keys[3]
    assert not set(keys) & {row["author_key"] for row in there}
    assert author.public_key not in str(here) + str(there)


def test_an_institution_signs_without_the_person_who_typed():
    typist = UserFactory(display_name="Rosa")
    proposal = ProposalFactory(institutional=True, author=typist, service="Parcs")

    files = everything(dataset_of(proposal.debate))

    [row] = read(files, "proposals.csv")
    assert row["institution"] == proposal.institution.slug
    assert row["service"] == "Parcs"
    assert row["verification"] == proposal.verification.verified_at
    assert row["author_key"] is row["author_name"] is None
    assert "Rosa" not in str(files)


def test_a_debate_in_which_nobody_spoke_has_files_with_their_columns_alone(open_debate):
    files = everything(dataset_of(open_debate))

    for table in tables():
        rows = rows_of(files[f"{table.name}.csv"])
        assert len(rows) == (2 if table.name == "debates" else 1), table.name
    assert "modified" not in json.loads(files[PACKAGE])


def test_the_description_says_since_when_and_why_it_last_changed(open_debate):
    proposal = ProposalFactory(debate=open_debate)
    act_on(proposal)
    record(act=Act.CONTRIBUTION_HIDDEN, numbers=[proposal.pk])
    record(act=Act.REPORT_RECEIVED, facts={"contribution": proposal.pk})
    record(act=Act.CONTRIBUTION_SUBMITTED, numbers=[ProposalFactory().pk])

    described = json.loads(everything(dataset_of(open_debate))[PACKAGE])

    published = open_debate.opens_at.isoformat().replace("+00:00", "Z")
    assert described["published"] == published
    assert described["modified"].endswith("Z")
    reason = f"contribution hidden: #{proposal.pk}"
    assert described["modification_reason_en"] == reason
    assert described["licenses"][0]["name"] == "etalab-2.0"


def test_debates_that_are_no_part_of_it_leave_no_trace(open_debate):
    proposal = ProposalFactory(debate=open_debate)
    elsewhere = ProposalFactory(
        title="D’ailleurs",
        institutional=True,
        submitted_at=timezone.now() - timedelta(days=1),
    )

    files = everything(dataset_of(open_debate))

    assert [row["number"] for row in read(files, "proposals.csv")] == [proposal.pk]
    assert elsewhere.title not in "".join(data.decode() for data in files.values())
    assert read(files, "institutions.csv") == []
