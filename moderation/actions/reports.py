"""What people tell the moderators."""

from dataclasses import dataclass

from django.db import transaction

from accounts.mail import send
from accounts.models import User
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from moderation.models import Report
from register.actions import NotConfirmed, TargetGone
from register.actions.limits import hold_account, refuse_too_many
from register.models import Contribution, Ground

# Enough for who cleans up after a wave of spam, too few to bury the moderators.
REPORTS_AN_HOUR = 20


@dataclass
class AlreadyReported(Exception):
    """This person reported this contribution before, in other words."""

    report: Report


@transaction.atomic
def report_contribution(
    *, reporter: User, contribution: Contribution, ground: Ground, text: str = ""
) -> Report:
    """Tell the moderators that a contribution breaks the charter, and acknowledge it.

    Whatever can be read may be reported, one's own words included, whether its debate
    is open, has ended or is closed: no period is asked about. Sent twice, it is the
    same report. Raises AlreadyReported, NotConfirmed, TargetGone, TooMany.
    """
    hold_account(reporter)
    if earlier := report_of(reporter, contribution):
        if (earlier.ground_id, earlier.text) != (ground.pk, text):
            raise AlreadyReported(earlier)
        return earlier
    if not reporter.is_confirmed:
        raise NotConfirmed
    at = database_now()
    readable = Contribution.objects.visible().begun(at)
    if not readable.filter(pk=contribution.pk).exists():
        raise TargetGone
    # As no report is ever deleted, those of the last hour count themselves.
    refuse_too_many(reporter.reports.all(), "reported_at", at=at, limit=REPORTS_AN_HOUR)
    report = Report.objects.create(
        contribution_id=contribution.pk,
        reporter=reporter,
        ground=ground,
        text=text,
        reported_at=at,
    )
    # Not among the entry's numbers: whoever follows it would renew the page.
    facts = {"contribution": contribution.pk}
    record(act=Act.REPORT_RECEIVED, actor=reporter, facts=facts)
    send(
        template="report_received",
        to=str(reporter.email),
        language=reporter.locale,
        context={"report": report},
    )
    return report


def report_of(reporter: User, contribution: Contribution) -> Report | None:
    """What this person said of it to the moderators, if they did."""
    return Report.objects.filter(contribution=contribution, reporter=reporter).first()
