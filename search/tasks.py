"""What the worker does for searching: `manage.py db_worker --backend worker`."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from accounts.tasks import forget_done_tasks
from search.changes import are_waiting

# After so long somebody looks again: whoever sent may have been cut short.
LOOK_AGAIN = timedelta(minutes=5)


@task(backend="worker", priority=-10)
def send_changes() -> None:
    """Tell the search server all that it has not been told yet."""
    # What nobody needs without a server takes a second to load.
    from search.engines.server import site_server
    from search.feeding import tell

    if settings.SEARCH_SERVER is None or not are_waiting():
        return
    _plan(timezone.now() + LOOK_AGAIN)
    if next_try_at := tell(site_server()):
        _plan(next_try_at)
    forget_done_tasks()


def _plan(at: datetime) -> None:
    """Look again at this instant, unless that is planned for then or sooner."""
    planned = DBTaskResult.objects.filter(
        task_path=send_changes.module_path,
        status=TaskResultStatus.READY,
        run_after__gt=timezone.now(),
        run_after__lte=at,
    )
    if not planned.exists():
        send_changes.using(run_after=at).enqueue()
