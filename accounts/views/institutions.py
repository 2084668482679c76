"""What organisers do about one institution, in the admin: a form each, and an act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from accounts.actions import (
    AlreadyVerified,
    Misdated,
    NotInForce,
    end_membership,
    invite_member,
    revoke_invitation,
    revoke_verification,
    verify_institution,
)
from accounts.forms.institutions import (
    InvitationForm,
    RevocationForm,
    VerificationForm,
    this_minute,
)
from accounts.models import Institution, Invitation, Membership, Verification

REFUSALS = {
    AlreadyVerified: _("This institution is verified already."),
    Misdated: _(
        "A check lies in the past, and after the revocation of the attestation before."
    ),
    NotInForce: _("This attestation has been revoked already."),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The words of a form: its heading, what follows from it, its button, its end."""

    heading: Promise
    about: Promise
    send: Promise
    done: Promise
    subject: str = ""
    is_grave: bool = False


@permission_required("accounts.add_verification")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    institution = get_object_or_404(Institution, pk=pk)
    form = VerificationForm(request.POST or None, initial=this_minute())
    asked = Asked(
        heading=_("Verify this institution"),
        about=_(
            "From the instant of the check on, what is published in its name bears the"
            " words “Verified account”. Readers see who checked, when, and on what"
            " evidence. What was published before keeps the label it had."
        ),
        send=_("Verify"),
        done=_("The institution is verified."),
    )
    return _answer(
        request,
        form,
        asked,
        institution=institution,
        act=lambda typed: verify_institution(
            institution=institution, actor=request.user, **typed
        ),
    )


@permission_required("accounts.change_verification")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Verification.objects.select_related("institution")
    verification = get_object_or_404(rows, pk=pk)
    asked = Asked(
        heading=_("Revoke the attestation"),
        about=_(
            "From now on, what is published in its name is shown as not verified. What"
            " was published before keeps its badge, which says that the attestation was"
            " revoked since. It cannot be undone: another attestation may follow."
        ),
        send=_("Revoke"),
        done=_("The attestation is revoked."),
        is_grave=True,
    )
    return _answer(
        request,
        RevocationForm(request.POST or None),
        asked,
        institution=verification.institution,
        act=lambda typed: revoke_verification(
            verification=verification, actor=request.user, **typed
        ),
    )


@permission_required("accounts.add_invitation")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    institution = get_object_or_404(Institution, pk=pk)
    asked = Asked(
        heading=_("Invite somebody to speak for this institution"),
        about=_(
            "A mail is sent to the address. Whoever has an account with that address,"
            " or makes one, can accept within fourteen days."
        ),
        send=_("Send the invitation"),
        done=_("The invitation is on its way."),
    )
    return _answer(
        request,
        InvitationForm(request.POST or None),
        asked,
        institution=institution,
        act=lambda typed: invite_member(
            institution=institution, actor=request.user, **typed
        ),
    )


@permission_required("accounts.change_invitation")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Invitation.objects.pending().select_related("institution")
    invitation = get_object_or_404(rows, pk=pk)
    asked = Asked(
        heading=_("Cancel the invitation"),
        about=_("The link that was mailed will no longer let anybody accept."),
        send=_("Cancel the invitation"),
        done=_("The invitation is cancelled."),
        subject=str(invitation),
        is_grave=True,
    )
    return _answer(
        request,
        forms.Form(request.POST or None),
        asked,
        institution=invitation.institution,
        act=lambda typed: revoke_invitation(invitation=invitation, actor=request.user),
    )


@permission_required("accounts.delete_membership")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Membership.objects.select_related("institution", "user")
    membership = get_object_or_404(rows, pk=pk)
    asked = Asked(
        heading=_("End the membership"),
        about=_(
            "This person will no longer speak in the name of this institution. What was"
            " published in its name stays."
        ),
        send=_("End the membership"),
        done=_("The membership has ended."),
        subject=str(membership),
        is_grave=True,
    )
    return _answer(
        request,
        forms.Form(request.POST or None),
        asked,
        institution=membership.institution,
        act=lambda typed: end_membership(membership=membership, actor=request.user),
    )


def _answer(
    request: HttpRequest,
    form: forms.BaseForm,
    asked: Asked,
    *,
    institution: Institution,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    back = reverse("institutions:inspect", args=(institution.pk,))
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except tuple(REFUSALS) as refusal:
            form.add_error(None, str(REFUSALS[type(refusal)]))
        else:
            messages.success(request, str(asked.done))
            return redirect(back)
    context = {
        "institution": institution,
        "asked": asked,
        "form": form,
        "media": form.media,
        "back": back,
        "header_title": f"{asked.heading}: {institution}",
        "header_icon": "group",
        "breadcrumbs_items": [
            {"url": reverse("institutions:index"), "label": _("Institutions")},
            {"url": back, "label": str(institution)},
            {"url": "", "label": asked.heading},
        ],
    }
    return render(request, "accounts/admin/act.html", context)
