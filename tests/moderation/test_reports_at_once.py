"""Reports that one person sends from many tabs at once."""

import pytest

from accounts.models import Mail
from moderation.actions import REPORTS_AN_HOUR, report_contribution
from moderation.models import Report
from register.actions import TooMany
from register.models import Ground
from tests.factories import ArgumentFactory, ReportFactory, UserFactory
from tests.register.test_acts_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True)]
AT_ONCE = 10


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"


def reporting(reporter, contribution):
    ground = Ground.objects.get(slug="insults")
    return lambda: report_contribution(
        reporter=reporter, contribution=contribution, ground=ground
    )


def test_ten_at_once_make_one_report_and_one_mail():
    act = reporting(UserFactory(confirmed=True), ArgumentFactory())

    results = at_once(*[act] * AT_ONCE)

    assert len({each.pk for each in results}) == 1
    assert Report.objects.count() == Mail.objects.count() == 1


def test_ten_at_once_do_not_pass_the_limit(at):
    person = UserFactory(confirmed=True)
    arguments = ArgumentFactory.create_batch(AT_ONCE)
    for _number in range(REPORTS_AN_HOUR - 3):
        row = ArgumentFactory()
        ReportFactory(contribution=row, reporter=person, reported_at=row.submitted_at)
    at(arguments[0].submitted_at)

    results = at_once(*[reporting(person, row) for row in arguments])

    assert sum(isinstance(each, TooMany) for each in results) == AT_ONCE - 3
    assert Report.objects.count() == REPORTS_AN_HOUR
