"""Which words find which, whatever the engine."""

from string import ascii_lowercase
from time import process_time

import pytest

from search import analysis

MEMORIES = (analysis._french, analysis._english, analysis._plain)
EVERYTHING_A_WORD_FINDS = {
    "accents typed or not": ("bibliothèque", "bibliotheque"),
    "accents written or not": ("bibliotheque", "bibliothèque"),
    "capitals": ("Mairie", "MAIRIE"),
    "an elision": ("l'éducation", "éducation"),
    "an elision that is typed": ("éducation", "l'éducation"),
    "the other apostrophe": ("d’accès", "d'accès"),
    "a ligature": ("la main-d’œuvre", "oeuvre"),
    "a ligature that is typed": ("une oeuvre", "œuvre"),
    "a plural": ("des cantines", "cantine"),
    "a plural that is typed": ("une cantine", "cantines"),
    "a plural in -aux": ("les journaux", "journal"),
    "letters taken apart": ("e\u0301cole", "école"),
    "a synonym": ("une bicyclette", "vélo"),
}


@pytest.mark.parametrize(
    ("written", "typed"),
    EVERYTHING_A_WORD_FINDS.values(),
    ids=EVERYTHING_A_WORD_FINDS,
)
def test_a_word_finds_its_other_spellings(ask, say, written, typed):
    row = say(f"Parlons de {written} demain.")
    say("Rien de tel.")

    assert list(ask(typed).numbers) == [row.pk]


def test_english_texts_are_found_by_english_forms(ask, say):
    row = say("We are building libraries.", language="en")

    assert list(ask("library").numbers) == [row.pk]
    assert list(ask("build").numbers) == [row.pk]


@pytest.mark.parametrize(
    "typed", ["« dette publique »", '"dette publique"', "“Dette  publique”"]
)
def test_quotes_of_each_kind_want_the_words_in_a_row(ask, say, typed):
    row = say("Réduire la dette publique vite.")
    say("Une publique et lourde dette.")
    say("La dette. Publique, elle l’est.", title="Avec un point")

    found = ask(typed).numbers

    assert row.pk in found
    assert len(found) == 2


def test_a_phrase_does_not_run_into_half_a_word(ask, say):
    say("La dette publiquement connue.")

    assert ask('"dette publique"').total == 0


def test_a_sign_in_a_phrase_stands_for_no_word(ask, say):
    row = say("Une remise de 100 % tout de suite.")
    say("Une remise de 100 euros tout de suite.")

    assert list(ask('"100 % tout"').numbers) == [row.pk]
    assert list(ask('"100 _ tout"').numbers) == [row.pk]


def test_a_word_is_excluded_in_all_its_forms(ask, say):
    row = say("Ouvrir la cantine.")
    say("Ouvrir la cantine et l’école.")
    say("Ouvrir la cantine et les écoles.")

    assert list(ask("cantine -école").numbers) == [row.pk]


def test_a_phrase_is_excluded_and_its_words_are_not(ask, say):
    row = say("La cantine et l’école du centre.")
    say("La cantine de l’école centre.")

    assert list(ask('cantine -"école centre"').numbers) == [row.pk]


def test_what_holds_all_the_words_is_counted_and_what_holds_some_follows(ask, say):
    both = say("La cantine sera bio.")
    one = say("La cantine sera chère.")
    other = say("Du bio partout.")
    say("Rien de tel.")

    results = ask("cantine bio")

    assert (results.total, list(results.numbers)) == (1, [both.pk])
    assert set(results.partly) == {one.pk, other.pk}


def test_nothing_stands_twice(ask, say):
    rows = [say("La cantine sera bio, bio, cantine.") for _ in range(3)]
    rows += [say("La cantine, la cantine.") for _ in range(3)]

    results = ask("cantine bio")

    shown = [*results.numbers, *results.partly]
    assert sorted(shown) == sorted(row.pk for row in rows)


def test_what_is_excluded_does_not_follow_either(ask, say):
    say("La cantine sera bio.")
    say("La cantine sera chère.")

    results = ask("cantine bio -chère")

    assert list(results.partly) == []


def test_a_rare_word_says_more_than_a_usual_one(ask, say):
    usual = [say("La ville est belle.") for _ in range(5)]
    rare = say("Le tramway est beau.")

    found = list(ask("ville tramway").partly)

    assert found[0] == rare.pk
    assert set(found[1:]) == {row.pk for row in usual}


def test_a_title_says_more_than_a_text(ask, say):
    in_text = say("Le tramway passera là.", title="Autre chose encore")
    in_title = say("Cela passera là.", title="Le tramway encore")

    assert list(ask("tramway").numbers) == [in_title.pk, in_text.pk]


