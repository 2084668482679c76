from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.protection import RefusingDeleteView
from register.forms import DebateForm
from register.models import Debate


class DebateViewSet(ModelViewSet):
    """Debates in the admin: their question, their period, what they accept."""

    model = Debate
    icon = "form"
    menu_label = _("Debates")
    add_to_admin_menu = True
    list_display = ("title", "opens_at", "closes_at")
    search_fields = ("title", "slug")
    copy_view_enabled = False
    add_to_reference_index = False
    delete_view_class = RefusingDeleteView

    def get_form_class(self, for_update: bool = False) -> type[DebateForm]:
        return DebateForm
