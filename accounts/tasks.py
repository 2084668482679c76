"""What the worker does: `manage.py db_worker --backend worker`."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.mail import unpacked
from accounts.models import Mail

logger = logging.getLogger(__name__)

# How long after each try the next one comes; after the last one nothing does. A code
# lives fifteen minutes, a receipt is worth a day of patience.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 15, 60, 180, 360, 720))
# A try that did not end in this time was cut short, with the worker that made it.
CUT_SHORT = timedelta(minutes=10)
# For how long it is known that a task was done, and whom a mail did not reach.
TASKS_KEPT = timedelta(hours=1)
FAILURES_KEPT = timedelta(days=30)
# From here on a mail server refuses for good (RFC 5321, 4.2.1).
REFUSED_FOR_GOOD = 500


@task(backend="worker")
def deliver(mail_id: int) -> None:
    """Send one message, or say when to try again.

    No transaction is open while the mail server is spoken to: on SQLite it would keep
    everybody else from writing.
    """
    now = timezone.now()
    due = Mail.objects.filter(pk=mail_id, due_at__lte=now)
    # Two tasks never send one message: the second finds it due later.
    if due.update(due_at=now + CUT_SHORT, tries=F("tries") + 1):
        mail = Mail.objects.get(pk=mail_id)
        try:
            unpacked(mail.content, get_connection(settings.MAIL_TRANSPORT)).send()
        except (OSError, smtplib.SMTPException) as error:
            put_off(mail, error)
        else:
            mail.delete()
    resume_and_prune()


def put_off(mail: Mail, error: Exception) -> None:
    """Try again later, or give up: then what went wrong stays, without the words."""
    mail.error = f"{type(error).__name__}: {error}"[:1000]
    if mail.tries > len(DELAYS) or is_final(error):
        mail.due_at, mail.content = None, {}
        logger.error("Mail %s was given up: %s", mail.pk, mail.error)
    else:
        mail.due_at = timezone.now() + DELAYS[mail.tries - 1]
        logger.warning("Mail %s waits until %s: %s", mail.pk, mail.due_at, mail.error)
    mail.save(update_fields=["due_at", "content", "error"])
    if mail.due_at:
        deliver.using(run_after=mail.due_at).enqueue(mail.pk)


def is_final(error: Exception) -> bool:
    """Whether the server will never take this message for any of its recipients."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [code for code, _words in error.recipients.values()]
        return min(answers, default=0) >= REFUSED_FOR_GOOD
    refused = isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
    return refused and error.smtp_code >= REFUSED_FOR_GOOD


def resume_and_prune() -> None:
    """Take up what a worker dropped as it was killed; forget what is done."""
    now = timezone.now()
    overdue = Mail.objects.filter(due_at__lt=now - CUT_SHORT)
    for pk in overdue.order_by("pk").values_list("pk", flat=True)[:50]:
        if overdue.filter(pk=pk).update(due_at=now):
            deliver.enqueue(pk)
    Mail.objects.filter(due_at=None, queued_at__lt=now - FAILURES_KEPT).delete()
    forget_done_tasks()


def forget_done_tasks() -> None:
    done = DBTaskResult.objects.successful().filter(backend_name="worker")
    done.filter(finished_at__lt=timezone.now() - TASKS_KEPT).delete()
