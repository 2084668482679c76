from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from moderation.models import Report, ReportQuerySet


class ReportIndexView(generic.IndexView):
    def get_base_queryset(self) -> ReportQuerySet:
        reports: ReportQuerySet = super().get_base_queryset()
        return reports.select_related("ground", "reporter")


class ReportViewSet(ModelViewSet):
    """What people reported, the latest first: read, and neither changed nor removed."""

    model = Report
    icon = "warning"
    menu_label = _("Reports received")
    add_to_admin_menu = True
    list_display = (
        TitleColumn(
            "contribution",
            label=_("contribution"),
            accessor=str,
            get_url=lambda report: reverse("permalink", args=(report.contribution_id,)),
        ),
        Column("ground", label=_("ground")),
        Column("text", label=_("explanation")),
        Column("reported_at", label=_("reported on"), sort_key="reported_at"),
        Column("reporter", label=_("reported by")),
    )
    list_filter = ("ground",)
    index_view_class = ReportIndexView
    # So that a group can be given the right to see them.
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("ground",)
