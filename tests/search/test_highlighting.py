"""The words that were searched for, marked in a text."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems
from search.highlighting import Piece, excerpt, marked

FILLER = "Rien de ce qui précède ne dit grand-chose du sujet. "


def shown(pieces):
    return "".join(f"[{text}]" if is_found else text for text, is_found in pieces)


def wanted(typed):
    return set(stems(typed, "fr"))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("L’État ouvre ses DONNÉES.", "etat donnee", "L’[État] ouvre ses [DONNÉES]."),
        ("l'œuvre", "oeuvres", "l'[œuvre]"),
        ("une e\u0301cole", "écoles", "une [e\u0301cole]"),
        ("les citoyen·ne·s votent", "citoyen", "les [citoyen·ne·s] votent"),
        ("<b>vélo</b>", "vélo", "<b>[vélo]</b>"),
        ("rien", "vélo", "rien"),
        ("la loi", "la", "la loi"),
        ("", "vélo", ""),
    ],
)
def test_found_words_are_marked_as_they_are_written(text, typed, expected):
    assert shown(marked(text, wanted(typed), "fr")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’éducation nationale !", "l’[éducation nationale] !"),
        ("éducation\u00a0nationale", "[éducation\u00a0nationale]"),
        ("éducation-nationale", "[éducation-nationale]"),
        ("éducation, nationale", "[éducation], [nationale]"),
        ("éducation\n\nnationale", "[éducation]\n\n[nationale]"),
        ("éducation la nationale", "[éducation] la [nationale]"),
    ],
)
def test_found_words_side_by_side_are_one_mark(text, expected):
    assert shown(marked(text, wanted("éducation nationale"), "fr")) == expected


def test_a_phrase_is_marked_with_its_stop_words_and_only_where_it_is_whole():
    text = "Le code de la route. La route, le code ; le code de la Route !"

    pieces = marked(text, (), "fr", phrases=("code de la route",))

    assert shown(pieces) == (
        "Le [code de la route]. La route, le code ; le [code de la Route] !"
    )


def test_a_phrase_and_a_word_in_it_are_one_mark():
    pieces = marked("la piste cyclable", wanted("piste"), "fr", phrases=["la piste"])

    assert pieces == [Piece("la piste", True), Piece(" cyclable", False)]


def test_english_texts_are_marked_by_english_stems():
    pieces = marked("Cycling and cyclists", set(stems("cycle", "en")), "en")

    assert shown(pieces) == "[Cycling] and cyclists"


def test_an_excerpt_without_anything_found_is_the_beginning():
    pieces = excerpt(FILLER * 20, wanted("vélo"), "fr", length=60)

    assert shown(pieces) == f"{FILLER}Rien de …"


def test_a_text_that_is_short_enough_is_its_own_excerpt():
    assert shown(excerpt("Le vélo.", wanted("vélo"), "fr")) == "Le [vélo]."


def test_an_excerpt_shows_where_most_different_words_stand():
    text = f"Vélo, vélo, vélo. {FILLER * 10}Le vélo sur la piste. {FILLER * 10}"

    pieces = excerpt(text, wanted("vélo piste"), "fr", length=100)

    assert "[vélo] sur la [piste]" in shown(pieces)
    assert pieces[0] == Piece("… ", False)
    assert pieces[-1] == Piece(" …", False)


def test_an_excerpt_of_the_end_of_a_text_fills_its_length_with_what_comes_before():
    pieces = excerpt(FILLER * 20 + "Le vélo.", wanted("vélo"), "fr", length=100)

    text = shown(pieces)
    assert text.endswith("Le [vélo].")
    assert 80 < len(text) < 110


def test_a_phrase_decides_of_an_excerpt_as_its_words_do():
    text = f"La route. {FILLER * 10}Le code de la route."

    pieces = excerpt(text, (), "fr", phrases=["code de la route"], length=80)

    assert "[code de la route]" in shown(pieces)


def test_an_excerpt_of_a_text_without_blanks_is_bounded():
    pieces = excerpt("é" * 25_000, wanted("vélo"), "fr", length=100)

    assert len(shown(pieces)) == 102


def test_a_very_long_word_that_was_found_is_cut_too():
    long_word = "a" * 25_000

    pieces = excerpt(f"le {long_word}", wanted(long_word), "fr", length=100)

    assert len(shown(pieces)) < 110


@pytest.mark.parametrize(
    "character", ["e\u0301", "👩\u200d🚀", "👍🏽", "🇫🇷", "1\ufe0f\u20e3", "क\u093f"]
)
@pytest.mark.parametrize("length", [9, 10, 11, 12])
def test_an_excerpt_never_parts_what_is_seen_as_one_character(character, length):
    pieces = excerpt(character * 4, (), "fr", length=length)

    text = shown(pieces).removesuffix(" …")
    assert text == character * (len(text) // len(character))


texts = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["vélo", "l’", "piste", " ", "\n", "-", ",", "code de la route", "rien "]
        )
    ).map("".join),
)


@given(texts)
def test_the_pieces_of_a_marked_text_are_the_text(text):
    pieces = marked(
        text, wanted("vélo piste"), "fr", phrases=["code de la route", "la"]
    )

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(texts.map(str.strip), st.integers(5, 60))
def test_an_excerpt_is_a_stretch_of_the_text_that_shows_what_is_found(text, length):
    pieces = excerpt(text, wanted("vélo"), "fr", length=length)

    inner = "".join(p.text for p in pieces if p.text not in {"… ", " …"})
    assert inner in text
    if any(piece.is_found for piece in marked(text, wanted("vélo"), "fr")):
        assert any(piece.is_found for piece in pieces)


def test_the_work_grows_with_the_text_and_no_faster():
    """Counted in steps of the interpreter, which a busy machine does not change."""
    text = "Le vélo sur la piste. " * 500

    short, long = (steps(text[:size]) for size in (1_000, 10_000))

    assert long < 12 * short


def steps(text):
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        excerpt(text, wanted("vélo piste"), "fr", phrases=["sur la piste"])
    finally:
        sys.settrace(before)
    return count
