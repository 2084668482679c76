"""Dismissing changes nothing of the words, and answers those who reported."""

import pytest

from moderation.actions import NothingToDecide, dismiss_reports
from moderation.enums import Announced
from moderation.models import Announcement, Report
from register.enums import Status
from tests.factories import ArgumentFactory, ReportFactory
from tests.moderation.deciding import discrepancies, hide, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db):
    row = ArgumentFactory()
    publish(row)
    return row


def test_every_report_of_it_is_answered_by_one_decision(moderator, row):
    ReportFactory.create_batch(3, contribution=row)
    elsewhere = ReportFactory()
    publish(elsewhere.contribution)

    decision = dismiss_reports(actor=moderator, contribution=row)

    row.refresh_from_db()
    assert row.status == Status.PUBLISHED
    assert decision.reports.count() == 3
    assert list(Report.objects.waiting()) == [elsewhere]
    assert Announcement.objects.get().kind == Announced.ANSWER
    assert discrepancies() == []


def test_hiding_answers_them_too(moderator, row):
    ReportFactory(contribution=row)

    decision = hide(moderator, row)

    assert decision.reports.count() == 1


def test_where_nobody_reported_there_is_nothing_to_dismiss(moderator, row):
    with pytest.raises(NothingToDecide):
        dismiss_reports(actor=moderator, contribution=row)


def test_what_is_reported_again_after_it_waits_again(moderator, row):
    ReportFactory(contribution=row)
    dismiss_reports(actor=moderator, contribution=row)

    ReportFactory(contribution=row)

    assert Report.objects.waiting().count() == 1
