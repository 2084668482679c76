"""Notices of illegal content, by anyone with an address and without an account.

Article 16 of Regulation (EU) 2022/2065 on digital services.
"""

from django.db import transaction

from accounts.mail import send
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from moderation.models import Report
from register.actions import TargetGone
from register.actions.limits import refuse_too_many
from register.models import Contribution, Ground

# So that nobody fills somebody else's letter box with acknowledgements.
NOTICES_OF_AN_ADDRESS = 5
# On the whole site: no address is verified, so one person may type many.
NOTICES_AN_HOUR = 60
UNLAWFUL = "unlawful"


@transaction.atomic
def give_notice(
    *,
    contribution: Contribution,
    name: str,
    email: str,
    text: str,
    language: str,
    is_acknowledged: bool = True,
) -> Report:
    """Tell the moderators that a contribution breaks a law, and acknowledge it.

    Whatever can be read, whether its debate is open, has ended or is closed. The same
    words again from the same address are the same notice. Raises TargetGone, TooMany.
    """
    # Held: notices come in one after another, so each counts those before it.
    ground = Ground.objects.select_for_update(no_key=True).get(slug=UNLAWFUL)
    notices = Report.objects.filter(reporter=None)
    theirs = notices.filter(notifier_email=email.lower())
    if earlier := theirs.filter(contribution=contribution, text=text).first():
        return earlier
    at = database_now()
    readable = Contribution.objects.visible().begun(at)
    if not readable.filter(pk=contribution.pk).exists():
        raise TargetGone
    refuse_too_many(theirs, "reported_at", at=at, limit=NOTICES_OF_AN_ADDRESS)
    refuse_too_many(notices, "reported_at", at=at, limit=NOTICES_AN_HOUR)
    report = Report.objects.create(
        contribution_id=contribution.pk,
        notifier_name=name,
        notifier_email=email.lower(),
        language=language,
        ground=ground,
        text=text,
        reported_at=at,
    )
    record(act=Act.REPORT_RECEIVED, facts={"contribution": contribution.pk})
    if is_acknowledged:
        _acknowledge(report)
    return report


def _acknowledge(report: Report) -> None:
    """With nothing of what was typed: the address may be somebody else's."""
    send(
        template="notice_received",
        to=report.notifier_email,
        language=report.language,
        context={"report": report},
    )
