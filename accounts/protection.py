"""What the admin may not do: remove what something leans on, change what was said."""

from typing import Any

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import DeleteView
from wagtail.permission_policies import ModelPermissionPolicy


def is_held(row: models.Model) -> bool:
    """Whether a protected row refers to this one, so that it cannot be deleted."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=row).collect([row])
    except (ProtectedError, RestrictedError):
        return True
    return False


def refuse_deletion(
    request: HttpRequest, row: models.Model, back: str
) -> HttpResponse | None:
    """The answer that refuses, or None when nothing holds the row."""
    if not is_held(row):
        return None
    messages.error(
        request,
        _(
            "“%(row)s” cannot be deleted: contributions, votes or other records that"
            " must stay refer to it."
        )
        % {"row": row},
    )
    return redirect(back)


class RefusingDeleteView(DeleteView):
    """Deletes what nothing holds."""

    def run_before_hook(self) -> HttpResponse | None:
        return refuse_deletion(self.request, self.object, self.index_url_name)


class AppendOnlyPolicy(ModelPermissionPolicy):
    """Rows are added and looked at; nobody may change or remove one."""

    allowed = frozenset({"add", "view"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.allowed and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        kept = self.allowed.intersection(actions)
        return bool(kept) and super().user_has_any_permission(user, kept)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Any
    ) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: Any
    ) -> bool:
        return self.user_has_any_permission(user, actions)


class ReadOnlyPolicy(AppendOnlyPolicy):
    allowed = frozenset({"view"})


class KeptPolicy(AppendOnlyPolicy):
    """Rows are added, looked at and changed; nobody may remove one."""

    allowed = frozenset({"add", "change", "view"})
