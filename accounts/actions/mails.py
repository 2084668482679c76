"""Mail is part of the act that causes it."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts.models import Mail


@transaction.atomic
def queue_mail(*, message: EmailMessage) -> Mail:
    """Write a message and the task that sends it, in the transaction of its cause."""
    from accounts.mail import packed
    from accounts.tasks import deliver

    mail = Mail.objects.create(
        recipients=", ".join(message.recipients()),
        subject=str(message.subject),
        content=packed(message),
        due_at=timezone.now(),
    )
    deliver.enqueue(mail.pk)
    return mail
