"""Slips of the keyboard."""

from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.typos import is_one_edit, one_edit_away

words = st.text(ascii_lowercase, min_size=5, max_size=12)


def is_one_slip(one, other):
    """Damerau and Levenshtein's distance is one, said the long way round."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) < len(other):
        return any(one == other[:p] + other[p + 1 :] for p in range(len(other)))
    unlike = [place for place in range(len(one)) if one[place] != other[place]]
    match unlike:
        case [_]:
            return True
        case [first, second]:
            return second == first + 1 and (
                one[first] + one[second] == other[second] + other[first]
            )
    return False


@pytest.mark.parametrize(
    "typo", ["bicyclete", "bicylette", "bicyclettte", "bicyclerte", "bicycltete"]
)
def test_a_word_with_one_slip_is_near_the_word_that_was_meant(typo):
    assert "bicyclette" in one_edit_away(typo)


def test_two_slips_are_too_many():
    assert "bicyclette" not in one_edit_away("biciclete")


@pytest.mark.parametrize("word", ["", "loi", "velo"])
def test_a_short_word_is_near_nothing(word):
    assert one_edit_away(word) == frozenset()


def test_a_word_of_twenty_letters_is_near_others_and_a_longer_one_is_not():
    assert one_edit_away("a" * 20)
    assert one_edit_away("a" * 21) == frozenset()


@given(words)
def test_everything_near_is_one_slip_away_and_never_the_word_itself(word):
    near = one_edit_away(word)

    assert all(is_one_slip(word, other) for other in near)
    assert len(near) <= 54 * len(word) + 25


def test_nothing_that_is_one_slip_away_is_forgotten():
    letters = "ab"
    spellings = {
        "".join(letters_of_word)
        for length in (4, 5, 6)
        for letters_of_word in product(letters, repeat=length)
    }
    for word in filter(lambda spelling: len(spelling) == 5, spellings):
        near = {other for other in spellings if is_one_slip(word, other)}

        assert near <= one_edit_away(word)


@given(words, st.data())
def test_one_edit_is_what_is_found_one_edit_away(word, data):
    near = one_edit_away(word)
    other = data.draw(st.sampled_from(sorted(near)) | words)

    assert is_one_edit(word, other) is (other in near)
    assert is_one_edit(other, word) is (other in near)


@given(few := st.text("ab", min_size=5, max_size=7), few)
def test_one_edit_is_none_more_in_words_of_few_letters(word, other):
    assert is_one_edit(word, other) is (other in one_edit_away(word))


@given(word=words)
def test_two_edits_are_none(word):
    assert not is_one_edit(word, word)
    assert not is_one_edit(word, f"0{word}0")
