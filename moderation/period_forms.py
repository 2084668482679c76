"""What organisers type as they move the period of a debate."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from journal.clock import database_now
from register.enums import DebateState
from register.forms import WordsField
from register.models import Debate, PeriodMove

# An end that comes earlier is announced so long before, and can be cancelled until it.
NOTICE = timedelta(hours=24)
MOTIVE_MAX_LENGTH = 1000


class MotiveForm(forms.Form):
    motive = WordsField(
        label=_("Motive"),
        help_text=_("Shown to readers, and mailed to everybody who took part."),
        max_length=MOTIVE_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class PeriodForm(MotiveForm):
    """A new end and, before the opening, a new opening.

    Django refuses, with a sentence, a local time that the clocks skip or show twice.
    """

    field_order = ("opens_at", "closes_at", "motive")
    opens_at = forms.DateTimeField(label=_("Opens on"), widget=AdminDateTimeInput)
    closes_at = forms.DateTimeField(
        label=_("Ends on"),
        help_text=_(
            "From this instant on, nothing more is accepted. An end that comes earlier"
            " is announced at least 24 hours ahead."
        ),
        widget=AdminDateTimeInput,
    )

    def __init__(self, *args: Any, debate: Debate, **kwargs: Any) -> None:
        shown = {"opens_at": debate.opens_at, "closes_at": debate.closes_at}
        super().__init__(*args, initial=shown, **kwargs)
        self.debate, self.at = debate, database_now()
        if debate.state(self.at) is not DebateState.UPCOMING:
            del self.fields["opens_at"]

    def clean_opens_at(self) -> datetime:
        return self._future(self.cleaned_data["opens_at"])

    def clean_closes_at(self) -> datetime:
        closes_at = self._future(self.cleaned_data["closes_at"])
        if closes_at < min(self.debate.closes_at, self.at + NOTICE):
            raise forms.ValidationError(
                gettext(
                    "An end that comes earlier is announced at least 24 hours ahead."
                )
            )
        return closes_at

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        opens_at, closes_at = self.period
        if closes_at <= opens_at:
            self.add_error("closes_at", gettext("The end must come after the opening."))
        elif not self.errors and not self.has_moved:
            raise forms.ValidationError(gettext("This is the present period."))
        return said

    @property
    def period(self) -> tuple[datetime, datetime]:
        """What was not typed rightly, or cannot be, stays what it is."""
        said = self.cleaned_data
        opens_at = said.get("opens_at", self.debate.opens_at)
        return opens_at, said.get("closes_at", self.debate.closes_at)

    @property
    def has_moved(self) -> bool:
        """To the minute: seconds are neither shown nor typed."""
        before = (self.debate.opens_at, self.debate.closes_at)
        return any(
            new.replace(second=0, microsecond=0) != old.replace(second=0, microsecond=0)
            for new, old in zip(self.period, before, strict=True)
        )

    def _future(self, instant: datetime) -> datetime:
        if instant <= self.at:
            raise forms.ValidationError(gettext("This instant is past."))
        return instant


def earlier_end(debate: Debate, at: datetime) -> PeriodMove | None:
    """The last move of an open debate, if it brought the end forward."""
    last: PeriodMove | None = debate.moves.order_by("moved_at", "pk").last()
    if last is None or not debate.is_open(at) or last.closes_at != debate.closes_at:
        return None
    return last if last.closes_at < last.closes_at_before else None
