"""Closing a debate: what is refused, what it writes, who is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from journal.enums import Act
from journal.models import JournalEntry
from moderation.actions import (
    AlreadyClosed,
    NotAsReceived,
    NotEnded,
    StillChanging,
    StillWaiting,
    close_debate,
    confirm_decision,
    decide_appeal,
    dismiss_reports,
    hide_contribution,
    record_as_unpublished,
    refuse_held,
)
from moderation.actions import closing as action
from moderation.actions.announcing import tell_some
from moderation.enums import Announced, Pending
from moderation.models import (
    Announcement,
    Closing,
    ClosingsAreNeverUndone,
    SealedLeaf,
)
from register.actions import NotTheirs
from register.enums import Status
from register.models import Contribution, Debate, Receipt, Submission
from tests.factories import (
    AppealFactory,
    ArgumentFactory,
    DebateFactory,
    DecisionFactory,
    ProposalFactory,
    ReportFactory,
    UserFactory,
)
from tests.moderation.sealing import because, discuss, sealed

pytestmark = pytest.mark.django_db

PREPARE = action._prepare


@pytest.fixture
def debate() -> Debate:
    return DebateFactory(ended=True, confirmation_hours=0)


def waits(debate: Debate, *, is_held: bool = False) -> Contribution:
    row = ProposalFactory(debate=debate, waiting=True)
    Submission.objects.create(
        author=row.author,
        key="6f1c2f7e-4b5e-4c8e-9d57-0f3a3c1f7f10",
        contribution=row,
        submitted_at=row.submitted_at,
        is_held=is_held,
    )
    return row


def test_a_closing_says_who_when_why_and_how_much(moderator):
    said = discuss(moderator)
    before = timezone.now()

    closing = close_debate(debate=said.debate, actor=moderator, motive=" Fin prévue. ")

    said.debate.refresh_from_db()
    assert before <= said.debate.closed_at == closing.closed_at <= timezone.now()
    assert (closing.closed_by, closing.motive) == (moderator, "Fin prévue.")
    assert closing.figures["contributions"] == {
        "argument": {"published": 2, "withdrawn": 1},
        "proposal": {"published": 3, "hidden": 1},
        "source": {"published": 1},
    }
    assert closing.figures["agree"] == 2
    assert closing.figures["decisions"] == {"hide": 1, "mask": 1}
    assert closing.figures["institutions"] == 1
    # Ten persons wrote, voted or supported; one of them typed for an institution.
    wrote = said.debate.contributions.values_list("author", flat=True).distinct()
    assert closing.figures["participants"] == wrote.count() - 1 + 3
    assert closing.size == SealedLeaf.objects.count()
    entry = JournalEntry.objects.get(act=Act.DEBATE_CLOSED)
    assert (entry.actor, entry.facts["root"]) == (moderator, closing.root)


WAITING = {
    Pending.HELD: lambda debate: waits(debate, is_held=True),
    Pending.TOO_LATE: waits,
    Pending.REPORTED: lambda debate: (
        ReportFactory(contribution__debate=debate).contribution
    ),
    Pending.PROVISIONAL: lambda debate: (
        DecisionFactory(
            contribution=ArgumentFactory(hangs_on__debate=debate, hidden=True),
            is_provisional=True,
        ).contribution
    ),
    Pending.APPEALED: lambda debate: (
        AppealFactory(
            decision__contribution=ArgumentFactory(hangs_on__debate=debate, hidden=True)
        ).decision.contribution
    ),
}


@pytest.mark.parametrize(("why", "make"), WAITING.items(), ids=WAITING)
def test_nothing_is_closed_while_something_waits(debate, moderator, why, make):
    row = make(debate)

    with pytest.raises(StillWaiting) as refusal:
        close_debate(debate=debate, actor=moderator)

    assert refusal.value.waiting == {why: [row.pk]}
    assert not Closing.objects.exists()


def test_a_confirmation_that_may_still_come_is_waited_for(moderator):
    debate = DebateFactory(ended=True, confirmation_hours=48)
    row = waits(debate)

    unpublished = record_as_unpublished(debate=debate, actor=moderator)
    with pytest.raises(StillWaiting) as refusal:
        close_debate(debate=debate, actor=moderator)

    assert unpublished == []
    assert refusal.value.waiting == {Pending.CONFIRMABLE: [row.pk]}


def test_it_closes_once_each_thing_that_waited_is_decided(debate, moderator, organiser):
    rows = {why: make(debate) for why, make in WAITING.items()}

    refuse_held(
        actor=moderator, contribution=rows[Pending.HELD], reasons=because("insults")
    )
    record_as_unpublished(debate=debate, actor=moderator)
    dismiss_reports(actor=moderator, contribution=rows[Pending.REPORTED])
    confirm_decision(
        actor=organiser, decision=rows[Pending.PROVISIONAL].decisions.get()
    )
    appeal = rows[Pending.APPEALED].decisions.get().appeal
    decide_appeal(actor=organiser, appeal=appeal, outcome="rejected", answer="Non.")

    assert close_debate(debate=debate, actor=moderator).figures["appeals"] == 1


@pytest.mark.parametrize("trait", ["open", "upcoming"])
def test_what_has_not_ended_is_not_closed(moderator, trait):
    with pytest.raises(NotEnded):
        close_debate(debate=DebateFactory(**{trait: True}), actor=moderator)


def test_a_debate_is_closed_once_and_never_undone(debate, moderator):
    closing = close_debate(debate=debate, actor=moderator)

    with pytest.raises(AlreadyClosed):
        close_debate(debate=debate, actor=moderator)
    with pytest.raises(ClosingsAreNeverUndone):
        closing.delete()
    with pytest.raises(ClosingsAreNeverUndone):
        closing.save()


def test_participants_do_not_close(debate, participant):
    for act in (close_debate, record_as_unpublished):
        with pytest.raises(NotTheirs):
            act(debate=debate, actor=participant)


def test_words_that_are_not_those_received_refuse_the_closing(moderator):
    said = discuss(moderator)
    Receipt.objects.filter(pk=said.argument.pk).update(digest="0" * 64)

    with pytest.raises(NotAsReceived) as refusal:
        close_debate(debate=said.debate, actor=moderator)

    assert f"#{said.argument.pk} " in "".join(refusal.value.sentences)
    assert Debate.objects.get(pk=said.debate.pk).closed_at is None


def test_a_record_that_something_changed_meanwhile_is_written_again(
    moderator, monkeypatch
):
    said = discuss(moderator)
    prepared = []

    def prepare(debate_id, folder):
        draft = PREPARE(debate_id, folder)
        if not prepared:
            hide_contribution(
                actor=moderator,
                contribution=said.argument,
                reasons=because("insults"),
            )
        prepared.append(draft)
        return draft

    monkeypatch.setattr(action, "_prepare", prepare)

    closing = close_debate(debate=said.debate, actor=moderator)

    assert len(prepared) == 2
    assert closing.root == prepared[1].root
    assert closing.figures["decisions"]["hide"] == 2


def test_a_debate_on_which_somebody_acts_all_the_time_is_not_closed(
    moderator, monkeypatch
):
    said = discuss(moderator)

    def prepare(debate_id, folder):
        draft = PREPARE(debate_id, folder)
        Debate.objects.filter(pk=debate_id).update(title=f"Débat {draft.root}")
        return draft

    monkeypatch.setattr(action, "_prepare", prepare)

    with pytest.raises(StillChanging):
        close_debate(debate=said.debate, actor=moderator)

    assert not SealedLeaf.objects.exists()


def test_participants_are_told_with_the_three_lines(moderator):
    said = sealed(moderator)
    person = UserFactory(confirmed=True, locale="en")
    User.objects.filter(pk=person.pk).update(display_name="Anna")
    Contribution.objects.filter(pk=said.argument.pk).update(author=person)
    announcement = Announcement.objects.get(kind=Announced.CLOSING)

    tell_some(announcement_id=announcement.pk)

    message = next(m for m in mail.outbox if m.to == [person.email]).body
    closing = said.closing
    for line in (closing.origin, str(closing.size), closing.root_in_base64):
        assert f"    {line}\n" in message
    assert f"/en/debats/{said.debate.slug}/cloture/" in message


def test_what_was_not_confirmed_in_time_is_never_published_and_its_author_told(
    debate, moderator
):
    row = waits(debate)
    User.objects.filter(pk=row.author_id).update(locale="en")

    numbers = record_as_unpublished(debate=debate, actor=moderator)

    assert numbers == [row.pk]
    assert Contribution.objects.get(pk=row.pk).status == Status.UNPUBLISHED
    entry = JournalEntry.objects.get(act=Act.CONTRIBUTION_UNPUBLISHED)
    assert (entry.actor, entry.number) == (moderator, row.pk)
    [told] = mail.outbox
    assert told.to == [row.author.email]
    assert f"#{row.pk}" in told.body
    assert row.title not in told.body
    assert record_as_unpublished(debate=debate, actor=moderator) == []


def test_what_is_held_is_left_to_a_moderator(debate, moderator):
    held = waits(debate, is_held=True)

    assert record_as_unpublished(debate=debate, actor=moderator) == []

    assert Contribution.objects.get(pk=held.pk).status == Status.WAITING


def test_a_debate_that_was_closed_elsewhere_has_no_closing_here(moderator):
    debate = DebateFactory(closed=True)

    with pytest.raises(AlreadyClosed):
        close_debate(debate=debate, actor=moderator)

    assert not Closing.objects.filter(debate=debate).exists()
    assert debate.closed_at > debate.closes_at - timedelta(days=1)
