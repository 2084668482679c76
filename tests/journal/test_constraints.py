import pytest

from journal.clock import database_now
from journal.models import JournalEntry
from tests.constraints import Breaks, assert_refused, cases

BREAKS: Breaks = {
    "journalled_act_is_known": [
        lambda: JournalEntry.objects.create(act="nap", at=database_now())
    ],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)
