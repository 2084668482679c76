"""Mail is queued with its cause and sent by the worker, through a real SMTP server."""

import email
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage as Received
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import mail
from accounts.models import Mail, User
from accounts.tasks import CUT_SHORT, DELAYS
from tests.accounts.conftest import CODE
from tests.queued import make_tasks_due

pytestmark = pytest.mark.django_db


class Mailbox:
    """What a mail server receives, and what it answers."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.received.append(
                email.message_from_bytes(envelope.content, policy=default)
            )
        return self.answer


@pytest.fixture
def smtp_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(autouse=True)
def queued(settings, smtp_port) -> None:
    """As in production, with nobody listening yet."""
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp_port
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def mailbox(smtp_port) -> Iterator[Mailbox]:
    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=smtp_port)
    server.start()
    yield handler
    server.stop()


def make_due() -> None:
    """As if the delay had passed."""
    now = timezone.now()
    Mail.objects.exclude(due_at=None).update(due_at=now)
    make_tasks_due()


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("/en", "en")])
def test_the_code_of_a_sign_up_arrives_in_both_parts_and_the_right_language(
    sign_up, mailbox, work, prefix, language
):
    sign_up(f"{prefix}/accounts/signup/")
    assert mailbox.received == []

    work()

    (message,) = mailbox.received
    plain = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    page = message.get_body(("html",)).get_content()
    code = CODE.search(plain).group(1)
    assert f"<strong>{code}</strong>" in page
    assert f'<html lang="{language}">' in page
    assert message["To"] == "nina@exemple.fr"
    assert message["Subject"].startswith("[Consultations] ")
    assert code not in message["Subject"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_of_a_real_site_sends_it_by_the_server_that_email_url_names(
    sign_up, mailbox, smtp_port
):
    sign_up()
    database = connection.settings_dict
    address = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**database)
    )

    worker = subprocess.run(
        [sys.executable, "manage.py", "db_worker", "--backend=worker", "--batch"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": address,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert worker.returncode == 0, worker.stderr
    assert [message["To"] for message in mailbox.received] == ["nina@exemple.fr"]
    assert not Mail.objects.exists()


def test_what_has_left_leaves_no_word_behind(sign_up, mailbox, work):
    sign_up()
    code = CODE.search(Mail.objects.get().content["body"]).group(1)

    work()

    assert not Mail.objects.exists()
    assert code not in str(list(DBTaskResult.objects.values()))


def test_no_mail_leaves_when_the_act_that_caused_it_is_undone(mailbox, work):
    with transaction.atomic():
        send_mail("Sujet", "Mots", None, ["nina@exemple.fr"])
        transaction.set_rollback(True)

    work()

    assert mailbox.received == []
    assert not DBTaskResult.objects.exists()


def test_while_the_mail_server_is_down_pages_answer_and_mail_waits(sign_up, work):
    assert sign_up().status_code == 302
    assert User.objects.exists()

    work()

    waiting = Mail.objects.get()
    assert waiting.tries == 1
    assert waiting.due_at > timezone.now() + DELAYS[0] - timedelta(seconds=30)
    assert "Error" in waiting.error or "refused" in waiting.error


def test_it_arrives_once_the_mail_server_is_back(sign_up, work, smtp_port):
    sign_up()
    work()
    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=smtp_port)
    server.start()
    make_due()

    work()
    work()

    server.stop()
    assert len(handler.received) == 1
    assert not Mail.objects.exists()


def test_a_mail_is_given_up_after_the_last_try_and_an_operator_sees_it(
    sign_up, work, client, organiser
):
    sign_up()
    for _ in range(len(DELAYS) + 3):
        work()
        make_due()

    given_up = Mail.objects.get()
    assert given_up.is_given_up
    assert given_up.tries == len(DELAYS) + 1
    assert given_up.content == {}
    client.force_login(organiser)
    page = client.get("/admin/mail/").content.decode()
    assert "nina@exemple.fr" in page


def test_what_the_server_refuses_for_good_is_not_tried_again(mailbox, work):
    mailbox.answer = "550 No such mailbox"
    send_mail("Sujet", "Mots", None, ["nina@exemple.fr"])

    work()

    assert Mail.objects.get().is_given_up
    assert "550" in Mail.objects.get().error


def test_what_the_server_puts_off_is_tried_again(mailbox, work):
    mailbox.answer = "451 Come back later"
    send_mail("Sujet", "Mots", None, ["nina@exemple.fr"])

    work()

    assert not Mail.objects.get().is_given_up


def test_one_mail_that_does_not_leave_holds_up_no_other(mailbox, work):
    send_mail("Sujet", "Mots", None, ["pas une adresse"])
    send_mail("Sujet", "Mots", None, ["nina@exemple.fr"])

    work()

    assert [message["To"] for message in mailbox.received][-1] == "nina@exemple.fr"


def test_what_a_killed_worker_had_begun_is_taken_up_again(mailbox, work):
    send_mail("Premier", "Mots", None, ["nina@exemple.fr"])
    long_ago = timezone.now() - 2 * CUT_SHORT
    Mail.objects.update(due_at=long_ago, tries=1)
    DBTaskResult.objects.update(status="RUNNING")
    send_mail("Second", "Mots", None, ["nina@exemple.fr"])

    work()

    subjects = [message["Subject"] for message in mailbox.received]
    assert sorted(subjects) == ["Premier", "Second"]


def test_two_tasks_never_send_one_mail_twice(mailbox, work):
    from accounts.tasks import deliver

    send_mail("Sujet", "Mots", None, ["nina@exemple.fr"])
    deliver.enqueue(Mail.objects.get().pk)

    work()

    assert len(mailbox.received) == 1


def test_what_was_done_is_forgotten_within_the_day(mailbox, work):
    send_mail("Premier", "Mots", None, ["nina@exemple.fr"])
    work()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=1))
    send_mail("Second", "Mots", None, ["nina@exemple.fr"])

    work()

    assert DBTaskResult.objects.count() == 1


def test_an_attached_file_arrives_as_it_left(mailbox, work):
    message = EmailMessage("Reçu", "Ci-joint.", None, ["nina@exemple.fr"])
    message.attach("reçu.txt", "n° 2467\r\n", "text/plain")
    message.send()

    work()

    (attached,) = mailbox.received[0].iter_attachments()
    assert attached.get_filename() == "reçu.txt"
    assert attached.get_content().splitlines() == ["n° 2467"]


def test_html_says_what_plain_text_says_and_nothing_acts_in_it():
    words = "Bonjour,\n\n<script>x</script> & https://exemple.fr/a?b=1\n\n    BCDF-GHJK"

    page = mail.in_paragraphs(words)

    assert "<script>" not in page
    assert '<a href="https://exemple.fr/a?b=1">' in page
    assert "<p><strong>BCDF-GHJK</strong></p>" in page
