"""What a page says of how long it may be kept, and how it is known again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultation.actions import present_debate
from journal.actions import record
from journal.enums import Act
from journal.models import JournalEntry
from proposals.enums import VoteChoice
from register.enums import Status
from register.models import Contribution, Debate, Ground
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db

OPENS_AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
CLOSES_AT = datetime(2026, 3, 31, 18, tzinfo=UTC)
DURING = datetime(2026, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def debate(at) -> Debate:
    debate = DebateFactory(opens_at=OPENS_AT, closes_at=CLOSES_AT)
    present_debate(debate=debate)
    at(DURING)
    return debate


@pytest.fixture
def address(debate) -> str:
    return f"/propositions/{ProposalFactory(debate=debate).pk}/"


def etag(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response["ETag"]


@pytest.fixture(params=["home", "consultation", "debate", "proposal", "feed"])
def page_address(request, debate, address) -> str:
    page = debate.pages.get(locale__language_code="fr")
    return {
        "home": "/",
        "consultation": page.get_parent().url,
        "debate": page.url,
        "proposal": address,
        "feed": f"/debats/{debate.slug}/atom.xml",
    }[request.param]


def test_a_page_that_is_kept_is_answered_304_without_a_body(client, page_address):
    kept = client.get(page_address)

    answer = client.get(page_address, headers={"If-None-Match": kept["ETag"]})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == kept["ETag"]
    assert answer["Cache-Control"] == kept["Cache-Control"] == "public, max-age=1"
    assert not answer.has_header("Vary")
    assert not answer.cookies


def test_a_304_is_decided_before_anything_is_rendered(client, address):
    kept = etag(client, address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers={"If-None-Match": kept})

    # One statement beside the clock, which this test has replaced.
    assert len(queries) == 1


def test_two_addresses_have_no_version_in_common(client, debate, address):
    addresses = [address, f"/en{address}", f"{address}?order=oldest"]

    assert len({etag(client, each) for each in addresses}) == 3


def test_with_a_session_a_page_is_private_and_never_kept(
    client, participant, page_address
):
    client.force_login(participant)

    response = client.get(page_address, headers={"If-None-Match": "*"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


@pytest.mark.parametrize(
    ("before_the_end", "life"),
    [(60, 1), (2.5, 1), (1.5, 0), (1, 0), (0.2, 0)],
)
def test_no_page_outlives_the_end_of_its_debate(
    client, at, page_address, before_the_end, life
):
    at(CLOSES_AT - timedelta(seconds=before_the_end))

    assert client.get(page_address)["Cache-Control"] == f"public, max-age={life}"


def test_no_list_outlives_the_opening_of_a_debate(client, at, debate):
    at(OPENS_AT - timedelta(seconds=1))
    address = debate.pages.get(locale__language_code="fr").url

    assert client.get(address)["Cache-Control"] == "public, max-age=0"


def test_at_the_very_end_a_kept_page_is_no_longer_the_same(client, at, page_address):
    at(CLOSES_AT - timedelta(microseconds=1))
    before = etag(client, page_address)

    at(CLOSES_AT)

    assert etag(client, page_address) != before


def test_what_is_published_under_a_proposal_changes_its_page_and_no_other(
    client, publish, debate, address
):
    other = f"/propositions/{ProposalFactory(debate=debate).pk}/"
    before, others = etag(client, address), etag(client, other)
    argument = ArgumentFactory(hangs_on_id=int(address.split("/")[2]), debate=debate)

    publish(argument)

    assert etag(client, address) != before
    assert etag(client, other) == others


def test_what_is_published_changes_every_list(client, publish, debate):
    addresses = ["/", debate.pages.get(locale__language_code="fr").url]
    before = [etag(client, each) for each in addresses]

    publish(ProposalFactory(debate=debate))

    assert all(etag(client, a) != b for a, b in zip(addresses, before, strict=True))


def test_a_proposal_that_is_hidden_leaves_those_who_kept_its_page(client, address):
    kept = etag(client, address)
    row = Contribution.objects.get(pk=address.split("/")[2])
    row.status, row.ground = Status.HIDDEN, Ground.objects.first()
    row.save()

    answer = client.get(address, headers={"If-None-Match": kept})

    assert answer.status_code == 404


def test_a_list_is_no_longer_the_same_once_something_in_it_is_hidden(
    client, publish, debate
):
    row = ProposalFactory(debate=debate, title="À masquer")
    publish(row)
    address = debate.pages.get(locale__language_code="fr").url
    kept = etag(client, address)

    Contribution.objects.filter(pk=row.pk).update(
        status=Status.HIDDEN, ground=Ground.objects.first()
    )
    publish(row)
    answer = client.get(address, headers={"If-None-Match": kept})

    assert answer.status_code == 200
    assert "À masquer" not in answer.content.decode()


def test_an_act_committed_after_a_later_one_changes_every_list(client, debate):
    """Numbers are given before a commit: the greatest of them says not everything."""
    with transaction.atomic():
        record(act=Act.DEBATE_CHANGED)
        second = record(act=Act.DEBATE_CHANGED)
    JournalEntry.objects.filter(pk=second.pk - 1)._raw_delete(using="default")
    before = etag(client, "/")

    JournalEntry(pk=second.pk - 1, act=Act.DEBATE_CHANGED, at=DURING).save()

    assert etag(client, "/") != before


def test_a_period_that_is_moved_changes_the_pages_of_its_proposals(
    client, at, debate, address
):
    at(CLOSES_AT + timedelta(days=9))
    before = etag(client, address)

    Debate.objects.filter(pk=debate.pk).update(closes_at=CLOSES_AT + timedelta(hours=5))

    assert etag(client, address) != before


def test_a_vote_changes_a_kept_page_within_a_minute(client, at, address):
    at(DURING)
    before = etag(client, address)
    Contribution.objects.filter(pk=address.split("/")[2]).update(
        **{f"{VoteChoice.AGREE.value}_count": 1}
    )

    at_once = etag(client, address)
    at(DURING + timedelta(seconds=60))

    assert at_once == before
    assert etag(client, address) != before


def test_once_a_debate_is_over_time_changes_its_pages_no_more(client, at, page_address):
    at(CLOSES_AT)
    before = etag(client, page_address)

    at(CLOSES_AT + timedelta(days=3650))

    assert etag(client, page_address) == before


def test_what_is_edited_in_the_admin_changes_every_page(desk, send, debate, address):
    reader, addresses = Client(), ["/", address, "/institutions/", "/contact/"]
    before = [etag(reader, each) for each in addresses]
    page = debate.pages.get(locale__language_code="fr")

    send(
        f"/admin/pages/{page.pk}/edit/",
        **{"thanks": "Merci à tous.", "action-publish": "action-publish"},
    )

    after = [etag(reader, each) for each in addresses]
    assert all(new != old for new, old in zip(after, before, strict=True))
    page.refresh_from_db()
    assert page.thanks == "Merci à tous."


def test_an_account_renamed_in_the_admin_changes_what_it_signed(
    desk, send, participant, address
):
    reader = Client()
    before = etag(reader, address)

    send(f"/admin/users/edit/{participant.pk}/", display_name="Paule")

    participant.refresh_from_db()
    assert participant.display_name == "Paule"
    assert etag(reader, address) != before


def test_errors_are_not_known_again(client, debate):
    hidden = ProposalFactory(debate=debate, hidden=True)

    for path, status in (
        (f"/contributions/{hidden.pk}", 410),
        ("/contributions/999999", 404),
        (f"/propositions/{hidden.pk}/", 404),
    ):
        response = client.get(path, headers={"If-None-Match": "*"})
        assert response.status_code == status
        assert not response.has_header("ETag")
        assert settings.SESSION_COOKIE_NAME not in response.cookies
