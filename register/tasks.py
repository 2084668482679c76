"""What the worker does every morning: send receipts, forget old drafts."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from register.actions import mail_receipts
from register.drafts import forget_old_drafts
from register.models import Receipt

# On the site's clocks (TIME_ZONE).
MORNING = 7


@task(backend="worker")
def mail_receipts_of_the_day() -> None:
    """Send one mail to each person who posted and has not been sent the receipts.

    The next morning's pass is queued first: this one may be cut short.
    """
    plan_receipts_of_the_day()
    forget_old_drafts()
    unmailed = Receipt.objects.unmailed().filter(contribution__author=OuterRef("pk"))
    people = User.objects.confirmed().filter(Exists(unmailed), email__isnull=False)
    for person in people.order_by("pk"):
        mail_receipts(author=person)


def plan_receipts_of_the_day() -> None:
    """Queue the next morning's pass, unless it is.

    Called whenever somebody's address is confirmed, as well as by each pass: without a
    confirmed address nobody is sent anything, and a pass that was lost with its worker
    comes back.
    """
    now = timezone.now()
    planned = DBTaskResult.objects.filter(
        task_path=mail_receipts_of_the_day.module_path,
        status=TaskResultStatus.READY,
        run_after__gt=now,
    )
    if not planned.exists():
        mail_receipts_of_the_day.using(run_after=next_morning(now)).enqueue()


def next_morning(now: datetime) -> datetime:
    """The next time that the site's clocks show that hour, summer or winter."""
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)
