"""The page to which an invitation leads."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import NotAcceptable, accept_invitation
from accounts.models import Invitation
from journal.clock import database_now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to speak for what, and whether one can accept.

    Opening it changes nothing: programs that look for viruses open every link of a
    mail. Accepting is a form, for whoever is logged in with the address written to.
    """
    user = request.user if request.user.is_authenticated else None
    if request.method == "POST" and user is None:
        return redirect_to_login(request.path)
    rows = Invitation.objects.select_related("institution")
    row = get_object_or_404(rows, token=token)
    status, obstacle = 200, row.obstacle(database_now(), user)
    if request.method == "POST":
        try:
            accept_invitation(invitation=row, user=user)
        except NotAcceptable as refusal:
            status, obstacle = 409, refusal.obstacle
        else:
            said = _("You may now speak in the name of %(name)s, when you write.")
            messages.success(request, said % {"name": row.institution})
            return redirect("accounts:home")
    context = {"invitation": row, "obstacle": obstacle}
    return render(request, "accounts/invitation.html", context, status=status)
