from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.enums import VoteChoice
from proposals.markdown import html_of
from register.forms import KeyedForm, TitleField, WordsField, WritingForm
from register.models import Section
from register.models.themes import spelt_once

TEXT_MAX_LENGTH = 40_000
THEME_MAX_LENGTH = 50
THEMES_AT_MOST = 5
MARKS_AT_MOST = 400
LINES_AT_MOST = 1500


class Marked(forms.Textarea):
    """A text in light Markdown; its page has buttons for the marks."""

    def __init__(self, attrs: dict[str, Any]) -> None:
        super().__init__(attrs | {"data-markdown": ""})


class ProposalForm(WritingForm):
    """A proposal as it is typed, in light Markdown.

    Of one that is valid, `html` is what will be kept.
    """

    html = ""

    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        error_messages={"required": _("Choose the section in which it stands.")},
    )
    title = TitleField(
        label=_("Title"),
        help_text=_("What you propose, in one sentence."),
        error_messages={"required": _("Give your proposal a title.")},
    )
    text = WordsField(
        label=_("Your proposal"),
        help_text=_(
            "An empty line begins a paragraph; a hyphen, an item of a list;"
            " **two stars** around words make them strong."
        ),
        min_length=2,
        max_length=TEXT_MAX_LENGTH,
        widget=Marked(attrs={"rows": 14}),
        error_messages={"required": _("Write your proposal.")},
    )
    themes = WordsField(
        label=_("Themes"),
        help_text=_("A few words, with commas between them: transport, school."),
        required=False,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Section.objects.filter(debate=self.target)
        if sections.exists():
            self.fields["section"].queryset = sections
        else:
            del self.fields["section"]

    def clean_text(self) -> str:
        """Marks alone, such as two stars, say nothing; too many take minutes."""
        text: str = self.cleaned_data["text"]
        marks = sum(text.count(mark) for mark in "*_~[`>")
        if marks > MARKS_AT_MOST or text.count("\n") > LINES_AT_MOST:
            raise forms.ValidationError(
                _("This text has too many lines or marks to be laid out: simplify it.")
            )
        self.html = html_of(text)
        if not self.html:
            raise forms.ValidationError(_("Write your proposal."))
        return text

    def clean_themes(self) -> list[str]:
        names = (" ".join(n.split()) for n in self.cleaned_data["themes"].split(","))
        themes = list(spelt_once(filter(None, names)).values())
        if len(themes) > THEMES_AT_MOST:
            raise forms.ValidationError(_("Five themes at most."))
        if any(len(name) > THEME_MAX_LENGTH for name in themes):
            raise forms.ValidationError(
                _("A theme has fifty characters at most: put commas between themes.")
            )
        return themes


class VoteForm(KeyedForm):
    """What one thinks of a proposal, or that one takes it back."""

    NO_VOTE = "none"

    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=[*VoteChoice.choices, (NO_VOTE, _("I take my vote back"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these answers.")},
    )
