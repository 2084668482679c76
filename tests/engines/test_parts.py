"""What holds some of the words comes best first, and says no more than it should."""

import pytest

from search.engines import parts
from search.facets import Facet
from tests.factories import DebateFactory


@pytest.fixture
def little_time(monkeypatch):
    """Of one word alone is there time to read all that holds it."""
    monkeypatch.setattr(parts, "READ_AT_MOST", 1)


def test_a_common_word_counts_where_a_rarer_one_is_looked_for(ask, say, little_time):
    for _ in range(6):
        say("La piscine.")
    rare = say("Le tramway.")
    both = say("Le tramway de la piscine.")

    results = ask("tramway piscine kiosque")

    assert list(results.partly)[:2] == [both.pk, rare.pk]


def test_where_nothing_chosen_holds_the_rarer_a_common_word_is_looked_for(
    ask, say, debate, little_time
):
    elsewhere = say("Le tramway.", debate=DebateFactory())
    here = [say("La piscine.").pk for _ in range(3)]
    chosen = {Facet.DEBATE: frozenset({str(debate.pk)})}

    results = ask("tramway piscine", chosen=chosen)

    assert elsewhere.debate_id != debate.pk
    assert (results.total, sorted(results.partly)) == (0, here)


def test_what_is_excluded_is_not_there_either(ask, say):
    kept = say("La piscine ouvre tôt.")
    say("La piscine ouvre le dimanche.")
    say("La piscine pour tous.")

    results = ask('piscine tramway -"le dimanche" -pour')

    assert (results.total, list(results.partly)) == (0, [kept.pk])
