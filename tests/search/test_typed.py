"""What somebody typed into the search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import stems
from search.typed import MOST_PHRASES, Term, Typed, parse, terms_of, too_common


@pytest.mark.parametrize(
    "typed",
    ["2467", "#2467", " # 2467 ", "n°2467", "N° 2467", "nº\u202f2467", "no 2467"],
)
def test_a_number_alone_is_the_number_of_a_contribution(typed):
    assert parse(typed).number == 2467


@pytest.mark.parametrize(
    "typed",
    ["article 2467", "#2467 vélo", "2,5", "1er", "²", "٢٤٦٧", "9" * 19, "#", ""],
)
def test_what_is_not_only_a_number_is_none(typed):
    assert parse(typed).number is None


def test_a_number_is_a_word_too_for_where_no_contribution_has_it():
    assert parse("#2025").words == ("2025",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pistes cyclables", Typed(words=("pistes", "cyclables"))),
        ("l’école, à Étampes !", Typed(words=("école", "à", "Étampes"))),
        ("peut-être", Typed(words=("peut", "être"))),
        ("« piste cyclable »", Typed(phrases=("piste cyclable",))),
        ('vélo "piste  cyclable"', Typed(words=("vélo",), phrases=("piste cyclable",))),
        ("“la loi” «l'État»", Typed(phrases=("la loi", "État"))),
        ("„vélo”", Typed(phrases=("vélo",))),
        ('vélo"piste"', Typed(words=("vélo",), phrases=("piste",))),
        ("vélo -voiture", Typed(words=("vélo",), excluded=("voiture",))),
        ("–voiture", Typed(excluded=("voiture",))),
        ('-"code de la route"', Typed(excluded_phrases=("code de la route",))),
        ("-« code »", Typed(excluded_phrases=("code",))),
        ("-sous-préfet", Typed(excluded_phrases=("sous préfet",))),
        ("- voiture", Typed(words=("voiture",))),
        ("--voiture", Typed(words=("voiture",))),
        ("vélo - - « »", Typed(words=("vélo",))),
        ('la "piste cyclable', Typed(words=("la", "piste", "cyclable"))),
        ('-"piste', Typed(words=("piste",))),
        ("<script>alert(1)</script>", Typed(words=("script", "alert", "1", "script"))),
        ("\0 \ud800 ' ` ´ * ( ) : ^", Typed()),
        ("   ", Typed()),
    ],
)
def test_what_was_typed_is_taken_apart(typed, expected):
    assert parse(typed) == expected


def test_what_is_beyond_300_characters_is_left_out_from_the_beginning_of_a_word():
    found = parse("a" * 295 + " vélos électriques")

    assert found == Typed(words=("a" * 295,), is_cut=True)


def test_300_characters_are_all_read_whatever_blanks_are_around_them():
    found = parse(f"  {'a' * 295} vélo  ")

    assert found == Typed(words=("a" * 295, "vélo"))


def test_what_is_beyond_20_words_is_left_out_those_of_phrases_counted():
    found = parse('"a b c d e" -f g h i j k l m n o p q r "s t u v"')

    assert found.is_cut
    assert found.phrases == ("a b c d e", "s t")
    assert found.excluded == ("f",)
    assert found.words[-1] == "r"


def test_20_words_are_all_read():
    assert not parse(" ".join("abcdefghijklmnopqrst")).is_cut


@given(st.text())
def test_anything_can_be_typed(typed):
    found = parse(typed)

    terms_of(found.words)
    assert all(found.words + found.phrases + found.excluded + found.excluded_phrases)


def test_a_word_counts_as_its_french_and_its_english_stem():
    (term,) = terms_of(["données"])

    assert term == Term("données", frozenset({"done", "donne"}))


@pytest.mark.parametrize(
    ("word", "stem"),
    [("pays", "pays"), ("maires", "maire"), ("vente", "vente"), ("cours", "cours")],
)
def test_english_does_not_undo_an_override(word, stem):
    (term,) = terms_of([word])

    assert term.stems == {stem}


def test_a_word_of_both_languages_finds_texts_in_both():
    (term,) = terms_of(["votes"])

    assert term.stems == {*stems("voter", "fr"), *stems("votes", "en")}


def test_synonyms_are_kept_apart_from_the_word_itself():
    (term,) = terms_of(["vélos"])

    assert term.stems == {"velo"}
    assert term.also == {"bicyclet"}


def test_english_words_have_english_synonyms():
    (term,) = terms_of(["bikes"])

    assert term.also == {"bicycl"}


def test_stop_words_of_either_language_ask_nothing():
    terms = terms_of(["la", "sécurité", "of", "the", "vélos", "pour"])

    assert [term.word for term in terms] == ["sécurité", "vélos"]


def test_words_of_the_same_stems_are_one_term_in_the_order_they_were_typed():
    terms = terms_of(["vélo", "piste", "Vélos", "VÉLO", "pistes"])

    assert [term.word for term in terms] == ["vélo", "piste"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["pour"], [{"pour"}]),
        (["et", "si"], [{"et"}, {"si"}]),
        (["these"], [{"thes"}]),
        (["à", "la"], [{"a"}, {"la"}]),
        ([], []),
    ],
)
def test_only_stop_words_ask_for_themselves(words, expected):
    assert [term.stems for term in terms_of(words)] == expected


def test_a_word_with_a_hyphen_asks_for_its_parts():
    assert [term.word for term in terms_of(["rendez-vous", "porte-vélos"])] == [
        "rendez",
        "porte",
        "vélos",
    ]


@pytest.mark.parametrize(
    ("typed", "common"),
    [
        ("pour", ("pour",)),
        ("et si", ("et", "si")),
        ("pour la mairie", ()),
        ('pour "la mairie"', ()),
        ("mairie", ()),
        ("", ()),
    ],
)
def test_words_by_which_nothing_is_found_are_told(typed, common):
    assert too_common(parse(typed)) == common


def test_more_phrases_than_can_be_read_are_left_out_and_it_is_said():
    typed = parse(" ".join(f'-"la {word}"' for word in "abcdef"))

    assert len(typed.excluded_phrases) == MOST_PHRASES
    assert typed.is_cut
