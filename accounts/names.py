"""Public names: one line of ordinary letters, that pass for nothing else."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 150
BLANKS = re.compile(r"\s+")
# Control and invisible signs, which can turn a line round or make two names look
# alike, and pictures, among which are ticks that would look like a badge.
UNFIT = {"Cc", "Cf", "Cn", "Co", "Cs", "So"}


def clean_public_name(value: str) -> str:
    """The name as it will be shown. Raises ValidationError with what to change."""
    name = BLANKS.sub(" ", unicodedata.normalize("NFC", value)).strip()
    if any(unicodedata.category(sign) in UNFIT for sign in name):
        raise ValidationError(_("Write the name with letters, without pictures."))
    if "@" in name:
        raise ValidationError(
            _("This looks like an address, and everybody would read it. Give a name.")
        )
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("A public name has at least one letter."))
    return name
