from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.paging import NEWEST, OLDEST
from proposals.models import Proposal
from tests.factories import DebateFactory, ProposalFactory

BEGINNING = datetime(2026, 5, 1, 8, tzinfo=UTC)

# Few instants for many rows, so that several share one.
RANKS = st.lists(st.integers(0, 3), min_size=1, max_size=8)


def insert(debate, ranks):
    instants = [BEGINNING + timedelta(microseconds=rank) for rank in ranks]
    Proposal.objects.bulk_insert(
        [
            ProposalFactory.build(
                number=number, author=None, debate=debate, submitted_at=instant
            )
            for number, instant in enumerate(instants, 1_000_001)
        ]
    )


def read_by_pages(next_page, size=2):
    read, page = [], list(next_page(None)[:size])
    while page:
        read += page
        page = list(next_page(page[-1])[:size])
    return read


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(RANKS)
def test_reading_page_after_page_loses_no_row_and_repeats_none(db, ranks):
    with transaction.atomic():
        insert(DebateFactory(), ranks)
        rows = Proposal.objects.all()

        onwards, backwards = (
            read_by_pages(
                lambda last, order=order: order.apply(
                    rows.filter(order.beyond(last)) if last else rows
                )
            )
            for order in (OLDEST, NEWEST)
        )

        assert [(row.submitted_at, row.number) for row in onwards] == sorted(
            (BEGINNING + timedelta(microseconds=rank), number)
            for number, rank in enumerate(ranks, 1_000_001)
        )
        assert backwards == onwards[::-1]
        transaction.set_rollback(True)
