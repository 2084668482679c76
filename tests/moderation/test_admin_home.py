"""The admin's home tells those who moderate what waits, and if the worker works."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from moderation.panels import oldest_waiting_task
from tests.factories import ReportFactory
from tests.moderation.seats import seated, staff

pytestmark = pytest.mark.django_db


def ago(**delta):
    return timezone.now() - timedelta(**delta)


def task(*, queued, run_after=None, status="READY"):
    """Something queued, in the worker's own table."""
    row = DBTaskResult.objects.create(
        task_path="moderation.tasks.tell",
        args_kwargs={"args": [1], "kwargs": {}},
        run_after=run_after or get_date_max(),
        status=status,
        backend_name="worker",
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=queued)


def home(person) -> str:
    page = seated(person).get("/admin/").content.decode().replace("\xa0", " ")
    return " ".join(page.split())


def test_it_says_how_much_waits_and_since_when():
    ReportFactory(reported_at=ago(days=3, minutes=1))
    ReportFactory(reported_at=ago(days=1))

    page = home(staff())

    assert "2 contributions wait for a moderator" in page
    assert "The oldest has waited for 3 days" in page
    assert 'href="/admin/desk/"' in page


def test_it_says_that_nothing_waits():
    page = home(staff())

    assert "Nothing waits for a moderator." in page
    assert "Nothing waits for the worker." in page


@pytest.mark.parametrize(("minutes", "stopped"), [(9, False), (11, True)])
def test_a_task_that_waits_for_ten_minutes_says_that_the_worker_stopped(
    minutes, stopped
):
    task(queued=ago(minutes=minutes))

    page = home(staff())

    assert ("The worker seems stopped" in page) == stopped
    assert f"{minutes} minutes" in page


def test_what_is_put_off_or_done_does_not_wait():
    task(queued=ago(days=1), run_after=timezone.now() + timedelta(hours=1))
    task(queued=ago(days=1), status="SUCCESSFUL")

    assert oldest_waiting_task(timezone.now()) is None


def test_what_was_put_off_waits_since_its_hour():
    due = ago(minutes=2)
    task(queued=ago(days=1), run_after=due)
    task(queued=ago(minutes=1))

    assert oldest_waiting_task(timezone.now()) == due


def test_nobody_else_is_told(organiser):
    editor = staff()
    editor.groups.clear()
    editor.user_permissions.set(
        editor.user_permissions.model.objects.filter(codename="access_admin")
    )

    assert "wait for a moderator" in home(organiser).replace("waits", "wait")
    assert "for a moderator" not in home(editor)
