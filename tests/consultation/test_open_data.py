"""Where anybody finds the open data, and what a program is told of each file."""

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from consultation.downloads import in_turn
from consultation.models import DebatePage
from consultation.views.open_data import LIMITS
from exchange.opendata.files import files
from tests.consultation.costs import queries_of
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    SectionFactory,
    act_on,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(page: DebatePage) -> str:
    """The address of the files of the open debate, which holds something."""
    proposal = ProposalFactory(debate=page.debate, title="Un banc")
    act_on(proposal, ArgumentFactory(hangs_on=proposal))
    return f"/debats/{page.debate.slug}/donnees/"


@pytest.fixture
def of_all(here: str, page: DebatePage) -> str:
    return f"/consultations/{page.get_parent().slug}/donnees/"


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def status_of(client: Client, address: str) -> int:
    """Of a page, or of a file that is read to its end."""
    response = client.get(address)
    if response.streaming:
        body(response)
    return response.status_code


def rows_of(response) -> list[dict[str, str]]:
    text = io.StringIO(body(response).decode(), newline="")
    return list(csv.DictReader(text))


def test_a_debate_and_its_consultation_lead_to_their_files(read, page, here, of_all):
    for address, files_of in ((page.url, here), (page.get_parent().url, of_all)):
        for prefix in ("", "/en"):
            links = [a["href"] for a in read(prefix + address).main.find_all("a")]
            assert prefix + files_of in links


@pytest.mark.parametrize("of_what", ["here", "of_all"])
def test_the_page_lists_every_file_with_its_number_of_rows(
    read, client, request, of_what
):
    address = request.getfixturevalue(of_what)

    shown = read(f"/en{address}")

    links = [a["href"] for a in shown.main.find_all("a", download=True)]
    names = {link.removeprefix(address) for link in links}
    assert names == {file.name for file in files()} | {"donnees.zip"}
    for link in links:
        assert status_of(client, link) == 200, link
    rows = [row.get_text(" ", strip=True) for row in shown.select(".rows .row")]
    assert any(row.startswith("1 row Proposals") for row in rows)
    assert any(row.startswith("0 rows Sources") for row in rows)
    assert "Licence Ouverte 2.0" in shown.main.get_text()


def test_a_file_says_what_it_is_and_is_the_same_for_everybody(here, client, stranger):
    known = Client()
    known.force_login(stranger)

    for file in files():
        response = client.get(here + file.name)
        first = body(response)
        assert response["Content-Type"] == file.media_type
        slug = here.split("/")[2]
        disposition = f'attachment; filename="{slug}-{file.name}"'
        assert response["Content-Disposition"] == disposition
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
        # Those that say when they were written say another instant each time.
        if file.format in {"csv", "jsonl"}:
            again = body(client.get(here + file.name))
            assert first == again == body(known.get(here + file.name))


