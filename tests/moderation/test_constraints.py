import pytest

from moderation.models import Report, ReportsAreNeverDeleted
from tests.constraints import Breaks, assert_refused, cases
from tests.factories import ReportFactory


def two_reports_of_one_person():
    first = ReportFactory()
    ReportFactory(contribution=first.contribution, reporter=first.reporter)


BREAKS: Breaks = {
    "one_report_per_person_per_contribution": [two_reports_of_one_person],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)


@pytest.mark.parametrize("rows", [ReportFactory, Report.objects.all])
def test_a_report_is_never_deleted(db, rows):
    with pytest.raises(ReportsAreNeverDeleted):
        rows().delete()
