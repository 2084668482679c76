from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks

from accounts.models import User
from accounts.protection import refuse_deletion

BACK = "wagtailusers_users:index"


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
