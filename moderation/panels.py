"""What the admin's home tells those who moderate."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from wagtail.admin.ui.components import Component

from journal.clock import database_now
from moderation.desk import waiting_items

# The worker looks for tasks every second.
STOPPED = timedelta(minutes=10)


class DeskPanel(Component):
    """How much waits at the desk, since when, and whether the worker works."""

    order = 50
    template_name = "moderation/admin/_home_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now = database_now()
        task = oldest_waiting_task(now)
        waiting = waiting_items().order_by()
        return waiting.aggregate(number=Count("pk"), since=Min("waiting_since")) | {
            "task_since": task,
            "is_stopped": task is not None and now - task > STOPPED,
        }


def oldest_waiting_task(now: datetime) -> datetime | None:
    """Since when the worker could have taken the task that waits the longest.

    A task that nobody put off runs, says its queue, after the end of time.
    """
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    at_once = ready.filter(run_after=get_date_max())
    planned = ready.filter(run_after__lte=now)
    since = (
        at_once.aggregate(first=Min("enqueued_at"))["first"],
        planned.aggregate(first=Min("run_after"))["first"],
    )
    return min(filter(None, since), default=None)
