"""What moderators type as they decide."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from journal.clock import database_now
from moderation.actions import Reasons
from moderation.actions.effects import words_under
from moderation.enums import AppealOutcome
from moderation.masking import SHORTEST_PASSAGE, PassageNotFound
from moderation.models.decisions import STATEMENT_MAX_LENGTH
from register.forms import WordsField
from register.models import Contribution, Ground

# For how many days an author can be suspended.
SUSPENSIONS = (1, 7, 30, 90)


def statement(*, label: Any, help_text: Any, required: bool = True) -> WordsField:
    """What is written to somebody, of the length that is kept."""
    return WordsField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=STATEMENT_MAX_LENGTH,
        widget=forms.Textarea({"rows": 6}),
    )


class StepForm(forms.Form):
    """What a moderator says as they decide about `row`."""

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    @property
    def reasons(self) -> Reasons:
        said = self.cleaned_data
        return Reasons(ground=said.get("ground"), facts=said.get("facts", ""))

    @property
    def preview(self) -> dict[str, str] | None:
        """The words as they would be, when they are to be looked at first."""
        return None


class ReasonsForm(StepForm):
    """Of a restriction: its author is owed the ground and the facts."""

    ground = forms.ModelChoiceField(
        label=_("Ground"),
        queryset=Ground.objects.given(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one of these grounds.")},
    )
    facts = statement(
        label=_("Statement to the author"),
        help_text=_(
            "The facts: which words, and what is wrong with them. The author reads this"
            " with the ground, what it rests on and how to appeal."
        ),
    )


class MaskForm(ReasonsForm):
    """What is to be covered is looked at first: `seen` is the passage that was."""

    field_order = ("passage", "ground", "facts")
    passage = forms.CharField(
        label=_("Passage to mask"),
        help_text=_(
            "Paste it from the text. It is covered wherever it stands in the"
            " contribution, title included; blanks and line breaks do not matter."
        ),
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_passage(self) -> str:
        passage = " ".join(self.cleaned_data["passage"].split())
        if len(passage) < SHORTEST_PASSAGE:
            raise forms.ValidationError(
                gettext("A passage has %(least)s characters at least.")
                % {"least": SHORTEST_PASSAGE}
            )
        try:
            self.words = words_under(self.row, passage)
        except PassageNotFound as error:
            raise forms.ValidationError(
                gettext("These words do not stand in the contribution.")
            ) from error
        return passage

    @property
    def preview(self) -> dict[str, str] | None:
        passage = self.cleaned_data["passage"]
        if self.cleaned_data["seen"] == passage:
            return None
        self.data = self.data.copy()
        self.data["seen"] = passage
        return self.words


class SuspendForm(ReasonsForm):
    field_order = ("days", "ground", "facts")
    days = forms.TypedChoiceField(
        label=_("For how long"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in SUSPENSIONS
        ]

    @property
    def until(self) -> datetime:
        return database_now() + timedelta(days=self.cleaned_data["days"])


class DismissForm(StepForm):
    facts = statement(
        label=_("What was found"),
        help_text=_("Why nothing is changed; kept with the decision."),
        required=False,
    )


class UndoForm(StepForm):
    facts = statement(
        label=_("What is said to the author"),
        help_text=_("Why the decision ends; kept with the new one."),
        required=False,
    )


class AnswerForm(StepForm):
    """Of an appeal."""

    outcome = forms.ChoiceField(
        label=_("What is decided"),
        choices=[
            (AppealOutcome.GRANTED, _("Grant the appeal: the decision ends at once")),
            (AppealOutcome.REJECTED, _("Reject the appeal: the decision stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    answer = statement(
        label=_("Answer to the author"),
        help_text=_("The reasons; the author reads them as you write them."),
    )
