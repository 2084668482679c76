"""Accounts and texts in the Wagtail admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts.actions import add_terms, vouch_for_address
from accounts.models import Terms, User
from accounts.texts import clean_terms
from journal.clock import database_now

FIELDS = {"email", "display_name", "is_active", "is_superuser", "groups"}
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


class AccountCreationForm(UserCreationForm):
    """Wagtail's form without the first and last names that accounts do not have.

    Whoever types the address answers for it: no code is asked for at the first login.
    """

    first_name: Any = None
    last_name: Any = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        if commit:
            vouch_for_address(user=user)
        return user


class AccountEditForm(UserEditForm):
    """Who came with an import has no address, and needs none to be edited."""

    first_name: Any = None
    last_name: Any = None

    class Meta(UserEditForm.Meta):
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = bool(self.instance.email)

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"].lower() or None

    def _clean_username(self) -> str | None:
        # Wagtail would find that another account has no address either.
        return super()._clean_username() if self.cleaned_data.get("email") else None

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        if commit and "email" in self.changed_data:
            vouch_for_address(user=user)
        return user


class TermsForm(WagtailAdminModelForm):
    """Another version of a text that people accept. Those in force are never edited."""

    class Meta:
        model = Terms
        fields = ("kind", "in_force_at", "text_fr", "text_en")
        widgets = {
            "in_force_at": AdminDateTimeInput,
            "text_fr": DraftailRichTextArea(features=FEATURES),
            "text_en": DraftailRichTextArea(features=FEATURES),
        }

    def clean_in_force_at(self) -> Any:
        at = self.cleaned_data["in_force_at"]
        if at < database_now():
            raise ValidationError(_("Nobody can have accepted it before now."))
        return at

    def clean_text_fr(self) -> str:
        return clean_terms(self.cleaned_data["text_fr"])

    def clean_text_en(self) -> str:
        return clean_terms(self.cleaned_data["text_en"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        earlier = Terms.objects.filter(kind=data.get("kind")).first()
        at = data.get("in_force_at")
        if earlier and at and at <= earlier.in_force_at:
            self.add_error(
                "in_force_at", _("It comes into force after the version before it.")
            )
        return data

    def save(self, commit: bool = True) -> Terms:
        typed = {name: self.cleaned_data[name] for name in self.Meta.fields}
        self.instance = add_terms(**typed)
        return self.instance
