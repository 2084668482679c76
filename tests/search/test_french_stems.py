"""The stemmer against Lucene's own answers, and the pairs that a search must tell."""

from pathlib import Path

import pytest

from register.text import folded
from search.analysis import stems
from search.french import light_stem
from search.wordlists import overrides

DATA = Path(__file__).parent / "data"
GOLDEN = dict(
    line.split("\t")
    for line in (DATA / "light_french_golden.tsv").read_text().splitlines()
)
PAIRS = [
    line.split("\t") for line in (DATA / "pairs.tsv").read_text().splitlines() if line
]
# Lucene looked at the accents of these words. Without them, each is stemmed like the
# word beside it, of the same family, and Lucene's answer is another than for that one.
LIKE_ITS_FAMILY = {
    "aisément": "aisé",
    "ambiguë": "ambigu",
    "ambiguës": "ambigu",
    "aveuglément": "aveugle",
    "communément": "commun",
    "conformément": "conforme",
    "délibérément": "délibéré",
    "frontiere": "frontière",
    "inopinément": "inopiné",
    "instantanément": "instantané",
    "ministère": "ministères",
    "poussiere": "poussière",
    "précisément": "précise",
    "spontanément": "spontané",
    "séparément": "séparé",
    "sœur": "soeur",
    "énormément": "énorme",
}


def is_in_small_capitals(word):
    """Lucene folds ʙ to B, a capital, which a text in small letters never holds."""
    return folded(word) in GOLDEN and GOLDEN[word] != GOLDEN[word].lower()


def ours(word):
    plain = folded(word)
    return overrides("fr").get(plain) or light_stem(plain)


def score(stem):
    """How many pairs that must match do, and how many that must not."""
    same = [kind for kind, one, other in PAIRS if stem(one) == stem(other)]
    return same.count("="), same.count("!")


def test_a_word_without_accents_has_the_stem_that_lucene_gives_it():
    plain = {word: stem for word, stem in GOLDEN.items() if word.isascii()}

    others = {word for word, stem in plain.items() if light_stem(word) != stem}

    # « -iere » is always « -ière », and these two were typed without the accent.
    assert others == {"frontiere", "poussiere"}
    assert len(plain) > 12_000


def test_the_stem_is_the_same_or_better_for_999_words_in_a_thousand():
    same = {
        word
        for word, stem in GOLDEN.items()
        if light_stem(folded(word)) in {stem, GOLDEN.get(folded(word))}
    }
    repaired = {word for word in GOLDEN if ours(word) == GOLDEN[word]} - same
    small_capitals = set(filter(is_in_small_capitals, GOLDEN)) - same

    good = same | repaired | small_capitals | LIKE_ITS_FAMILY.keys()

    total = len(GOLDEN)
    print(
        f"\nsame {len(same) / total:.4%}, or better {len(good) / total:.4%} of {total}"
    )
    assert len(same) / total > 0.997
    assert len(good) / total >= 0.999


@pytest.mark.parametrize(("word", "kin"), LIKE_ITS_FAMILY.items())
def test_where_lucene_saw_an_accent_the_word_keeps_to_its_family(word, kin):
    stem = light_stem(folded(word))

    assert stem == light_stem(folded(kin))
    assert GOLDEN[word] != stem


def test_the_stemmer_alone_tells_most_pairs():
    matches, wrong = score(lambda word: light_stem(folded(word)))

    print(f"\nstemmer alone: {matches} of 43 matches, {wrong} of 17 wrong merges")
    assert (len(PAIRS), matches, wrong) == (60, 34, 3)


def test_with_the_overrides_only_what_accents_alone_tell_is_merged():
    matches, wrong = score(lambda word: stems(word, "fr"))

    print(f"\nwith overrides: {matches} of 43 matches, {wrong} of 17 wrong merges")
    assert matches == 43
    assert wrong == 2  # marche, marché; pêche, péché


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("pays", "payer"),
        ("arrêt", "arrêté"),
        ("retrait", "retraite"),
        ("commune communes", "commun communiqué"),
        ("maire maires", "mairie"),
        ("parlement", "parler"),
        ("amendement", "amende"),
        ("règlement", "règle"),
        ("déchet déchets", "déchetterie"),
        ("usagers", "usages"),
        ("vente", "vent"),
    ],
)
def test_words_that_organisers_would_not_confuse_stay_apart(words, others):
    one, other = set(stems(words, "fr")), set(stems(others, "fr"))

    assert len(one) == 1
    assert one.isdisjoint(other)


@pytest.mark.parametrize(
    "family",
    [
        "voter vote votes votaient votant",
        "première premier premiers premières",
        "sécurité securite SÉCURITÉ",
        "personnelle personnels personnel personnellement",
        "environnement environnementale environnementaux",
        "publier publication publications publié",
        "simplifier simplifié simplification",
        "organisation organiser organisateurs",
        "vélo vélos",
        "étranger étrangères",
        "1er 1re 1",
        "2e 2ème 2nde 2",
    ],
)
def test_the_forms_of_a_word_have_one_stem(family):
    assert len(set(stems(family, "fr"))) == 1
