"""What an institution is known by: an address made from its name, a SIREN that fits."""

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import add_institution
from accounts.enums import InstitutionKind
from accounts.names import clean_siren

NAMES = {
    "Belrive Métropole": "belrive-metropole",
    "Office de l’Œuvre d’art": "office-de-l-oeuvre-d-art",
    "Ĺaboratoire (CNRS)": "laboratoire-cnrs",
    "東京都": "institution",
    "A" * 200: "a" * 80,
}


def add(name):
    return add_institution(
        name=name, kind=InstitutionKind.ASSOCIATION, website="", siren=""
    )


@pytest.mark.parametrize("name", NAMES)
def test_its_address_is_made_from_its_name(db, name):
    assert add(name).slug == NAMES[name]


@pytest.mark.parametrize("name", ["Les Amis", "A" * 200])
def test_homonyms_have_addresses_of_their_own(db, name):
    first, second, third = (add(name).slug for _ in range(3))

    assert (second[-2:], third[-2:]) == ("-2", "-3")
    assert len({first, second, third}) == 3
    assert max(map(len, (first, second, third))) <= 80


@pytest.mark.parametrize("typed", ["732829320", "732 829 320", "379\u202f158\u202f322"])
def test_a_siren_is_nine_digits_of_which_the_last_fits(typed):
    assert len(clean_siren(typed)) == 9


@pytest.mark.parametrize(
    "typed",
    ["732829321", "723829320", "73282932", "7328293200", "73282932X", "٧٣٢٨٢٩٣٢٠"],
)
def test_what_is_no_siren_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_siren(typed)
