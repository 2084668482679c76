"""What the storm against a closed debate calls a change is one, and nothing else is."""

from collections import Counter

import pytest

from benchmarks.closed import JOURNAL, changes, wrongs
from benchmarks.writers import ARGUE, CLOSED, REPORT, SEE_OTHER, Act

BEFORE = {
    "proposals_vote": Counter(["agree"]),
    "moderation_report": Counter(),
    "accounts_mail": Counter(),
    "register_draft": Counter(),
    JOURNAL: Counter(["submitted"]),
}
REFUSED = Act(ARGUE, 1, 5, status=CLOSED)
REPORTED = Act(REPORT, 1, 5, status=SEE_OTHER)


def after(**more):
    return BEFORE | {name: BEFORE[name] + Counter(rows) for name, rows in more.items()}


def test_reports_their_mails_and_drafts_may_come():
    came = after(
        moderation_report=["r"],
        accounts_mail=["m"],
        register_draft=["d"],
        journal_journalentry=["report_received"],
    )

    assert list(wrongs([REFUSED, REPORTED], BEFORE, came)) == []


@pytest.mark.parametrize(
    "left",
    [
        after(proposals_vote=["mixed"]),
        BEFORE | {"proposals_vote": Counter()},
        BEFORE | {"proposals_vote": Counter(["mixed"])},
        after(journal_journalentry=["contribution_submitted"]),
        BEFORE | {JOURNAL: Counter()},
    ],
    ids=["came", "gone", "changed", "journalled", "journal cut"],
)
def test_anything_else_is_seen(left):
    assert len(list(changes(BEFORE, left))) == 1


@pytest.mark.parametrize(
    "late",
    [[], [REPORTED], [REFUSED, Act(ARGUE, 1, 5, status=SEE_OTHER)]],
    ids=["nobody came", "nothing refused", "accepted"],
)
def test_a_storm_that_was_not_refused_is_not_clean(late):
    reports = after(moderation_report=["r"] if REPORTED in late else [])

    assert list(wrongs(late, BEFORE, reports))


def test_a_report_that_is_lost_is_seen():
    assert list(wrongs([REFUSED, REPORTED], BEFORE, BEFORE))
