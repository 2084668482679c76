"""What was typed is kept long, and not for ever by those who never come back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from register.drafts import forget_old_drafts
from register.enums import Writing
from register.models import Draft

pytestmark = pytest.mark.django_db
AN_INSTANT = timedelta(microseconds=1)
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@pytest.fixture
def now(at):
    now = timezone.now()
    at(now)
    return now


def draft(owner, saved_at, text=""):
    return Draft(
        key=uuid4(),
        owner=owner,
        writing=Writing.ARGUE,
        target=1,
        fields={"text": text},
        saved_at=saved_at,
    )


def texts():
    return {each.fields["text"] for each in Draft.objects.all()}


def test_what_nobody_logged_in_to_own_is_forgotten_after_a_week(now, participant):
    Draft.objects.bulk_create(
        [
            draft(None, now - WEEK - AN_INSTANT, "oublié"),
            draft(None, now - WEEK, "gardé"),
            draft(participant, now - WEEK - AN_INSTANT, "à quelqu’un"),
        ]
    )

    forget_old_drafts()

    assert texts() == {"gardé", "à quelqu’un"}


def test_a_hundred_drafts_are_kept_however_old(now, participant, stranger):
    Draft.objects.bulk_create(
        draft(owner, now - 50 * MONTH) for owner in (participant, stranger) * 100
    )

    forget_old_drafts()

    assert Draft.objects.count() == 200


def test_beyond_a_hundred_the_oldest_go_once_a_month_old(now, participant, stranger):
    Draft.objects.bulk_create(
        [
            *(
                draft(participant, now - timedelta(hours=n), "récent")
                for n in range(100)
            ),
            draft(participant, now - MONTH - AN_INSTANT, "trop vieux"),
            draft(participant, now - MONTH, "d’un mois"),
            draft(stranger, now - 50 * MONTH, "d’une autre personne"),
        ]
    )

    forget_old_drafts()

    assert texts() == {"récent", "d’un mois", "d’une autre personne"}


def test_forgetting_costs_two_statements_however_many_there_are(now, participant):
    Draft.objects.bulk_create(draft(participant, now - 2 * MONTH) for _ in range(300))

    with CaptureQueriesContext(connection) as queries:
        forget_old_drafts()

    assert len(queries) == 2
    assert Draft.objects.count() == 100
