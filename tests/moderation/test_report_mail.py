"""What who reported receives, as it comes out of a mail server."""

from datetime import timedelta

import pytest

from moderation.actions import report_contribution
from register.models import Ground
from tests.accounts.test_mail import mailbox, queued, smtp_port  # noqa: F401
from tests.factories import ArgumentFactory

pytestmark = pytest.mark.django_db

SAID = {
    "fr": ("Injures ou attaques personnelles", " 2026 à ", ""),
    "en": ("Insults or personal attacks", " 2026 at ", "/en"),
}


@pytest.mark.parametrize("language", SAID)
def test_a_report_is_acknowledged_with_its_number_ground_and_instant(
    mailbox,  # noqa: F811
    work,
    participant,
    at,
    language,
):
    row = ArgumentFactory(text="Le maire est un menteur.")
    participant.locale = language
    participant.save()
    instant = row.submitted_at + timedelta(hours=1)
    at(instant)

    report_contribution(
        reporter=participant,
        contribution=row,
        ground=Ground.objects.get(slug="insults"),
        text="Le mot « menteur ».",
    )
    assert mailbox.received == []
    work()

    (message,) = mailbox.received
    plain, page = (
        message.get_body((kind,)).get_content().replace("\r\n", "\n")
        for kind in ("plain", "html")
    )
    ground, year, prefix = SAID[language]
    assert message["To"] == participant.email
    assert f"#{row.pk}" in message["Subject"]
    for part in (plain, page):
        assert f"#{row.pk}" in part
        assert f"http://localhost:8000{prefix}/contributions/{row.pk}" in part
        assert ground in part
        assert year in part
        assert "menteur" not in part
    assert "<time" not in plain
    assert f'<html lang="{language}">' in page
