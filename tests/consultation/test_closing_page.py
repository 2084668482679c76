"""What everybody reads of a closed debate, and the record they take away."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.enums import SealedPart
from moderation.models import Withholding
from tests.factories import DebateFactory
from tests.moderation.sealing import check, sealed, withhold

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(moderator):
    return sealed(moderator)


def address_of(debate, last=""):
    return f"/en/debats/{debate.slug}/cloture/{last}"


def test_it_shows_the_three_lines_and_not_who_closed(client, said, moderator):
    page = client.get(address_of(said.debate)).content.decode()

    closing = said.closing
    assert f"{closing.origin}\n{closing.size}\n{closing.root_in_base64}" in page
    assert moderator.display_name not in page
    assert "Une semaine de vacances." in page


def test_it_counts_what_is_withheld_now(client, said, organiser):
    withhold(organiser, said.argument, SealedPart.NAME)

    page = client.get(address_of(said.debate)).content.decode()

    last = Withholding.objects.filter(is_withheld=True)
    assert f"{last.count()} names or texts are withheld" in page
    assert "1 of them is so for good." in page


def test_two_readers_get_the_same_bytes_without_cookies(client, said):
    answers = [
        client.get(address_of(said.debate, last)) for last in ("", "registre.zip")
    ]

    for answer in answers:
        assert answer.status_code == 200
        assert not answer.cookies
        again = client.get(
            answer.wsgi_request.path, headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304


def test_the_download_is_checked_offline(client, said, tmp_path):
    answer = client.get(address_of(said.debate, "registre.zip"))

    data = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    checked = check(tmp_path / said.debate.slug)
    assert (checked.status, checked.lines[0]) == (0, "intact")
    assert b"Une injure" not in data


def test_the_download_is_the_same_bytes_until_something_is_withheld(client, said):
    def download():
        answer = client.get(address_of(said.debate, "registre.zip"))
        return b"".join(answer.streaming_content)

    assert download() == download()


def test_a_debate_closed_elsewhere_says_so_and_has_no_record(client):
    debate = DebateFactory(closed=True)

    page = client.get(address_of(debate))

    assert "another site" in page.content.decode()
    assert client.get(address_of(debate, "registre.zip")).status_code == 404


@pytest.mark.parametrize("trait", ["open", "ended", "upcoming"])
def test_what_is_not_closed_has_no_such_page(client, trait):
    debate = DebateFactory(**{trait: True})

    assert client.get(address_of(debate)).status_code == 404


def test_the_pages_of_a_closed_debate_lead_there(client, page):
    debate = page.debate
    debate.opens_at, debate.closes_at = (
        timezone.now() - timedelta(days=days) for days in (9, 1)
    )
    debate.closed_at = timezone.now()
    debate.save()

    for address in (page.url, page.get_parent().url):
        assert f"/debats/{debate.slug}/cloture/" in client.get(address).content.decode()


def test_the_page_costs_the_same_however_much_was_decided(
    client, said, django_assert_max_num_queries
):
    client.get(address_of(said.debate))

    with django_assert_max_num_queries(14):
        client.get(address_of(said.debate))
