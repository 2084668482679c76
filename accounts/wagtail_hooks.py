from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.models import Mail, Terms, User
from accounts.protection import AppendOnlyPolicy, ReadOnlyPolicy, refuse_deletion
from accounts.viewsets import MailViewSet, TermsViewSet

BACK = "wagtailusers_users:index"

register_permission_policy(Terms, AppendOnlyPolicy(Terms))
register_permission_policy(Mail, ReadOnlyPolicy(Mail))


@hooks.register("register_admin_viewset")
def register_texts_and_mail() -> list[ModelViewSet]:
    return [TermsViewSet("terms"), MailViewSet("mail")]


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
