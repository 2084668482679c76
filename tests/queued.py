"""What acts queue is done by the worker's own command."""

import signal
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult


@pytest.fixture
def work(monkeypatch) -> Iterator[Callable[[], None]]:
    """Run the worker's own command until nothing is due.

    As Django's test client does, it keeps the connection, and the test's transaction.
    """
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    signs = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    before = {sign: signal.getsignal(sign) for sign in signs}

    def run() -> None:
        call_command(
            "db_worker",
            "--backend=worker",
            "--batch",
            "--no-startup-delay",
            "--no-reload",
            verbosity=0,
        )

    yield run
    for sign, handler in before.items():
        signal.signal(sign, handler)


def make_tasks_due() -> None:
    """As if the delay had passed."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
