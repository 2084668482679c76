from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm

FIELDS = {"email", "display_name", "is_active", "is_superuser", "groups"}


class AccountCreationForm(UserCreationForm):
    """Wagtail's form without the first and last names that accounts do not have."""

    first_name: Any = None
    last_name: Any = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS


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
        return self.cleaned_data["email"] or None

    def _clean_username(self) -> str | None:
        # Wagtail would find that another account has no address either.
        return super()._clean_username() if self.cleaned_data.get("email") else None
