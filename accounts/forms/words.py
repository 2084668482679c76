"""allauth's forms in the words of this site."""

from typing import Any

from django.forms import BooleanField
from django.utils.translation import gettext_lazy as _

ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
NEEDED = _("Fill this in.")
CODE = _("Code")
CODE_HELP = _("Eight letters, as in BCDF-GHJK. Small letters and no dash are fine too.")
# What AUTH_PASSWORD_VALIDATORS ask, before they find anything to say.
PASSWORD_HELP = _(
    "Eight characters or more, not only digits. A few words that you alone put together"
    " do well."
)


class PlainWords:
    """Gives the fields of a form their label and hint, and takes placeholders away.

    A placeholder is gone once one types, and is too pale to be read.
    """

    # For each field: its label, its hint.
    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field, BooleanField):
                field.error_messages["required"] = NEEDED
            if name in self.words:
                field.label, field.help_text = self.words[name]


class OnePassword(PlainWords):
    """Asks for a new password once: it can be shown, and a mailed code always helps."""

    words = {"password1": (NEW_PASSWORD, PASSWORD_HELP)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
