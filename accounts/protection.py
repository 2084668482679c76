"""Deleting is refused, with a sentence, while anything that must stay leans on it."""

from django.contrib import messages
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import DeleteView


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
