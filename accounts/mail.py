"""Mail is written in words once, kept in the database, and sent by the worker."""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html, urlize
from django.utils.safestring import SafeString, mark_safe

from accounts.actions import queue_mail

BLANK_LINES = re.compile(r"\n\s*\n")
THREE_LINES = re.compile(r"\n{3,}")
# A line that stands apart, like a code, is written with this margin.
MARGIN = "    "


class QueuedMail(BaseEmailBackend):
    """EMAIL_BACKEND: whatever is sent is queued, in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            queue_mail(message=message)
        return len(email_messages)


def send(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, Any] | None = None,
    files: Sequence[tuple[str, bytes, str]] = (),
) -> None:
    """Send what `templates/emails/<template>.txt` says, in that language.

    Its first line is the subject. The HTML part says the same, paragraph by paragraph.
    Each file has a name, its bytes and its type.
    """
    with translation.override(language):
        said = render_to_string(
            f"emails/{template}.txt",
            {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
            | dict(context or {}),
        )
        subject, _, words = THREE_LINES.sub("\n\n", said.strip()).partition("\n")
        words = words.strip()
        page = render_to_string(
            "emails/message.html",
            {
                "language": language,
                "subject": subject.strip(),
                "body": in_paragraphs(words),
            },
        )
    subject = f"[{settings.SITE_NAME}] {subject.strip()}"
    message = EmailMultiAlternatives(subject, words + "\n", to=[to])
    message.attach_alternative(page, "text/html")
    for name, content, kind in files:
        message.attach(name, content, kind)
    message.send()


def in_paragraphs(words: str) -> SafeString:
    """Plain text as simple HTML; its addresses are links, its codes stand out."""
    return mark_safe(  # noqa: S308 - made of what was escaped
        "\n".join(_paragraph(each) for each in BLANK_LINES.split(words) if each.strip())
    )


def _paragraph(text: str) -> SafeString:
    if text.startswith(MARGIN):
        apart = [escape(line.strip()) for line in text.split("\n")]
        return format_html("<p><strong>{}</strong></p>", mark_safe("<br>".join(apart)))  # noqa: S308
    lines = [urlize(line) for line in escape(text).split("\n")]
    return format_html("<p>{}</p>", mark_safe("<br>".join(lines)))  # noqa: S308


def packed(message: EmailMessage) -> dict[str, Any]:
    """A message as JSON can hold it; `unpacked` makes it a message again."""
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": message.extra_headers,
        "alternatives": [list(each) for each in getattr(message, "alternatives", [])],
        "attachments": [
            [name, base64.b64encode(_as_bytes(content)).decode(), kind]
            for name, content, kind in message.attachments
        ],
    }


def unpacked(content: Mapping[str, Any], connection: Any) -> EmailMultiAlternatives:
    names = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "headers")
    message = EmailMultiAlternatives(
        **{name: content[name] for name in names}, connection=connection
    )
    for words, kind in content["alternatives"]:
        message.attach_alternative(words, kind)
    for name, encoded, kind in content["attachments"]:
        message.attach(name, base64.b64decode(encoded), kind)
    return message


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
