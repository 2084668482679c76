from wagtail import hooks
from wagtail.permissions import register_permission_policy

from accounts.protection import ReadOnlyPolicy
from moderation.models import Report
from moderation.viewsets import ReportViewSet

register_permission_policy(Report, ReadOnlyPolicy(Report))


@hooks.register("register_admin_viewset")
def register_reports() -> ReportViewSet:
    return ReportViewSet("reports")
