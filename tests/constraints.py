"""What the tables of constraints, `BREAKS` in each app's tests, have in common."""

from collections.abc import Callable, Iterable

import pytest
from django.db import IntegrityError, connection, transaction

# For each constraint, by its name, the ways to break it.
Breaks = dict[str, list[Callable[[], object]]]


def cases(breaks: Breaks) -> Iterable[object]:
    return [
        pytest.param(name, break_it, id=f"{name}-{n}")
        for name, ways in breaks.items()
        for n, break_it in enumerate(ways, 1)
    ]


def assert_refused(name: str, break_it: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it()

    # SQLite says which columns must be unique, not by which constraint.
    if connection.vendor == "postgresql" or "CHECK" in str(refusal.value):
        assert name in str(refusal.value)
