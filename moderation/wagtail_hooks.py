from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from accounts.protection import ReadOnlyPolicy
from journal.enums import Act
from moderation.models import Report
from moderation.viewsets import ReportViewSet

register_permission_policy(Report, ReadOnlyPolicy(Report))


# What is decided, as the history of its debate tells it in the admin.
ACTS = (
    Act.REPORTS_DISMISSED,
    Act.CONTRIBUTION_HIDDEN,
    Act.CONTRIBUTION_RESTORED,
    Act.PASSAGE_MASKED,
    Act.CONTRIBUTION_PUBLISHED,
    Act.CONTRIBUTION_UNPUBLISHED,
    Act.AUTHOR_SUSPENDED,
    Act.DECISION_CONFIRMED,
    Act.APPEAL_DECIDED,
    Act.PERIOD_MOVED,
    Act.DEBATE_CLOSED,
    Act.PART_WITHHELD,
)


@hooks.register("register_log_actions")
def register_acts_in_the_log(actions: LogActionRegistry) -> None:
    for act in ACTS:
        actions.register_action(f"moderation.{act}", act.label, act.label)


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet("reports")
