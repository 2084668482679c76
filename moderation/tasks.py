"""What the worker does for moderators: `manage.py db_worker --backend worker`."""

from django_tasks import task

from moderation.actions.announcing import resume_announcements, tell_some


@task(backend="worker")
def tell(announcement_id: int) -> None:
    tell_some(announcement_id=announcement_id)
    resume_announcements()
