"""Public names: one line of ordinary letters, that pass for nothing else."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import slugify
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


def addresses_for(name: str, *, longest: int) -> Iterator[str]:
    """What may stand for a name in an address, the best first, without end."""
    letters = name.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", " ")
    address = slugify(letters)[:longest].strip("-") or "institution"
    yield address
    for number in count(2):
        end = f"-{number}"
        yield address[: longest - len(end)] + end


def clean_siren(value: str) -> str:
    """Nine digits, of which the last one checks the others.

    By Luhn's sum, the « clé 1-2 » of INSEE: from the right, every second digit counts
    double, and the digits of all that add up to a multiple of ten. Raises
    ValidationError.
    """
    digits = re.sub(r"[\s.]", "", value)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise ValidationError(_("A SIREN has nine digits."))
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(digits)]
    if sum(each - 9 if each > 9 else each for each in doubled) % 10:
        raise ValidationError(
            _("This is no SIREN: its last digit does not fit the others. Check them.")
        )
    return digits
