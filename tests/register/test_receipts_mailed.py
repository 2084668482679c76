"""A proposal's receipt leaves at once, the others together in the morning."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import tell_confirmed, vouch_for_address
from accounts.models import Mail
from arguments.actions import submit_argument
from arguments.enums import Side
from proposals.actions import cast_vote, submit_proposal
from proposals.enums import VoteChoice
from register.actions import Posting, of_its_kind, withdraw_contribution
from register.models import Contribution, Receipt
from register.receipts import file_of
from register.tasks import (
    mail_receipts_of_the_day,
    next_morning,
    plan_receipts_of_the_day,
)
from tests.accounts import test_mail
from tests.factories import ProposalFactory, UserFactory, act_on
from tests.register.test_concurrent_acts import at_once

pytestmark = pytest.mark.django_db

# A real mail server on loopback, and the worker's own command.
smtp_port, queued = test_mail.smtp_port, test_mail.queued
mailbox = test_mail.mailbox


def posting(author, **fields) -> Posting:
    return Posting(author=author, key=uuid4(), **fields)


def propose(author, debate, **fields) -> Contribution:
    return submit_proposal(
        posting=fields.pop("posting", None) or posting(author),
        debate=debate,
        title="Ouvrir le dimanche",
        text="<p>Toute l’année.</p>",
    )


def argue(author, proposal) -> Contribution:
    return submit_argument(
        posting=posting(author),
        proposal=proposal,
        side=Side.AGAINST,
        text="Trop cher pour la ville.",
    )


def plain(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def files(message) -> dict[str, bytes]:
    return {
        each.get_filename(): each.get_payload(decode=True)
        for each in message.iter_attachments()
    }


def file(row) -> bytes:
    return file_of(of_its_kind(row.pk), Receipt.objects.get(pk=row.pk))


def this_morning() -> None:
    """What the worker does at seven."""
    mail_receipts_of_the_day.call()


def test_the_receipt_of_a_proposal_arrives_with_its_file(
    participant, open_debate, mailbox, work
):
    row = propose(participant, open_debate)

    work()

    (message,) = mailbox.received
    assert message["To"] == participant.email
    assert message["Subject"].endswith(f"#{row.pk}")
    assert files(message) == {f"recu-{row.pk}.json": file(row)}
    said = plain(message)
    assert f"http://localhost:8000/contributions/{row.pk}\n" in said
    assert f"http://localhost:8000/receipts/{row.pk}\n" in said
    assert Receipt.objects.get().digest in said
    local = timezone.localtime(row.submitted_at)
    assert local.strftime("%H:%M:%S") in said
    assert "Ouvrir" not in said


def test_it_is_written_in_the_language_of_the_account(open_debate, mailbox, work):
    person = UserFactory(locale="en", confirmed=True)

    row = propose(person, open_debate, posting=posting(person, language="fr"))
    work()

    (message,) = mailbox.received
    said = f"[Consultations] Receipt of your contribution #{row.pk}"
    assert message["Subject"] == said
    assert f"http://localhost:8000/en/receipts/{row.pk}" in plain(message)


def test_no_receipt_leaves_of_a_proposal_that_was_not_published(
    participant, open_debate
):
    with transaction.atomic():
        propose(participant, open_debate)
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_a_form_sent_twice_is_mailed_once(participant, open_debate):
    form = posting(participant)

    for _ in range(2):
        propose(participant, open_debate, posting=form)

    assert Mail.objects.count() == 1


def test_posting_an_argument_takes_no_statement_for_its_mail(participant):
    proposal = ProposalFactory()
    act_on(proposal)

    with CaptureQueriesContext(connection) as captured:
        argue(participant, proposal)

    statements = [each["sql"] for each in captured]
    assert sum("register_receipt" in each for each in statements) == 1
    for table in ("accounts_mail", "django_tasks_db"):
        assert not [each for each in statements if table in each]


# An address that nobody has confirmed.


def test_nothing_is_sent_to_an_address_that_may_be_anybodys(open_debate):
    newcomer = UserFactory()
    propose(newcomer, open_debate)
    argue(newcomer, ProposalFactory(debate=open_debate))

    this_morning()

    assert not Mail.objects.exists()
    assert Receipt.objects.filter(mailed_at=None).count() == 2


def test_once_it_is_confirmed_the_proposal_leaves_and_the_rest_in_the_morning(
    open_debate,
):
    newcomer = UserFactory()
    row = propose(newcomer, open_debate)
    argument = argue(newcomer, ProposalFactory(debate=open_debate))

    vouch_for_address(user=newcomer)
    sent = Mail.objects.get()
    this_morning()

    assert sent.subject.endswith(f"#{row.pk}")
    assert Mail.objects.count() == 2
    assert Mail.objects.first().subject.endswith(f"#{argument.pk}")


def test_confirming_again_sends_nothing_again(open_debate):
    newcomer = UserFactory()
    propose(newcomer, open_debate)
    vouch_for_address(user=newcomer)

    tell_confirmed(request=None, user=newcomer)

    assert Mail.objects.count() == 1


# In the morning.


def test_each_person_is_sent_one_mail_with_all_that_they_posted(
    participant, stranger, mailbox, work
):
    proposal = ProposalFactory()
    act_on(proposal)
    mine = [argue(participant, proposal) for _ in range(3)]
    theirs = argue(stranger, proposal)

    this_morning()
    work()

    by_person = {message["To"]: message for message in mailbox.received}
    assert len(mailbox.received) == 2
    expected = {f"recu-{row.pk}.json": file(row) for row in mine}
    assert files(by_person[participant.email]) == expected
    assert "3" in by_person[participant.email]["Subject"]
    assert list(files(by_person[stranger.email])) == [f"recu-{theirs.pk}.json"]
    assert all(f"#{row.pk}, " in plain(by_person[participant.email]) for row in mine)


def test_nobody_is_sent_the_same_receipt_again_nor_an_empty_mail(
    participant, stranger, open_debate
):
    row = propose(participant, open_debate)
    argue(participant, row)

    for _ in range(3):
        this_morning()

    assert Mail.objects.count() == 2
    assert stranger.email not in str(Mail.objects.values_list("recipients", flat=True))


def test_what_was_withdrawn_or_hidden_meanwhile_was_received_all_the_same(
    participant, mailbox, work
):
    proposal = ProposalFactory()
    act_on(proposal)
    row = argue(participant, proposal)
    withdraw_contribution(author=participant, contribution=row)

    this_morning()
    work()

    assert files(mailbox.received[0]) == {f"recu-{row.pk}.json": file(row)}


def test_no_mail_tells_how_somebody_voted(participant, mailbox, work):
    proposal = ProposalFactory()
    act_on(proposal)
    argue(participant, proposal)
    cast_vote(voter=participant, proposal=proposal, choice=VoteChoice.DISAGREE)

    this_morning()
    work()

    (message,) = mailbox.received
    everything = message.as_bytes() + b"".join(files(message).values())
    for word in (b"disagree", b"against", "d’accord".encode(), b"contre"):
        assert word not in everything


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_send_each_receipt_once():
    people = UserFactory.create_batch(3, confirmed=True)
    proposal = ProposalFactory()
    act_on(proposal)
    for person in people:
        argue(person, proposal)

    at_once(this_morning, this_morning, this_morning)

    assert Mail.objects.count() == len(people)


# When the morning is.


def planned() -> list[datetime]:
    path = mail_receipts_of_the_day.module_path
    tasks = DBTaskResult.objects.filter(task_path=path, status="READY")
    return [each.run_after for each in tasks]


def test_a_confirmed_address_has_the_next_morning_planned_once():
    for person in UserFactory.create_batch(2):
        vouch_for_address(user=person)

    (morning,) = planned()
    assert timezone.localtime(morning).strftime("%H:%M:%S") == "07:00:00"
    assert timedelta(0) < morning - timezone.now() <= timedelta(hours=25)


def test_each_pass_plans_the_next_one(participant, work):
    plan_receipts_of_the_day()
    argue(participant, ProposalFactory())
    DBTaskResult.objects.update(run_after=timezone.now())

    work()

    assert Receipt.objects.get().mailed_at
    assert len(planned()) == 1
    assert planned()[0] > timezone.now()


def test_a_pass_that_was_lost_with_its_worker_comes_back():
    plan_receipts_of_the_day()
    DBTaskResult.objects.update(status="RUNNING")

    vouch_for_address(user=UserFactory())

    assert len(planned()) == 1


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-22T05:59:59", "2026-11-22T06:00:00"),
        ("2026-11-22T06:00:00", "2026-11-23T06:00:00"),
        # The nights on which the clocks change: seven stays seven.
        ("2026-10-24T12:00:00", "2026-10-25T06:00:00"),
        ("2026-03-28T12:00:00", "2026-03-29T05:00:00"),
    ],
)
def test_the_morning_is_at_seven_on_the_clocks_of_the_site(now, morning):
    found = next_morning(datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert found.astimezone(UTC).isoformat() == f"{morning}+00:00"
    assert found.astimezone(ZoneInfo("Europe/Paris")).hour == 7
