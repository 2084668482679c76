"""The page of a receipt: what was received and when, without the words; its file."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from arguments.actions import submit_argument
from arguments.enums import Side
from proposals.actions import submit_proposal
from register.actions import Posting, of_its_kind, withdraw_contribution
from register.enums import Status
from register.models import Contribution, Ground, Receipt
from register.receipts import file_of
from tests.factories import DebateFactory, ProposalFactory, UserFactory, act_on

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def argue(author, proposal=None, **fields):
    return submit_argument(
        posting=Posting(author=author, key=uuid4()),
        proposal=proposal or ProposalFactory(),
        side=Side.FOR,
        **{"title": "Venir", "text": "Les familles viendraient."} | fields,
    )


def hide(row):
    Contribution.objects.filter(pk=row.pk).update(
        status=Status.HIDDEN, ground=Ground.objects.first()
    )
    act_on(row)


def document(response):
    return BeautifulSoup(response.content, "html.parser")


def words_of(response):
    return " ".join(document(response).main.get_text(" ").split())


def test_it_says_the_number_the_second_the_address_and_the_digest(
    client, participant, at
):
    proposal = ProposalFactory(
        debate=DebateFactory(
            opens_at=datetime(2026, 10, 1, tzinfo=UTC),
            closes_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
    )
    at(datetime(2026, 10, 25, 1, 30, 7, tzinfo=UTC))
    row = argue(participant, proposal)

    response = client.get(f"/en/receipts/{row.pk}")

    said = words_of(response)
    assert f"#{row.pk}, argument" in said
    # The hour that comes twice that night, told apart.
    assert "Received on 25 October 2026 at 02:30:07 (Paris time, UTC+01:00)" in said
    assert f"http://localhost:8000/en/contributions/{row.pk}" in said
    assert Receipt.objects.get().digest in said
    for word in ("Venir", "familles", participant.display_name):
        assert word not in response.content.decode()


def test_two_readers_without_a_session_get_the_same_bytes_and_no_token(participant):
    row = argue(participant)
    answers = [Client().get(f"/receipts/{row.pk}") for _ in range(2)]

    assert answers[0].content == answers[1].content
    for answer in answers:
        assert not answer.cookies
        assert "csrf" not in answer.content.decode()
        assert "max-age" in answer["Cache-Control"]
    etag = answers[0]["ETag"]
    again = Client().get(f"/receipts/{row.pk}", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_page_kept_before_it_was_hidden_is_not_the_same(client, participant):
    row = argue(participant)
    etag = client.get(f"/receipts/{row.pk}")["ETag"]
    hide(row)

    again = client.get(f"/receipts/{row.pk}", headers={"If-None-Match": etag})

    assert again.status_code == 200


@pytest.mark.parametrize("what", ["hidden", "above", "withdrawn"])
def test_once_its_words_cannot_be_read_the_receipt_stays(client, participant, what):
    row = argue(participant)
    if what == "withdrawn":
        withdraw_contribution(author=participant, contribution=row)
    else:
        hide(row if what == "hidden" else Contribution.objects.get(pk=row.hangs_on_id))

    response = client.get(f"/en/receipts/{row.pk}")

    assert response.status_code == 200
    assert Receipt.objects.get().digest in response.content.decode()
    assert "Its words are not shown any more." in words_of(response)
    assert document(response).select("textarea") == []
    assert len(document(response).select("main input[type=file]")) == 1


def test_an_unknown_number_is_answered_with_the_nearest_ones(client, participant):
    row = argue(participant)

    response = client.get("/receipts/999999")

    assert response.status_code == 404
    assert f"#{row.pk}" in words_of(response)


def test_what_came_with_an_import_has_none_and_leads_to_where_it_stands(client):
    row = ProposalFactory()

    response = client.get(f"/receipts/{row.pk}")

    assert response.status_code == 404
    links = [each["href"] for each in document(response).main.find_all("a")]
    assert f"/contributions/{row.pk}" in links


def test_what_waits_is_for_its_author_alone(client, stranger):
    newcomer = UserFactory()
    row = argue(newcomer)
    address = f"/receipts/{row.pk}"

    assert client.get(address).status_code == 404
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(newcomer)
    assert client.get(address).status_code == 200


def test_nothing_of_a_debate_that_has_not_begun_is_told(client, participant, at):
    row = argue(participant)

    at(row.debate.opens_at.replace(year=2000))

    assert client.get(f"/receipts/{row.pk}").status_code == 404


def test_only_its_author_is_offered_the_file(client, participant, stranger):
    row = argue(participant)
    offered = f'href="/receipts/{row.pk}/fichier/"'

    for reader, is_offered in [(None, False), (stranger, False), (participant, True)]:
        if reader:
            client.force_login(reader)
        page = client.get(f"/receipts/{row.pk}").content.decode()
        assert (offered in page) is is_offered


# The file.


def test_its_author_downloads_what_was_mailed_however_hidden(client, participant):
    row = argue(participant)
    hide(row)
    client.force_login(participant)

    response = client.get(f"/receipts/{row.pk}/fichier/")

    assert response.content == file_of(of_its_kind(row.pk), Receipt.objects.get())
    assert response["Content-Type"] == "application/json"
    name = f'attachment; filename="recu-{row.pk}.json"'
    assert response["Content-Disposition"] == name
    assert "no-store" in response["Cache-Control"]


def test_nobody_else_does(client, participant, stranger, organiser):
    row = argue(participant)
    address = f"/receipts/{row.pk}/fichier/"

    assert "login" in client.get(address).url
    for person in (stranger, organiser):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_once_the_salt_is_destroyed_there_is_no_file_any_more(client, participant):
    row = argue(participant)
    Receipt.objects.update(salt=b"")
    client.force_login(participant)

    assert client.get(f"/receipts/{row.pk}/fichier/").status_code == 404
    assert client.get(f"/receipts/{row.pk}").status_code == 200


# Folded beside what was just posted.


def place(row):
    return f"/propositions/{row.hangs_on_id or row.pk}/"


def test_who_has_just_posted_finds_the_receipt_beside_it(client, participant):
    row = argue(participant)
    act_on(row)
    client.force_login(participant)

    shown = document(client.get(place(row)))

    (folded,) = shown.select("details.receipt")
    assert folded.find_parent("article")["id"] == f"contribution-{row.pk}"
    assert not folded.has_attr("open")
    links = {each["href"] for each in folded.find_all("a")}
    assert links == {f"/receipts/{row.pk}", f"/receipts/{row.pk}/fichier/"}
    assert Receipt.objects.get().digest[:16] in folded.get_text()


def test_a_proposal_has_it_too_once_published(client, participant, open_debate):
    row = submit_proposal(
        posting=Posting(author=participant, key=uuid4()),
        debate=open_debate,
        title="Ouvrir",
        text="<p>Le dimanche.</p>",
    )
    client.force_login(participant)

    (folded,) = document(client.get(place(row))).select("details.receipt")

    assert folded.find_parent("header")["id"] == f"contribution-{row.pk}"


def test_nobody_else_sees_it_nor_its_author_later(client, participant, stranger, at):
    row = argue(participant)
    act_on(row)

    def folded():
        return document(client.get(place(row))).select("details.receipt")

    assert folded() == []
    client.force_login(stranger)
    assert folded() == []
    client.force_login(participant)
    at(row.submitted_at.replace(microsecond=0) + 15 * MINUTE)
    assert len(folded()) == 1
    at(row.submitted_at + 15 * MINUTE)
    assert folded() == []


def test_it_takes_one_statement_with_a_session_and_none_without(client, participant):
    row = argue(participant)
    act_on(row)
    client.get(place(row))

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(place(row))
        return sum("register_receipt" in each["sql"] for each in captured)

    assert asked() == 0
    client.force_login(participant)
    assert asked() == 1
