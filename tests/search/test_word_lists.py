"""The lists of words are well made, and each line of them serves."""

import pytest

from search.analysis import folded_words, stems, tokens
from search.french import light_stem
from search.wordlists import MalformedList, overrides, stop_words, synonyms


@pytest.mark.parametrize(("word", "stem"), overrides("fr").items())
def test_an_override_is_folded_and_changes_the_stem(word, stem):
    assert folded_words(word) == [word]
    assert light_stem(word) != stem


@pytest.mark.parametrize("language", ["fr", "en"])
def test_stop_words_are_single_words_and_each_is_there_once(language):
    words = stop_words(language)

    assert len(words) > 100
    assert len(set(words)) == len(words)
    assert all([token.stem for token in tokens(w, language)] == [""] for w in words)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_synonym_has_a_stem_of_one_group_only_and_none_is_idle(language):
    groups = [
        {stem for word in group for stem in stems(word, language)}
        for group in synonyms(language)
    ]

    assert all(len(group) > 1 for group in groups)
    assert len(set.union(*groups)) == sum(map(len, groups))


def test_a_synonym_is_one_word_even_to_the_analysis():
    words = [word for group in synonyms("fr") for word in group]

    assert all(len(tokens(word, "fr")) == 1 for word in words)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("publique public", "a word, a tab and a stem"),
        ("publique\t", "a word, a tab and a stem"),
        ("publique\tpublic\tx", "a word, a tab and a stem"),
        ("eau\tau", "eau has two stems"),
    ],
)
def test_a_malformed_override_is_named_by_file_and_line(tmp_path, line, reason):
    (tmp_path / "overrides_fr.tsv").write_text(f"# words\neau\to\n\n{line}\n")

    with pytest.raises(MalformedList, match=f"overrides_fr.tsv, line 4: {reason}"):
        overrides("fr", tmp_path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("mairie", "two single words or more"),
        ("mairie, hôtel de ville", "two single words or more"),
        ("mairie,", "two single words or more"),
        ("mairie, vélo", "a word is there already"),
        ("mairie, mairie", "a word is there already"),
    ],
)
def test_a_malformed_group_of_synonyms_is_named_by_file_and_line(
    tmp_path, line, reason
):
    (tmp_path / "synonyms_fr.txt").write_text(f"vélo, bicyclette\n{line}\n")

    with pytest.raises(MalformedList, match=f"synonyms_fr.txt, line 2: {reason}"):
        synonyms("fr", tmp_path)
