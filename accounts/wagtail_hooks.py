from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from accounts.models import Institution, Mail, Terms, User
from accounts.protection import (
    AppendOnlyPolicy,
    KeptPolicy,
    ReadOnlyPolicy,
    refuse_deletion,
)
from accounts.viewsets import InstitutionViewSet, MailViewSet, TermsViewSet
from journal.enums import Act

BACK = "wagtailusers_users:index"

# What is done to an institution, as its history in the admin tells it.
ACTS = (
    Act.INSTITUTION_VERIFIED,
    Act.VERIFICATION_REVOKED,
    Act.MEMBER_INVITED,
    Act.INVITATION_REVOKED,
    Act.MEMBER_JOINED,
    Act.MEMBERSHIP_ENDED,
)

register_permission_policy(Institution, KeptPolicy(Institution))
register_permission_policy(Terms, AppendOnlyPolicy(Terms))
register_permission_policy(Mail, ReadOnlyPolicy(Mail))


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ModelViewSet]:
    return [
        InstitutionViewSet("institutions"),
        TermsViewSet("terms"),
        MailViewSet("mail"),
    ]


@hooks.register("register_permissions")
def register_acts_on_institutions() -> QuerySet[Permission]:
    """Those that a group can be given beside the ones of each listing."""
    names = ("add_verification", "change_verification", "add_invitation")
    names += ("change_invitation", "view_membership", "delete_membership")
    return Permission.objects.filter(
        content_type__app_label="accounts", codename__in=names
    )


@hooks.register("register_log_actions")
def register_acts_in_the_log(actions: LogActionRegistry) -> None:
    for act in ACTS:
        actions.register_action(f"accounts.{act}", act.label, act.label)


@hooks.register("before_delete_user")
def refuse_to_delete_an_author(request: HttpRequest, user: User) -> HttpResponse | None:
    return refuse_deletion(request, user, BACK)


@hooks.register("before_bulk_action")
def refuse_to_delete_authors(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or action.get_default_model() is not User:
        return None
    refusals = (refuse_deletion(request, user, BACK) for user in objects)
    return next(filter(None, refusals), None)
