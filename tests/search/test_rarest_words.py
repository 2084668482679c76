"""What holds some of the words is looked for by those that few contributions hold."""

import pytest

from search.engines.statements import Weighed, rarest


def term(word, held):
    return Weighed(word, exact=(word,), also=(), held=held, rarity=1)


@pytest.mark.parametrize(
    ("held", "looked_for"),
    [
        ({"eau": 10, "ville": 90, "vie": 900}, ["eau", "ville"]),
        ({"vie": 900, "ville": 90, "eau": 10}, ["eau", "ville"]),
        ({"ville": 100}, ["ville"]),
        ({"vie": 900, "monde": 950}, ["vie"]),
        ({}, []),
    ],
)
def test_the_rarest_comes_always_and_the_next_ones_while_there_is_time(
    held, looked_for
):
    terms = [term(word, count) for word, count in held.items()]

    assert [each.word for each in rarest(terms, held_by=100)] == looked_for
