from wagtail.users.views.users import UserViewSet

from accounts.forms import AccountCreationForm, AccountEditForm


class AccountViewSet(UserViewSet):
    """Accounts in the admin. Named in config/apps.py."""

    ordering = "display_name"

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm
