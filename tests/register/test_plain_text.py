import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text import clean_text, clean_title

# What a browser or a file can hold: no half characters, no NUL.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("une\r\ndeux\rtrois\n\rfin", "une\ndeux\ntrois\n\nfin"),
        ("e\u0301tat", "\u00e9tat"),
        (" \n\tau milieu  deux  blancs \u00a0", "au milieu  deux  blancs"),
        ("avant\u2028après\u2029fin", "avant\u2028après\u2029fin"),
        ("<nom de famille>", "<nom de famille>"),
        ("3 < 5 & 5 > 3 &amp; &eacute;", "3 < 5 & 5 > 3 &amp; &eacute;"),
        ("« oui »\u202f!", "« oui »\u202f!"),
        ("👩🏽\u200d🔬", "👩🏽\u200d🔬"),
        ("", ""),
    ],
)
def test_plain_text_is_kept_as_it_was_typed(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b"])
@pytest.mark.parametrize("clean", [clean_text, clean_title])
def test_what_no_file_can_hold_is_refused(clean, typed):
    with pytest.raises(ValueError, match="holds"):
        clean(typed)


@given(TEXTS)
def test_plain_text_cleaned_twice_is_cleaned_once(typed):
    once = clean_text(typed)

    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Un\r\n titre \t long ", "Un titre long"),
        ("Pourquoi\u202f?\u2028N\u00a05", "Pourquoi\u202f? N\u00a05"),
        ("<b>3 < 5</b>", "<b>3 < 5</b>"),
    ],
)
def test_a_title_is_one_line(typed, kept):
    assert clean_title(typed) == kept


@given(TEXTS)
def test_a_title_cleaned_twice_is_cleaned_once(typed):
    once = clean_title(typed)

    assert clean_title(once) == once
    assert len(once.splitlines()) <= 1