def test_a_typo_is_corrected_only_when_nothing_matches(ask, say):
    say("Ouvrir la Bibliothèque le soir.")

    assert ask("bibliotèque").correction == "bibliothèque"
    assert ask("bibliotèque").total == 0
    assert ask("bibliothèque").correction == ""


def test_a_short_word_is_not_corrected(ask, say):
    say("La loi.")

    assert ask("lou").correction == ""


def test_only_the_wrong_word_of_several_is_corrected(ask, say):
    say("Ouvrir la bibliothèque le dimanche.")

    assert ask("ouvrir bibliotèque").correction == "ouvrir bibliothèque"


def test_an_english_word_is_corrected_by_one_letter_too(ask, say):
    say("We are building libraries.", language="en")

    assert ask("libary").correction == "libraries"


def test_words_of_phrases_are_corrected_and_what_is_excluded_stays(ask, say):
    say("Ouvrir la bibliothèque municipale du quartier.")

    phrase = ask('"bibliotheqqe municipale"')
    others = ask('Bibliotheqqe bibliotheqqe -école -"sous préfet"')

    assert phrase.correction == '"bibliothèque municipale"'
    assert others.correction == ('bibliothèque bibliothèque -école -"sous préfet"')
    assert ask(phrase.correction).total == ask(others.correction).total == 1


def test_what_is_excluded_with_hyphens_is_excluded_from_what_is_offered(ask, say):
    say("La bibliothèque vue par le sous-préfet.")

    assert ask("bibliotheqqe -sous-préfet").correction == ""


def test_two_wrong_words_are_corrected_and_three_are_too_many(ask, say):
    say("Ouvrir la bibliothèque municipale dimanche.")

    two = ask("bibliotheqqe municipqle")
    three = ask("bibliotheqqe municipqle dimqnche")

    assert two.correction == "bibliothèque municipale"
    assert three.correction == ""


def test_what_may_have_been_meant_leaves_no_trace_in_the_memory_of_words(ask, say):
    say("Ouvrir la bibliothèque le soir.")
    before = sum(each.cache_info().currsize for each in MEMORIES)

    assert ask("administraxions").correction == ""

    assert sum(each.cache_info().currsize for each in MEMORIES) < before + 20


@pytest.mark.parametrize("letters", [73, 20])
def test_four_long_words_that_nothing_holds_cost_little(ask, say, letters):
    say("Ouvrir la bibliothèque le soir.")
    typed = " ".join((letter + ascii_lowercase * 3)[:letters] for letter in "wxyz")
    ask(typed)

    began = process_time()
    ask(typed)

    # Four to five seconds where each spelling is analysed; a machine may be slow.
    assert process_time() - began < 0.5


NOTHING = {
    "nothing": "",
    "blanks": "  \t ",
    "signs": "?!… « »",
    "NUL": "\0",
    "a lone quote": '"',
    "a lone hyphen": "-",
    "an emoji": "🚲",
}


@pytest.mark.parametrize("typed", NOTHING.values(), ids=NOTHING)
def test_what_holds_no_word_narrows_nothing(ask, say, typed):
    row = say("Ouvrir la cantine.")

    results = ask(typed)

    assert (results.total, list(results.numbers)) == (1, [row.pk])
    assert not results.partly


def test_stop_words_alone_find_nothing_and_do_no_harm(ask, say):
    say("Pour les uns et pour les autres.")

    assert ask("pour les").total == 0


def test_exclusions_alone_leave_all_the_rest(ask, say):
    row = say("Ouvrir la cantine.")
    say("Ouvrir l’école.")

    results = ask("-école")

    assert (results.total, list(results.numbers)) == (1, [row.pk])


def test_a_search_of_twenty_words_is_answered(ask, say):
    words = [f"mot{letter}" for letter in "abcdefghijklmnopqrst"]
    row = say(" ".join(words))
    say(" ".join(words[:19]))

    results = ask(" ".join(words))

    assert list(results.numbers) == [row.pk]
    assert len(results.partly) == 1


def test_a_hundred_kilobytes_and_a_nul_are_a_search_like_another(ask, say):
    row = say("Ouvrir la cantine.")

    assert list(ask("can\0tine " + "cantine " * 12_500).numbers) in ([], [row.pk])
    assert list(ask("cantine " * 12_500).numbers) == [row.pk]
    assert ask("x" * 100_000).total == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"pour les"', {"both"}),
        ('"pour"', {"both", "one"}),
        ('enfants "pour les"', {"both"}),
        ("cantine -pour", {"none"}),
        ('cantine -"pour les"', {"one", "none"}),
        ("-pour", {"none"}),
    ],
)
def test_stop_words_are_looked_for_and_excluded_as_they_stand(ask, say, typed, found):
    rows = {
        "both": say("La cantine pour les enfants."),
        "one": say("La cantine pour enfants."),
        "none": say("La cantine."),
    }

    assert set(ask(typed).numbers) == {rows[name].pk for name in found}