def test_a_file_that_has_not_changed_is_not_written_again(here, client, page):
    address = f"{here}proposals.csv"
    response = client.get(address)
    etag = response["ETag"]
    assert len(rows_of(response)) == 1

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    act_on(ProposalFactory(debate=page.debate))
    again = client.get(address, headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert len(rows_of(again)) == 2


def test_what_is_hidden_leaves_the_files_at_once(here, client, page):
    proposal = page.debate.contributions.get(kind="proposal")
    hidden = ProposalFactory(debate=page.debate, title="Mots tus", hidden=True)

    rows = {row["number"]: row for row in rows_of(client.get(f"{here}proposals.csv"))}

    assert rows[str(proposal.pk)]["title"] == "Un banc"
    gone = rows[str(hidden.pk)]
    assert (gone["status"], gone["words"]) == ("hidden", "withheld")
    assert (gone["ground"], gone["title"], gone["author_name"]) == ("insults", "", "")


def test_the_files_of_a_consultation_hold_all_debates_that_have_begun(
    client, page, of_all
):
    for debate in (DebateFactory(), DebateFactory(upcoming=True)):
        ProposalFactory(debate=debate, title=f"De {debate.slug}")
        page.get_parent().add_child(
            instance=DebatePage(title=debate.title, slug=debate.slug, debate=debate)
        )
    begun, upcoming = page.get_parent().get_children().order_by("pk")[1:]

    rows = rows_of(client.get(f"{of_all}proposals.csv"))

    assert [row["debate"] for row in rows] == [page.debate.slug, begun.slug]
    assert f"De {upcoming.slug}" not in str(rows)


def test_an_author_has_the_same_key_in_the_files_of_both(client, here, of_all):
    keys = [
        [row["author_key"] for row in rows_of(client.get(f"{address}arguments.csv"))]
        for address in (here, of_all)
    ]

    assert keys[0] == keys[1] != [""]


def test_everything_comes_as_one_zip(client, here):
    response = client.get(f"{here}donnees.zip")

    assert response["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(body(response))) as archive:
        assert archive.testzip() is None
        names = {name.rpartition("/")[2] for name in archive.namelist()}
    assert names == {file.name for file in files()}


def test_before_the_opening_there_is_nothing(client, at):
    debate = DebateFactory(slug="avenir", upcoming=True)
    ProposalFactory(debate=debate)
    addresses = [
        "/debats/avenir/donnees/",
        "/debats/avenir/donnees/proposals.csv",
        "/debats/avenir/donnees/donnees.zip",
    ]

    assert {status_of(client, address) for address in addresses} == {404}
    at(debate.opens_at)
    assert {status_of(client, address) for address in addresses} == {200}


@pytest.mark.parametrize(
    "address",
    [
        "/debats/rien/donnees/",
        "/consultations/rien/donnees/",
        "/consultations/rien/donnees/proposals.csv",
    ],
)
def test_other_addresses_hold_nothing(client, here, address):
    assert client.get(address).status_code == 404
    assert client.get(f"{here}votes.csv").status_code == 404


def test_a_debate_that_nobody_spoke_in_says_so(read, page):
    address = f"/en/debats/{page.debate.slug}/donnees/"

    assert "Nobody has written anything yet" in read(address).main.get_text()
    act_on(ProposalFactory(debate=page.debate))
    assert "Nobody has written anything yet" not in read(address).main.get_text()


def test_nothing_can_be_sent_there(client, here):
    assert client.post(here).status_code == 405
    assert client.post(f"{here}proposals.csv").status_code == 405
    head = client.head(f"{here}proposals.csv")
    assert head.status_code == 200
    assert head["Content-Type"].startswith("text/csv")


def test_one_address_cannot_have_everything_written_without_end(client, here, at):
    at(timezone.now())  # with time, votes make another version of it
    most = int(LIMITS["package"].partition("/")[0])
    address = f"{here}donnees.zip"
    response = client.get(address)
    etag = response["ETag"]
    body(response)

    answers = [status_of(client, address) for _ in range(most)]
    refused = client.get(address)

    assert answers == [200] * (most - 1) + [429]
    assert refused["Retry-After"] == "3600"
    assert refused["Cache-Control"] == "no-store"
    # Who holds them may ask whether they changed, as often as they like.
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert status_of(client, f"{here}proposals.csv") == 200


def test_files_are_written_one_at_a_time(here, client):
    address = f"{here}proposals.csv"
    first = client.get(address)

    refused = client.get(address)
    rows_of(first)

    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert status_of(client, address) == 200


def test_a_download_that_is_given_up_lets_the_next_one_in(here):
    given_up = in_turn(iter([b"one", b"two"]))
    assert next(given_up) == b"one"
    assert in_turn(iter([])) is None

    given_up.close()
    given_up.close()

    assert list(in_turn(iter([b"one"]))) == [b"one"]


def test_the_page_costs_the_same_for_one_and_for_many(client, here, page):
    SectionFactory(debate=page.debate)
    for_one = queries_of(client, here)

    ProposalFactory.create_batch(30, debate=page.debate, institutional=True)

    assert queries_of(client, here) <= for_one + 1
    assert for_one < 30


def test_a_command_writes_the_same_files(client, here, of_all, tmp_path: Path):
    slug = here.split("/")[2]

    call_command("export_open_data", slug, output=tmp_path / "debate")
    call_command(
        "export_open_data",
        of_all.split("/")[2],
        consultation=True,
        output=tmp_path / "all",
    )

    for folder, address in (("debate", here), ("all", of_all)):
        found = {path.name for path in (tmp_path / folder).iterdir()}
        assert found == {file.name for file in files()}
        exact = (tmp_path / folder / "proposals.csv").read_bytes()
        assert exact == body(client.get(f"{address}proposals.csv"))
    with pytest.raises(CommandError, match="rien"):
        call_command("export_open_data", "rien", output=tmp_path / "rien")
    assert not (tmp_path / "rien").exists()
