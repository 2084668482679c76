"""What a text is found by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import folded_words, stems, tokens

# What citizens type and paste: letters of several scripts, loose accents, ligatures,
# signs that are not seen, both apostrophes, faces of several characters.
ODDITIES = (
    *"aeéèêçœæßﬁAÉŒ’'ʼ`´«»-–·.()#°²½ 59,;\u00a0\u202f\u00ad\u200b\u200d\ufeff\n",
    *["e\u0301", "c\u0327", "l’", "qu'", "d’", "·e·s", ".ne.s", "(s)", "-ne-s", "C++"],
    *["ﷺ", "العَرَبِيَّة", "Ελλάδα", "中文", "हिन्दी", "👩\u200d🚀", "🇫🇷", "İ", "ŉ"],
)
anything = st.one_of(st.text(), st.lists(st.sampled_from(ODDITIES)).map("".join))
languages = st.sampled_from(["fr", "en", "de", ""])
# Letters that have one capital each, and what French puts between words.
french_texts = st.text("abcdeéèêëàâçïîôùûü lmnqrstu'’-·,.5() ")


def spelt(text, language="fr"):
    return [text[token.start : token.end] for token in tokens(text, language)]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("l’éducation", "educ"),
        ("d'État", "etat"),
        ("D’ÉTAT", "etat"),
        ("qu'aujourd'hui", "aujourdhui"),
        ("aujourd’hui", "aujourdhui"),
        ("presqu’île", "presquil"),
        ("Œuvres", "oeuvr"),
        ("ﬁnances", "financ"),
        ("so\u00adli\u200bdaires", "solidair"),
        ("e\u0301coles", "ecol"),
        ("RGPD", "rgpd"),
        ("R.G.P.D.", "rgpd"),
        ("l'O.N.U.", "onu"),
        ("1er", "1"),
        ("21ème", "21"),
        ("m²", "m2"),
        ("C++", "c"),
        ("#2467", "2467"),
        ("العَرَبِيَّة", "العربية"),
    ],
)
def test_a_spelling_has_its_stem(text, stem):
    assert stems(text, "fr") == [stem]


@pytest.mark.parametrize(
    "text",
    [
        "citoyen·ne·s",
        "citoyen•ne•s",
        "citoyen.ne.s",
        "citoyen(ne)s",
        "citoyen(ne)(s)",
        "citoyen-ne-s",
        "citoyen(s)",
        "citoyen·nes",
        "l’citoyen·ne",
    ],
)
def test_inclusive_writing_is_one_word_found_by_its_shorter_form(text):
    found = tokens(text, "fr")

    assert [token.stem for token in found] == ["citoyen"]
    assert found[0].end == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("à la fin.Les autres", ["a", "la", "fin", "autres"]),
        ("www.data.gouv.fr/fr", ["www", "data", "gouv", "fr", "fr"]),
        ("peut-être", ["peut", "etre"]),
        ("c'est-à-dire", ["est", "a", "dire"]),
        ("2,5 n°5", ["2", "5", "n", "5"]),
        ("article L.123-4", ["article", "l", "123", "4"]),
        ("un mot (le sien)", ["un", "mot", "le", "sien"]),
        ("'mot' l' eau", ["mot", "l", "eau"]),
        ("the citizen's", ["the", "citizen"]),
        ("5.a5 fin.a e\u0301a.b", ["5", "a5", "fin", "a", "ea", "b"]),
        ("-*_ … 👩‍🚀 🇫🇷 !", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_into_folded_words(text, words):
    assert folded_words(text) == words


def test_stop_words_keep_their_place_and_have_no_stem():
    found = tokens("Les données de la Ville", "fr")

    assert [token.stem for token in found] == ["", "done", "", "", "vile"]


@pytest.mark.parametrize("word", ["maïs", "sûr", "dû", "né", "été", "avions", "car"])
def test_no_stop_word_swallows_a_word_that_texts_are_about(word):
    assert stems(word, "fr")


@pytest.mark.parametrize("word", ["mais", "sur", "du", "ne", "MÊME", "meme", "où", "À"])
def test_stop_words_are_known_with_and_without_their_accents(word):
    assert stems(word, "fr") == []


def test_maize_is_not_the_month_of_may():
    assert stems("maïs", "fr") != stems("mai", "fr")


def test_english_is_analysed_as_english():
    text = "The city’s cyclists don't use it; cycling councils' 1st"

    assert stems(text, "en-GB") == ["citi", "cyclist", "use", "cycl", "council", "1"]


def test_another_language_has_its_folded_words_and_no_stop_words():
    assert stems("Die Bürgerinnen", "de") == ["die", "burgerinnen"]


def test_a_text_without_blanks_makes_one_word_of_bounded_length():
    (found,) = tokens("a" * 25_000, "fr")

    assert (found.start, found.end, len(found.folded)) == (0, 25_000, 80)


@given(anything, languages)
def test_words_stand_in_order_and_hold_letters_and_digits_only(text, language):
    found = tokens(text, language)

    ends = [0, *(token.end for token in found)]
    assert all(end <= token.start for end, token in zip(ends, found, strict=False))
    assert all(token.start < token.end <= len(text) for token in found)
    assert all(token.folded.isalnum() for token in found)
    assert all(token.stem.isalnum() for token in found if token.stem)
    assert all(text[token.start].isalnum() for token in found)


@given(anything, languages)
def test_stems_and_folded_words_are_those_of_the_tokens(text, language):
    found = tokens(text, language)

    assert stems(text, language) == [token.stem for token in found if token.stem]
    assert folded_words(text) == [token.folded for token in found]


@given(french_texts)
def test_loose_accents_capitals_and_apostrophes_change_nothing(text):
    expected = stems(text, "fr")

    assert stems(unicodedata.normalize("NFD", text), "fr") == expected
    assert stems(text.upper(), "fr") == expected
    assert stems(text.replace("'", "’"), "fr") == expected
    assert stems(text.replace("’", "'"), "fr") == expected


@given(anything)
def test_folding_what_is_folded_changes_nothing(text):
    words = folded_words(text)

    assert [folded_words(word) for word in words] == [[word] for word in words]
