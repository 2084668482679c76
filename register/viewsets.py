from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from accounts.protection import RefusingDeleteView
from journal.actions import record
from journal.clock import database_now
from journal.enums import Act
from register.enums import DebateState
from register.forms import DebateForm
from register.frame_forms import GroundForm
from register.gate import enter_alone
from register.models import Debate, Ground
from register.views import sections


class DebateCreateView(generic.CreateView):
    def save_instance(self) -> Debate:
        debate: Debate = super().save_instance()
        facts = {"debate": debate.slug}
        record(act=Act.DEBATE_CREATED, actor=self.request.user, facts=facts)
        return debate


class DebateEditView(generic.EditView):
    @property
    def header_buttons(self) -> list[HeaderButton]:
        """What is done for a debate beside its form, as long as it can be."""
        state = self.object.state(database_now())
        ways = [(_("Sections"), "debates:sections", "list-ul")]
        if state is not DebateState.ENDED:
            ways.append((_("Move the period"), "move_period", "calendar-alt"))
        if state is DebateState.UPCOMING:
            ways.append((_("Prepare proposals"), "prepare_proposals", "doc-full"))
        if state is DebateState.ENDED:
            ways.append((_("Close the debate"), "close_debate", "lock"))
        return [
            HeaderButton(
                label,
                url=reverse(address, args=(self.object.pk,)),
                icon_name=icon,
                priority=place,
            )
            for place, (label, address, icon) in enumerate(ways)
        ]

    @transaction.atomic
    def save_instance(self) -> Debate:
        """Nobody acts meanwhile; what was moved, opened or closed since the form was
        opened stays so: the form holds the debate as it was before.
        """
        held, at = enter_alone(self.object.pk)
        if held.closed_at:
            raise PermissionDenied
        self.form.instance.opens_at = held.opens_at
        self.form.instance.closes_at = held.closes_at
        if held.opens_at <= at:
            self.form.instance.slug = held.slug
        debate: Debate = super().save_instance()
        facts = {"debate": debate.slug, "changed": sorted(self.form.changed_data)}
        record(act=Act.DEBATE_CHANGED, actor=self.request.user, facts=facts)
        return debate


def closed_on(debate: Debate) -> str:
    if debate.closed_at:
        return date_format(timezone.localtime(debate.closed_at), "DATETIME_FORMAT")
    return _("not closed")


class DebateViewSet(ModelViewSet):
    """Debates in the admin: their question, their period, what they accept."""

    model = Debate
    icon = "form"
    menu_label = _("Debates")
    add_to_admin_menu = True
    list_display = (
        "title",
        "opens_at",
        "closes_at",
        # Moderators, who close debates, cannot open the form of one.
        TitleColumn(
            "closed_at",
            label=capfirst(_("closed on")),
            accessor=closed_on,
            get_url=lambda debate: reverse("close_debate", args=(debate.pk,)),
            sort_key="closed_at",
        ),
    )
    search_fields = ("title", "slug")
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = DebateCreateView
    edit_view_class = DebateEditView
    delete_view_class = RefusingDeleteView

    def get_form_class(self, for_update: bool = False) -> type[DebateForm]:
        return DebateForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/sections/", sections, name="sections"),
        ]


class GroundViewSet(ModelViewSet):
    """The charter's clauses: added and changed, never removed, retired by a box."""

    model = Ground
    icon = "clipboard-list"
    menu_label = _("Grounds of decisions")
    add_to_settings_menu = True
    list_display = ("__str__", "is_law", "is_given", "position")
    ordering = ("position", "slug")
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[GroundForm]:
        return GroundForm
