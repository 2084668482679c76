from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.enums import Announced
from moderation.models import (
    Announcement,
    Closing,
    ClosingsAreNeverUndone,
    Decision,
    DecisionsAreNeverDeleted,
    Report,
    ReportsAreNeverDeleted,
)
from tests.constraints import Breaks, assert_refused, cases
from tests.factories import (
    AppealFactory,
    ClosingFactory,
    DebateFactory,
    DecisionFactory,
    ReportFactory,
    SealedLeafFactory,
    UserFactory,
    WithholdingFactory,
)


def two_reports_of_one_person():
    first = ReportFactory()
    ReportFactory(contribution=first.contribution, reporter=first.reporter)


def confirmed_by_who_decided():
    decider = UserFactory()
    DecisionFactory(
        is_provisional=True,
        confirmed_at=timezone.now(),
        confirmed_by=decider,
        decided_by=decider,
    )


def two_leaves_in_one_place():
    first = SealedLeafFactory()
    SealedLeafFactory(closing=first.closing, position=first.position)


def two_announcements_of_one_closing():
    debate = DebateFactory()
    for _ in range(2):
        Announcement.objects.create(kind=Announced.CLOSING, debate=debate)


def two_announcements_of_one_decision():
    decision = DecisionFactory()
    for _ in range(2):
        Announcement.objects.create(
            kind=Announced.ABOVE,
            debate=decision.contribution.debate,
            decision=decision,
        )


def a_move_announced_without_it():
    Announcement.objects.create(kind=Announced.PERIOD_MOVED, debate=DebateFactory())


BREAKS: Breaks = {
    "one_report_per_person_per_contribution": [two_reports_of_one_person],
    "report_is_answered_to_an_account_or_an_address": [
        lambda: ReportFactory(reporter=None),
        lambda: ReportFactory(notifier_email="marie@exemple.fr"),
    ],
    "decision_kind_is_known": [lambda: DecisionFactory(kind="ban")],
    "restrictions_have_a_ground_and_facts": [
        lambda: DecisionFactory(ground=None),
        lambda: DecisionFactory(facts=""),
    ],
    "suspensions_and_no_others_have_an_end": [
        lambda: DecisionFactory(kind="suspend"),
        lambda: DecisionFactory(suspended_until=timezone.now() + timedelta(days=1)),
    ],
    "masks_and_no_others_have_a_passage": [
        lambda: DecisionFactory(kind="mask"),
        lambda: DecisionFactory(passage="06 12 34 56 78"),
    ],
    "somebody_else_confirms_a_provisional_decision": [
        confirmed_by_who_decided,
        lambda: DecisionFactory(
            confirmed_at=timezone.now(), confirmed_by=UserFactory()
        ),
    ],
    "appeal_says_something": [lambda: AppealFactory(text="")],
    "appeals_are_decided_with_an_answer": [
        lambda: AppealFactory(outcome="granted", decided_at=timezone.now()),
        lambda: AppealFactory(answer="Non."),
    ],
    "closing_has_a_root": [lambda: ClosingFactory(root="0" * 63)],
    "one_leaf_per_position": [two_leaves_in_one_place],
    "withheld_part_is_known": [lambda: WithholdingFactory(part="side")],
    "what_is_shown_again_was_not_withheld_for_good": [
        lambda: WithholdingFactory(is_withheld=False, is_final=True)
    ],
    "an_announcement_says_what_it_is_about": [a_move_announced_without_it],
    "a_closing_is_announced_once": [two_announcements_of_one_closing],
    "a_decision_is_announced_once": [two_announcements_of_one_decision],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)


@pytest.mark.parametrize("rows", [ReportFactory, Report.objects.all])
def test_a_report_is_never_deleted(db, rows):
    with pytest.raises(ReportsAreNeverDeleted):
        rows().delete()


@pytest.mark.parametrize("rows", [DecisionFactory, Decision.objects.all])
def test_a_decision_is_never_deleted(db, rows):
    with pytest.raises(DecisionsAreNeverDeleted):
        rows().delete()


@pytest.mark.parametrize("change", [Closing.save, Closing.delete])
def test_a_closing_is_never_undone(db, change):
    with pytest.raises(ClosingsAreNeverUndone):
        change(ClosingFactory())
