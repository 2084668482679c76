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
    first_name: Any = None
    last_name: Any = None

    class Meta(UserEditForm.Meta):
        fields = FIELDS
