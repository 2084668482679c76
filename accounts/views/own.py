"""One's own account, and the texts that one accepts. The rest is allauth's."""

from allauth.account.internal.flows.logout import logout
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import introduce
from accounts.enums import SLUGS
from accounts.forms.own import IntroductionForm
from accounts.limits import in_words, wait_after
from accounts.models import Terms
from journal.clock import database_now

# What somebody typed is given back after a refusal, but for this.
NOT_GIVEN_BACK = {"csrfmiddlewaretoken", "next", "shown", "action", "code"}


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is known of this account, what of it is public, and what can be changed."""
    user = request.user
    context = {
        "acceptances": user.acceptances.select_related("terms"),
        "memberships": user.memberships.with_verified(),
        "session_count": len(UserSession.objects.purge_and_list(user)),
        "has_second_factor": is_mfa_enabled(user),
        "may_administrate": user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "accounts/home.html", context)


@never_cache
@login_required
def edit(request: HttpRequest) -> HttpResponse:
    """Change one's public name and the language of one's mails."""
    form = IntroductionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        introduce(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your name and your language have been kept."))
        return redirect("accounts:home")
    return render(request, "accounts/edit.html", {"form": form})


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log out one of one's own browsers, perhaps this one."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        logout(request)
        return redirect("consultation:page", "")
    session.end()
    messages.success(request, _("This session has been ended."))
    return redirect("usersessions_list")


@require_safe
@cache_control(public=True, max_age=60)
def terms(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """One version of a text to accept; without a number, the one in force."""
    kinds = {slug: kind for kind, slug in SLUGS.items()}
    if slug not in kinds:
        raise Http404
    texts = Terms.objects.filter(kind=kinds[slug])
    now = database_now()
    shown = (texts.filter(version=version) if version else texts.in_force(now)).first()
    if shown is None:
        raise Http404
    context = {"terms": shown, "versions": texts, "now": now}
    return render(request, "accounts/terms.html", context)


@never_cache
def log_in_to_admin(request: HttpRequest) -> HttpResponse:
    """Wagtail's own login page is replaced by the site's."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect_to_login(wanted if is_ours else reverse("wagtailadmin_home"))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Over a limit: how long to wait, and what was typed, given back."""
    wait = wait_after(request)
    typed = {
        name: value
        for name, value in request.POST.items()
        if value and "password" not in name and name not in NOT_GIVEN_BACK
    }
    context = {"delay": in_words(wait), "typed": typed.values()}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "private, no-store"
    return response
