"""Small corpora at random: the engine counts and orders as a plain reading of them."""

import math
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arguments.enums import Side
from search.facets import Facet
from search.query import SearchQuery
from search.typed import parse
from tests.factories import ArgumentFactory, ProposalFactory, act_on

# Each is its own stem, a synonym of nothing and no stop word; no two share a stem.
WORDS = ("tramway", "piscine", "kiosque", "gymnase")
TITLES = st.lists(st.sampled_from(WORDS), max_size=2)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
CORPORA = st.lists(st.tuples(TITLES, TEXTS, st.sampled_from(Side)), max_size=6)
SEARCHES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)


def bm25(title, text, word, rarity):
    """Of one word, in thousandths of thousandths; a word of the title counts three."""
    count = text.count(word) + 3 * title.count(word)
    length = len(text) + 3 * len(title)
    saturated = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / 100))
    return round(1000 * saturated) * rarity


def expected(said, wanted):
    """Of what holds all the words: the numbers in order, and the sides."""
    total = len(said) + 1  # The proposal on which they hang.
    rarities = {}
    for word in wanted:
        held = sum(word in [*title, *text] for title, text, _ in said.values())
        rarities[word] = round(1000 * math.log(1 + (total - held + 0.5) / (held + 0.5)))
    scores = {
        number: sum(bm25(title, text, word, rarities[word]) for word in wanted)
        for number, (title, text, _) in said.items()
        if set(wanted) <= {*title, *text}
    }
    order = sorted(scores, key=lambda number: (-scores[number], -number))
    return order, Counter(said[number][2].value for number in order)


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=CORPORA, wanted=SEARCHES)
def test_numbers_order_total_and_counts_are_those_of_a_plain_reading(
    engine, corpus, wanted
):
    with transaction.atomic():
        proposal = ProposalFactory(title="Autre chose", text="<p>Rien.</p>")
        said = {}
        for title, text, side in corpus:
            words = {"title": " ".join(title), "text": " ".join(text)}
            row = ArgumentFactory(hangs_on=proposal, side=side, **words)
            said[row.pk] = title, text, side
        act_on(proposal, *ArgumentFactory._meta.model.objects.filter(pk__in=said))

        query = SearchQuery(parse(" ".join(wanted)))
        results = engine.search(query, at=proposal.debate.closes_at)
        transaction.set_rollback(True)

    order, sides = expected(said, wanted)
    assert list(results.numbers) == order
    assert results.total == len(order)
    assert results.counts.get(Facet.SIDE, Counter()) == sides
