"""Many people are told by mail, some at a time, and nobody twice."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Mail
from moderation.actions import announce, dismiss_reports, participants_of, undo_decision
from moderation.actions.announcing import (
    BATCH_SIZE,
    CUT_SHORT,
    resume_announcements,
    tell_some,
)
from moderation.enums import Announced
from moderation.models import Announcement
from tests.factories import (
    ArgumentFactory,
    ArgumentSupportFactory,
    DebateFactory,
    ProposalFactory,
    ReportFactory,
    SourceFactory,
    UserFactory,
    VoteFactory,
)
from tests.moderation.deciding import hide, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(settings):
    settings.EMAIL_BACKEND = "accounts.mail.QueuedMail"


def told():
    return sorted(Mail.objects.values_list("recipients", flat=True))


def person(name):
    return UserFactory(email=f"{name}@exemple.fr", confirmed=True)


def test_participants_are_those_who_wrote_voted_or_supported():
    debate = DebateFactory()
    proposal = ProposalFactory(debate=debate, author=person("auteure"))
    VoteFactory(proposal=proposal, voter=person("votant"))
    argument = ArgumentFactory(hangs_on=proposal, author=None)
    ArgumentSupportFactory(argument=argument, supporter=person("soutien"))
    ProposalFactory(debate=debate, author=UserFactory())
    ProposalFactory(debate=debate, author=person("en-attente"), waiting=True)
    ProposalFactory(author=person("ailleurs"))

    found = participants_of(debate)

    names = {each.email.partition("@")[0] for each in found}
    assert names == {"auteure", "votant", "soutien"}


def test_everybody_is_told_once_however_many_they_are():
    debate = DebateFactory()
    people = [person(f"p{n}") for n in range(BATCH_SIZE + 3)]
    for each in people:
        ProposalFactory(debate=debate, author=each)

    announce(kind=Announced.CLOSING, debate=debate)
    batch = Announcement.objects.get()
    tell_some(announcement_id=batch.pk)
    first = len(told())
    for _ in range(3):
        tell_some(announcement_id=batch.pk)

    assert first == BATCH_SIZE
    assert told() == sorted(each.email for each in people)
    batch.refresh_from_db()
    assert batch.finished_at


def test_what_a_killed_worker_dropped_is_taken_up_again():
    debate = DebateFactory()
    ProposalFactory(debate=debate, author=person("auteure"))
    announce(kind=Announced.CLOSING, debate=debate)
    then = timezone.now() - 2 * CUT_SHORT
    Announcement.objects.update(touched_at=then)
    DBTaskResult.objects.all().delete()

    resume_announcements()

    assert DBTaskResult.objects.filter(task_path="moderation.tasks.tell").count() == 1


def test_those_whose_words_went_with_what_was_hidden_are_told(moderator):
    proposal = ProposalFactory(author=person("au-dessus"))
    argument = ArgumentFactory(hangs_on=proposal, author=person("argument"))
    source = SourceFactory(hangs_on=argument, author=person("source"))
    publish(source)

    decision = hide(moderator, proposal)
    above = Announcement.objects.get(kind=Announced.ABOVE)
    Mail.objects.all().delete()
    tell_some(announcement_id=above.pk)
    hidden = told()
    undo_decision(actor=moderator, decision=decision)

    assert hidden == ["argument@exemple.fr", "source@exemple.fr"]
    assert Announcement.objects.filter(kind=Announced.ABOVE).count() == 2


def test_who_reported_is_answered_with_an_account_or_by_an_address(moderator):
    row = ArgumentFactory(author=None)
    publish(row)
    ReportFactory(contribution=row, reporter=person("inscrite"))
    ReportFactory(contribution=row, reporter=None, notifier_email="passant@exemple.fr")

    dismiss_reports(actor=moderator, contribution=row)
    tell_some(announcement_id=Announcement.objects.get(kind=Announced.ANSWER).pk)

    assert told() == ["inscrite@exemple.fr", "passant@exemple.fr"]
