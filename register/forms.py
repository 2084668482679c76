from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from journal.clock import database_now
from register.models import Debate


class DebateForm(WagtailAdminModelForm):
    """Frames a debate. Once begun, neither its period nor its address changes here.

    Django refuses, with a sentence, a local time that the clocks skip or show twice.
    """

    class Meta:
        model = Debate
        fields = (
            "title",
            "slug",
            "question",
            "opens_at",
            "closes_at",
            "accepts_proposals",
            "accepts_arguments",
            "accepts_sources",
            "accepts_votes",
        )
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.closed_at:
            for field in self.fields.values():
                field.disabled = True
        if self.instance.pk and self.instance.contributions.exists():
            # What was answered to one question is no answer to another.
            self.fields["question"].disabled = True
        if self.instance.pk and self.instance.opens_at <= database_now():
            # The record and people's links name the debate by its address.
            self.fields["slug"].disabled = True
            for name in ("opens_at", "closes_at"):
                self.fields[name].disabled = True
                # Otherwise what is only shown is saved without its microseconds.
                self.fields[name].widget.supports_microseconds = True
