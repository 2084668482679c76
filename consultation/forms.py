"""What a visitor sends without taking part in anything."""

from django import forms
from django.utils.translation import gettext_lazy as _

from register.forms import WordsField


class ReceiptFileForm(forms.Form):
    """A receipt, to be compared with what was received."""

    send = _("Check this file")

    file = forms.FileField(
        label=_("The receipt, as a file"),
        help_text=_("Choose it or drop it here, just as it was sent to you."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file of a receipt.")},
    )


class ReceivedWordsForm(forms.Form):
    """A text, to be compared with what was received."""

    send = _("Check this text")

    words = WordsField(
        label=_("Or a text"),
        help_text=_(
            "Paste the title, if there is one, then an empty line, then the text;"
            " leave out the name and the date. Of a source: its title, its link, its"
            " note, with an empty line between them."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Paste a text.")},
    )
