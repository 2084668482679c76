"""Institutions, their attestations and their members, in the Wagtail admin."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.actions import add_institution
from accounts.models import Institution, Verification
from accounts.names import clean_public_name, clean_siren
from journal.clock import database_now


def clean_lines(text: str) -> str:
    """In NFC, with one kind of line break, as the record keeps every text."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def this_minute() -> dict[str, Any]:
    return {"verified_at": database_now().replace(second=0, microsecond=0)}


class InstitutionForm(WagtailAdminModelForm):
    """What an institution is known by. Its address is made from its first name."""

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=("http", "https"))],
    )
    siren = forms.CharField(
        label="SIREN",
        required=False,
        help_text=_("Nine digits. Spaces between them are fine."),
    )

    class Meta:
        model = Institution
        fields = ("name", "kind", "website", "siren")

    def clean_name(self) -> str:
        return clean_public_name(self.cleaned_data["name"])

    def clean_siren(self) -> str:
        typed = self.cleaned_data["siren"]
        return clean_siren(typed) if typed else ""

    def save(self, commit: bool = True) -> Institution:
        if self.instance.pk:
            return super().save(commit)
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        self.instance = add_institution(**typed)
        return self.instance


class VerificationForm(WagtailAdminModelForm):
    class Meta:
        model = Verification
        fields = ("verified_at", "attested_by", "evidence")
        widgets = {
            "verified_at": AdminDateTimeInput,
            "evidence": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_attested_by(self) -> str:
        return " ".join(clean_lines(self.cleaned_data["attested_by"]).split())

    def clean_evidence(self) -> str:
        return clean_lines(self.cleaned_data["evidence"])


class RevocationForm(forms.Form):
    motive = forms.CharField(
        label=_("Motive"),
        help_text=_("Shown to readers, on the page of the institution."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_motive(self) -> str:
        return clean_lines(self.cleaned_data["motive"])


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("That of the person, at which nobody else reads the mail."),
    )
    service = forms.CharField(
        label=_("Service"),
        required=False,
        max_length=200,
        help_text=_(
            "The part of the institution for which this person speaks: readers see it."
            " Empty for the whole institution."
        ),
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_service(self) -> str:
        return " ".join(clean_lines(self.cleaned_data["service"]).split())
