from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from proposals.enums import Outcome, Satisfaction, VoteChoice
from proposals.markdown import html_of
from register.actions import Posting
from register.forms import KeyedForm, TitleField, WordsField, WritingForm
from register.models import Section
from register.models.themes import spelt_once

TEXT_MAX_LENGTH = 40_000
THEME_MAX_LENGTH = 50
THEMES_AT_MOST = 5
MARKS_AT_MOST = 400
LINES_AT_MOST = 1500
# What is typed of a response, which its shared draft keeps.
RESPONSE_WORDS = (
    "outcome",
    "transferred_to",
    "text",
    "agent_name",
    "agent_function",
    "is_agreed",
)


class Marked(forms.Textarea):
    """A text in light Markdown; its page has buttons for the marks."""

    def __init__(self, attrs: dict[str, Any]) -> None:
        super().__init__(attrs | {"data-markdown": ""})


def laid_out(text: str, *, if_empty: Any) -> str:
    """The HTML of marked text. Marks alone say nothing; too many take minutes."""
    marks = sum(text.count(mark) for mark in "*_~[`>")
    if marks > MARKS_AT_MOST or text.count("\n") > LINES_AT_MOST:
        raise forms.ValidationError(
            _("This text has too many lines or marks to be laid out: simplify it.")
        )
    html = html_of(text)
    if not html:
        raise forms.ValidationError(if_empty)
    return html


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
        text: str = self.cleaned_data["text"]
        self.html = laid_out(text, if_empty=_("Write your proposal."))
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


class ResponseForm(KeyedForm):
    """An official response as it is typed, in light Markdown, and the shared draft
    that it goes on from. Of one that is valid, `html` is what will be kept.
    """

    html = ""

    version = forms.IntegerField(
        widget=forms.HiddenInput, initial=0, min_value=0, required=False
    )
    membership = forms.ModelChoiceField(
        label=_("Which service speaks"),
        queryset=Membership.objects.none(),
        empty_label=None,
    )
    outcome = forms.ChoiceField(
        label=_("What becomes of the proposal"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what becomes of the proposal.")},
    )
    transferred_to = TitleField(
        label=_("Transferred to"),
        help_text=_("Only if it is not yours to decide: who will."),
        required=False,
        max_length=200,
    )
    text = WordsField(
        label=_("Your response"),
        help_text=_(
            "An empty line begins a paragraph; a hyphen, an item of a list;"
            " **two stars** around words make them strong."
        ),
        min_length=2,
        max_length=TEXT_MAX_LENGTH,
        widget=Marked(attrs={"rows": 14}),
        error_messages={"required": _("Write your response.")},
    )
    agent_name = TitleField(
        label=_("Name of who answers"),
        help_text=_("Shown beside the response, if this person agrees to it."),
        required=False,
        max_length=150,
    )
    agent_function = TitleField(
        label=_("Their function"), required=False, max_length=200
    )
    is_agreed = forms.BooleanField(
        label=_("This person agrees to be named in public."), required=False
    )

    def __init__(self, *args: Any, memberships: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.memberships = memberships
        if len(memberships) > 1:
            field = self.fields["membership"]
            field.queryset = memberships
            field.label_from_instance = _service_of
        else:
            del self.fields["membership"]

    @property
    def draft_version(self) -> int:
        """That of the draft this was written from; 0 when there was none."""
        typed = str(self["version"].value())[:9]
        return int(typed) if typed.isdecimal() else 0

    def words(self) -> dict[str, Any]:
        typed = super().words()
        return {name: typed[name] for name in RESPONSE_WORDS}

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.html = laid_out(text, if_empty=_("Write your response."))
        return text

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_transferred = said.get("outcome") == Outcome.TRANSFERRED
        whom = said.get("transferred_to")
        if is_transferred and not whom and "transferred_to" not in self.errors:
            self.add_error("transferred_to", _("Say to whom it is transferred."))
        if whom and said.get("outcome") and not is_transferred:
            self.add_error(
                "transferred_to",
                _("Leave this empty, or choose that the proposal is transferred."),
            )
        is_named = said.get("agent_name") or said.get("agent_function")
        if is_named and not said.get("is_agreed"):
            self.add_error(
                "is_agreed",
                _("Tick this once the person agrees, or leave their name empty."),
            )
        return said

    def posting(self, language: str) -> Posting:
        """Of a form that is valid, in the name of who may answer."""
        membership = self.cleaned_data.get("membership") or self.memberships[0]
        return Posting(
            author=self.author,
            key=self.cleaned_data["key"],
            language=language,
            membership=membership,
        )


class JudgementForm(forms.Form):
    """What the author of a proposal says of a response to it, or takes back."""

    is_thanked = forms.BooleanField(
        label=_("I say thank you for this response."), required=False
    )
    satisfaction = forms.ChoiceField(
        label=_("Does it answer your question?"),
        choices=[*Satisfaction.choices, ("", _("I do not say"))],
        widget=forms.RadioSelect,
        required=False,
    )


def _service_of(membership: Membership) -> str:
    return membership.service or str(membership.institution)
