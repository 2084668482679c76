from typing import Any

from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.users.views.users import UserViewSet

from accounts.forms import AccountCreationForm, AccountEditForm
from accounts.forms.admin import TermsForm
from accounts.forms.institutions import InstitutionForm
from accounts.models import Institution, Mail, Terms
from accounts.views import institutions
from journal.clock import database_now


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


def since_when(institution: Institution) -> str:
    """Of an institution `with_figures()`: since when it is verified, in words."""
    if not institution.verified_at:
        return gettext("not verified")
    day = date_format(localtime(institution.verified_at), "DATE_FORMAT")
    return gettext("since %(day)s") % {"day": day}


class InstitutionIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Institution]:
        return super().get_base_queryset().with_figures()


class InstitutionCreateView(generic.CreateView):
    def get_success_url(self) -> str:
        return reverse("institutions:inspect", args=(self.object.pk,))


class InstitutionEditView(generic.EditView):
    def get_success_url(self) -> str:
        return reverse("institutions:inspect", args=(self.object.pk,))


class InstitutionPageView(generic.InspectView):
    """An institution in the admin: what is attested of it, and who may speak for it."""

    page_title = _("Institution")
    header_more_buttons = ()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not (url := self.get_edit_url()):
            return []
        return [HeaderButton(gettext("Change"), url=url, icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        institution, now = self.object, database_now()
        verifications = institution.verifications.select_related("recorded_by")
        invitations = institution.invitations.select_related("accepted_by")
        return super().get_context_data(**kwargs) | {
            "institution": institution,
            "verifications": verifications.order_by("-verified_at"),
            "memberships": institution.memberships.select_related("user"),
            "invitations": [(each, each.obstacle(now)) for each in invitations],
        }


class InstitutionViewSet(ModelViewSet):
    """Institutions in the admin, with their attestations and their members."""

    model = Institution
    icon = "group"
    menu_label = _("Institutions")
    add_to_admin_menu = True
    list_display = (
        TitleColumn(
            "name",
            label=_("name"),
            sort_key="name",
            url_name="institutions:inspect",
        ),
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
        Column("verified", label=_("verified"), accessor=since_when),
        Column("member_count", label=_("members"), sort_key="member_count"),
    )
    list_filter = ("kind",)
    ordering = "name"
    search_fields = ("name", "slug")
    inspect_view_enabled = True
    inspect_view_fields = ("kind", "website", "siren")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = InstitutionIndexView
    add_view_class = InstitutionCreateView
    edit_view_class = InstitutionEditView
    inspect_view_class = InstitutionPageView
    inspect_template_name = "accounts/admin/institution.html"

    def get_form_class(self, for_update: bool = False) -> type[InstitutionForm]:
        return InstitutionForm

    def get_urlpatterns(self) -> list[Any]:
        acts = {
            "verify": institutions.verify,
            "revoke": institutions.revoke,
            "invite": institutions.invite,
            "cancel": institutions.cancel,
            "end": institutions.end,
        }
        return super().get_urlpatterns() + [
            path(f"{name}/<int:pk>/", view, name=name) for name, view in acts.items()
        ]
