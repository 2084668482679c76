from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from arguments.enums import Side
from arguments.models import ARGUMENT_MAX_LENGTH, SourceCategory
from proposals.forms import ProposalForm
from register.forms import (
    LONGEST_KEPT,
    KeyedForm,
    TitleField,
    WordsField,
    WritingForm,
)

ARGUMENT_MIN_LENGTH = 2
NOTE_MAX_LENGTH = 1000
LINK_MAX_LENGTH = 2000
SOURCES_AT_FIRST = 2
SOURCES_AT_MOST = 5


class ArgumentForm(WritingForm):
    """A reason for or against a proposal, in plain text."""

    side = forms.ChoiceField(
        label=_("Your argument is"),
        choices=[(Side.FOR, _("for the proposal")), (Side.AGAINST, _("against it"))],
        widget=forms.RadioSelect,
    )
    title = TitleField(label=_("Title"), required=False)
    text = WordsField(
        label=_("Your argument"),
        help_text=_("One reason at a time, in %(most)s characters at most.")
        % {"most": "2\u202f000"},
        min_length=ARGUMENT_MIN_LENGTH,
        max_length=ARGUMENT_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "data-counts": ARGUMENT_MAX_LENGTH}),
        error_messages={
            "required": _("Write your argument."),
            "min_length": _("An argument has two characters at least."),
        },
    )


class SourceFields(forms.Form):
    """A document that informs: where it is, and why it matters."""

    category = forms.ModelChoiceField(
        label=_("What it is"),
        queryset=SourceCategory.objects.all(),
        error_messages={"required": _("Choose what kind of document it is.")},
    )
    title = TitleField(
        label=_("Title of the document"),
        error_messages={"required": _("Give the document’s title.")},
    )
    link = forms.CharField(
        label=_("Link"),
        max_length=LINK_MAX_LENGTH,
        help_text=_("The document’s address, such as https://www.senat.fr/rapports."),
        widget=forms.URLInput,
        error_messages={"required": _("Give the document’s address.")},
    )
    note = WordsField(
        label=_("What it says"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_link(self) -> str:
        """People paste addresses without their beginning."""
        link = self.cleaned_data["link"]
        if "://" not in link:
            link = f"https://{link}"
        URLValidator(
            schemes=["http", "https"],
            message=_("This is not a web address: https://… followed by a site."),
        )(link)
        if len(link) > LINK_MAX_LENGTH:
            raise forms.ValidationError(_("This address is too long to be kept."))
        return str(link)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].widget.attrs.pop("maxlength", None)


class SourceForm(SourceFields, WritingForm):
    """A source, added to what can be read already."""


class ProposalWithSourcesForm(ProposalForm):
    """A proposal and the sources that are posted with it, a row of fields for each.

    A row that is left blank is no source.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = [
            SourceFields(
                self.data if self.is_bound else None,
                initial={
                    field: self.initial.get(f"{_row(place)}-{field}")
                    for field in SourceFields.base_fields
                },
                prefix=_row(place),
                empty_permitted=True,
                use_required_attribute=False,
            )
            for place in range(self._row_count())
        ]

    @property
    def most_sources(self) -> int:
        """Each counts as a contribution: no more than one may post within an hour."""
        if self.target is None or not self.target.accepts_sources:
            return 0
        return min(SOURCES_AT_MOST, self.target.hourly_limit - 1)

    @property
    def can_have_more_sources(self) -> bool:
        return len(self.sources) < self.most_sources

    @property
    def is_joined(self) -> bool:
        """Whether there are sources to be seen."""
        return len(self.sources) > SOURCES_AT_FIRST or any(
            field.value() for row in self.sources for field in row
        )

    def with_one_more(self) -> "ProposalWithSourcesForm":
        """The form as it was typed, nothing of it checked, and one more row."""
        place = len(self.sources)
        typed = self.words() | {"key": self.data.get("key") or uuid4()}
        if self.can_have_more_sources:
            typed[f"{_row(place)}-title"] = ""
        form = type(self)(initial=typed, author=self.author, target=self.target)
        for row in form.sources[place:]:
            row.fields["category"].widget.attrs["autofocus"] = True
        return form

    def words(self) -> dict[str, Any]:
        names = [row.add_prefix(name) for row in self.sources for name in row.fields]
        rows = {name: self.data.get(name, "")[:LONGEST_KEPT] for name in names}
        return super().words() | {
            name: typed.replace("\0", "") for name, typed in rows.items()
        }

    def clean(self) -> dict[str, Any]:
        """What is wrong with a source is wrong with the form."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.sources:
            wrong = {row.add_prefix(name): each for name, each in row.errors.items()}
            self.errors.update(wrong)
        said["sources"] = [row.cleaned_data for row in self.sources if row.cleaned_data]
        if self.target and len(said["sources"]) > self.most_sources:
            message = _("This debate does not take that many sources: empty a few.")
            self.errors[self.sources[-1].add_prefix("title")] = [message]
            self.sources[-1].add_error("title", message)
        return said

    def _row_count(self) -> int:
        """What was sent is shown again, whatever the debate accepts by now."""
        given = self.data if self.is_bound else self.initial
        places = range(SOURCES_AT_MOST)
        sent = sum(f"{_row(place)}-title" in given for place in places)
        return max(sent, min(SOURCES_AT_FIRST, self.most_sources))


def _row(place: int) -> str:
    return f"source-{place}"


class SupportForm(KeyedForm):
    """Whether one finds an argument convincing."""

    YES, NO = "yes", "no"

    support = forms.ChoiceField(
        label=_("Do you find this argument convincing?"),
        choices=[(YES, _("Yes, I support it")), (NO, _("I do not, or no longer"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these answers.")},
    )
