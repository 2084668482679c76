from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from arguments.enums import Side
from arguments.models import ARGUMENT_MAX_LENGTH, SourceCategory
from register.forms import KeyedForm, TitleField, WordsField, WritingForm

ARGUMENT_MIN_LENGTH = 2
NOTE_MAX_LENGTH = 1000
LINK_MAX_LENGTH = 2000


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


class SourceForm(WritingForm):
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


class SupportForm(KeyedForm):
    """Whether one finds an argument convincing."""

    YES, NO = "yes", "no"

    support = forms.ChoiceField(
        label=_("Do you find this argument convincing?"),
        choices=[(YES, _("Yes, I support it")), (NO, _("I do not, or no longer"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these answers.")},
    )
