from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import UserViewSet

from accounts.forms import AccountCreationForm, AccountEditForm
from accounts.forms.admin import TermsForm
from accounts.models import Mail, Terms


class AccountViewSet(UserViewSet):
    """Accounts in the admin. Named in config/apps.py."""

    ordering = "display_name"

    def get_form_class(self, for_update: bool = False) -> type:
        return AccountEditForm if for_update else AccountCreationForm


class TermsViewSet(ModelViewSet):
    """The texts that people accept: another version is added, none is edited."""

    model = Terms
    icon = "doc-full"
    menu_label = _("Texts to accept")
    add_to_settings_menu = True
    list_display = ("__str__", "in_force_at")
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("kind", "in_force_at", "text_fr", "text_en")

    def get_form_class(self, for_update: bool = False) -> type[TermsForm]:
        return TermsForm


class MailViewSet(ModelViewSet):
    """Mail that has not left: what waits for its next try, and what was given up."""

    model = Mail
    icon = "mail"
    menu_label = _("Mail that waits")
    add_to_settings_menu = True
    list_display = (
        Column("recipients", label=_("recipients"), sort_key="recipients"),
        Column("subject", label=_("subject")),
        Column("queued_at", label=_("queued on"), sort_key="queued_at"),
        Column("due_at", label=_("next try"), sort_key="due_at"),
        Column("tries", label=_("tries")),
        Column("error", label=_("what went wrong")),
    )
    list_filter = {"due_at": ["isnull"]}
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("recipients",)
