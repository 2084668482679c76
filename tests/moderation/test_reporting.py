"""Telling the moderators: who may, on what, how often, and what is left of it."""

from datetime import timedelta

import pytest

from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import REPORTS_AN_HOUR, AlreadyReported, report_contribution
from moderation.models import Report
from register.actions import NotConfirmed, TargetGone, TooMany
from register.models import Debate, Ground
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    ProposalFactory,
    ReportFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def report(reporter, contribution, ground="insults", text=""):
    return report_contribution(
        reporter=reporter,
        contribution=contribution,
        ground=Ground.objects.get(slug=ground),
        text=text,
    )


@pytest.fixture
def newcomer(db):
    """Has not shown yet that the address is theirs."""
    return UserFactory(display_name="Nour")


PEOPLE = {
    "participant": None,
    "stranger": None,
    "representative": None,
    "author": None,
    "newcomer": NotConfirmed,
}


@pytest.mark.parametrize(("who", "refusal"), PEOPLE.items())
def test_who_may_report(request, participant, newcomer, who, refusal):
    row = ArgumentFactory(author=UserFactory(confirmed=True))
    person = row.author if who == "author" else request.getfixturevalue(who)

    if refusal:
        with pytest.raises(refusal):
            report(person, row)
    else:
        report(person, row)

    assert Report.objects.filter(reporter=person).exists() == (refusal is None)


@pytest.mark.parametrize("kind", [ProposalFactory, ArgumentFactory, SourceFactory])
@pytest.mark.parametrize("period", ["open", "ended", "closed"])
def test_what_can_be_read_can_be_reported_whatever_the_period(
    participant, kind, period
):
    debate = DebateFactory(**{period: True})
    where = "debate" if kind is ProposalFactory else "hangs_on__debate"
    row = kind(**{where: debate})

    held = report(participant, row, text="À relire.")

    assert (held.contribution_id, held.text) == (row.pk, "À relire.")


UNREADABLE = {
    "hidden": lambda: ArgumentFactory(hidden=True),
    "under what is hidden": lambda: ArgumentFactory(hangs_on__hidden=True),
    "withdrawn": lambda: ArgumentFactory(withdrawn=True),
    "waiting": lambda: ArgumentFactory(waiting=True),
    "of a debate to come": lambda: ProposalFactory(debate__upcoming=True),
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_cannot_be_reported(participant, make):
    row = make()

    with pytest.raises(TargetGone):
        report(participant, row)

    assert not Report.objects.exists()


def test_it_is_dated_by_the_clock_of_the_database(participant, at):
    row = ArgumentFactory()
    instant = row.submitted_at + timedelta(hours=1)
    at(instant)

    assert report(participant, row).reported_at == instant


def test_the_same_report_sent_again_is_the_first_one(participant, mailoutbox):
    row = ArgumentFactory()

    first, again = report(participant, row), report(participant, row)

    assert first == again
    assert Report.objects.count() == len(mailoutbox) == 1


@pytest.mark.parametrize("other", [{"ground": "hatred"}, {"text": "Encore."}])
def test_one_person_reports_a_contribution_once(participant, other):
    row = ArgumentFactory()
    first = report(participant, row)

    with pytest.raises(AlreadyReported) as refusal:
        report(participant, row, **other)

    assert refusal.value.report == first
    assert Report.objects.count() == 1


def test_several_people_report_the_same_contribution(participant, stranger):
    row = ArgumentFactory()

    for person in (participant, stranger):
        report(person, row)

    assert row.reports.count() == 2


def test_the_journal_says_who_and_which_one_and_never_the_words(participant):
    row = ArgumentFactory()

    report(participant, row, text="Un secret.")

    entry = JournalEntry.objects.get(act=Act.REPORT_RECEIVED)
    assert (entry.actor, entry.facts) == (participant, {"contribution": row.pk})


# As many as a person can mean, and no more.


def hour_of_reports(person: object, debate: Debate) -> list[Report]:
    """The latest a minute after the opening, each some seconds before the other."""
    first = debate.opens_at + timedelta(minutes=10)
    return [
        ReportFactory(
            reporter=person,
            contribution=ProposalFactory(debate=debate),
            reported_at=first + timedelta(seconds=number),
        )
        for number in range(REPORTS_AN_HOUR)
    ]


def test_a_flood_is_stopped_and_told_until_when(participant, open_debate, at):
    first, *_others = hour_of_reports(participant, open_debate)
    row = ProposalFactory(debate=open_debate)
    at(first.reported_at + timedelta(minutes=59))

    with pytest.raises(TooMany) as refusal:
        report(participant, row)

    assert refusal.value.again_at == first.reported_at + timedelta(hours=1)
    at(refusal.value.again_at)
    assert report(participant, row)


def test_nobody_is_stopped_by_the_reports_of_others(
    participant, stranger, open_debate, at
):
    first, *_others = hour_of_reports(stranger, open_debate)
    at(first.reported_at + timedelta(minutes=1))

    assert report(participant, ProposalFactory(debate=open_debate))
