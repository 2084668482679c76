from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from accounts.models import Membership, User
from journal.clock import database_now
from register.actions import Posting
from register.models import Debate
from register.text import clean_text, clean_title


class DebateForm(WagtailAdminModelForm):
    """Frames a debate. Its period is moved by another form, which tells readers why.

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
            "moderates_first",
            "hourly_limit",
            "confirmation_hours",
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
        has_opened = self.instance.pk and self.instance.opens_at <= database_now()
        if has_opened and self.instance.contributions.exists():
            # What was answered to one question is no answer to another.
            self.fields["question"].disabled = True
        if has_opened:
            # The record and people's links name the debate by its address.
            self.fields["slug"].disabled = True
        if self.instance.pk:
            for name in ("opens_at", "closes_at"):
                self.fields[name].disabled = True
                # Otherwise what is only shown is saved without its microseconds.
                self.fields[name].widget.supports_microseconds = True


# Of what was typed in one field, however much blank space was pasted with it.
LONGEST_KEPT = 100_000


class WordsField(forms.CharField):
    """Plain text as it will be kept, in NFC and with one kind of line break.

    The limit is counted then, so that a line break counts once; the browser is not
    told of it, which would cut a longer text that is pasted.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        try:
            return self.clean_words(super().to_python(value))
        except ValueError as error:
            raise forms.ValidationError(
                _("This text holds a character that cannot be kept.")
            ) from error

    def clean_words(self, value: str) -> str:
        return clean_text(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        for name in ("maxlength", "minlength"):
            attributes.pop(name, None)
        return attributes


class TitleField(WordsField):
    """Words on one line."""

    widget = forms.TextInput

    def __init__(self, *, max_length: int = 255, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def clean_words(self, value: str) -> str:
        return clean_title(value)


class KeyedForm(forms.Form):
    """A form that is sent once, however often it is: its key says which one it is.

    `author` is who fills it in, None before they log in; `target` what they act upon,
    None when it cannot be read any more.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self, *args: Any, author: User | None = None, target: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.author = author
        self.target = target

    @property
    def is_held(self) -> bool:
        """Whether what a valid form says waits for a moderator to read it."""
        return bool(self.cleaned_data.get("website"))

    def words(self) -> dict[str, Any]:
        """What was typed, valid or not: for a draft, or to be given back."""
        return {
            name: self.data.get(name, "")[:LONGEST_KEPT].replace("\0", "")
            for name in self.base_fields
            if name != "key"
        }


class TrapInput(forms.TextInput):
    """Out of people's sight and reach: only a program fills in all that it finds."""

    is_hidden = True

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """With words for whoever reads the page without its styles."""
        return format_html(
            '<p class="visually-hidden" aria-hidden="true"><label>{} {}</label></p>',
            _("Leave this field empty"),
            super().render(*args, **kwargs),
        )


class WritingForm(KeyedForm):
    """What is written is signed: in one's own name, or in an institution's."""

    # Never a reason to refuse: what fills it in is held until a moderator reads it.
    website = forms.CharField(
        required=False, widget=TrapInput({"tabindex": -1, "autocomplete": "off"})
    )

    membership = forms.ModelChoiceField(
        label=_("In whose name"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("in my own name"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_member = self.author is not None and self.author.memberships.exists()
        # Who spoke for an institution, and no longer may, is told so.
        is_claimed = self.author and self.is_bound and self.data.get("membership")
        if not is_member and not is_claimed:
            del self.fields["membership"]
            return
        field = self.fields["membership"]
        field.queryset = self.author.memberships.select_related("institution")
        field.label_from_instance = _spoken_for

    def posting(self, language: str) -> Posting:
        """Who posts, of a form that is valid and whose author is known."""
        return Posting(
            author=self.author,
            key=self.cleaned_data["key"],
            language=language,
            membership=self.cleaned_data.get("membership"),
            is_held=self.is_held,
        )


def _spoken_for(membership: Membership) -> str:
    names: Sequence[str] = (str(membership.institution), membership.service)
    return str(_("in the name of %(name)s") % {"name": ", ".join(filter(None, names))})
