from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from accounts.protection import ReadOnlyPolicy
from journal.enums import Act
from moderation.models import Decision
from moderation.panels import DeskPanel
from moderation.permissions import can_moderate
from moderation.views import periods
from moderation.views.closing import close
from moderation.viewsets import DecisionViewSet, DeskViewSet

register_permission_policy(Decision, ReadOnlyPolicy(Decision))


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
def register_the_desk() -> list[ViewSet]:
    return [DeskViewSet("desk"), DecisionViewSet("decisions")]


@hooks.register("register_admin_urls")
def register_moving_a_period() -> list[URLPattern]:
    return [
        path("debates/<int:pk>/period/", periods.move, name="move_period"),
        path("debates/<int:pk>/period/cancel/", periods.cancel, name="cancel_move"),
    ]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    if can_moderate(request.user):
        panels.insert(0, DeskPanel())


@hooks.register("register_permissions")
def register_what_staff_decides() -> QuerySet[Permission]:
    """What a group can be given beside the rights of each listing."""
    of_moderation = Q(
        content_type__app_label="moderation",
        codename__in=("add_decision", "change_appeal", "add_closing"),
    )
    of_periods = Q(content_type__app_label="register", codename="add_periodmove")
    of_sections = Q(content_type__app_label="register", codename="change_section")
    return Permission.objects.filter(of_moderation | of_periods | of_sections)


@hooks.register("register_admin_urls")
def register_closing() -> list[URLPattern]:
    return [path("debates/<int:pk>/close/", close, name="close_debate")]
