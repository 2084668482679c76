from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.models import REPORT_MAX_LENGTH
from moderation.models.decisions import STATEMENT_MAX_LENGTH
from register.forms import KeyedForm, TitleField, TrapInput, WordsField
from register.models import Ground

# The charter says by itself what is wrong with the others; what is unlawful, and why,
# has to be said (article 16 of Regulation (EU) 2022/2065 on digital services).
EXPLAINED_GROUNDS = frozenset({"unlawful"})


class ReportForm(KeyedForm):
    """What is wrong with a contribution, for the moderators alone."""

    ground = forms.ModelChoiceField(
        label=_("What is wrong with it"),
        # Neither those that were retired, nor what a platform of origin hid.
        queryset=Ground.objects.given(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one of these grounds.")},
    )
    text = WordsField(
        label=_("What the moderators should know"),
        help_text=_(
            "Which words, and why, in %(most)s characters at most. Needed when you"
            " report unlawful content."
        )
        % {"most": "2\u202f000"},
        required=False,
        max_length=REPORT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "data-counts": REPORT_MAX_LENGTH}),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        ground = said.get("ground")
        needs_words = ground and ground.slug in EXPLAINED_GROUNDS
        if needs_words and said.get("text") == "":
            self.add_error("text", _("Say what is unlawful in it, and why."))
        return said


class NoticeForm(forms.Form):
    """What article 16(2) of Regulation (EU) 2022/2065 asks of a notice.

    The place of what it is about is that of its page.
    """

    text = WordsField(
        label=_("What is illegal in it, and why"),
        help_text=_(
            "Which words, and which law they break as far as you know, in %(most)s"
            " characters at most."
        )
        % {"most": "2\u202f000"},
        max_length=REPORT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say what is illegal in it, and why.")},
    )
    name = TitleField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We acknowledge your notice and answer it there."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_(
            "I believe in good faith that what I say here is accurate and complete."
        ),
        error_messages={"required": _("A notice needs this statement.")},
    )
    website = forms.CharField(
        required=False, widget=TrapInput({"tabindex": -1, "autocomplete": "off"})
    )

    @property
    def is_held(self) -> bool:
        """Whether a program filled it in, as it seems: mail is not sent at its word."""
        return bool(self.cleaned_data.get("website"))


class AppealForm(forms.Form):
    """Why a decision about one's own words was wrong."""

    text = WordsField(
        label=_("Why this decision should be looked at again"),
        help_text=_("In %(most)s characters at most.") % {"most": "4\u202f000"},
        max_length=STATEMENT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say why.")},
    )
