"""In which order results come, page after page."""

from datetime import timedelta

import pytest

from proposals.enums import VoteChoice
from search.facets import Facet
from search.query import Sort
from search.wordlists import synonyms
from tests.factories import ArgumentFactory, UserFactory, act_on

LONG_AGO = timedelta(days=1)


def pages(ask, typed, **options):
    """The numbers of each page, following from one to the next until the last."""
    results = ask(typed, **options)
    yield list(results.numbers)
    while results.following:
        results = ask(typed, after=results.following, **options)
        yield list(results.numbers)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 3, 7])
def test_no_row_is_lost_or_shown_twice_over_the_pages(ask, say, debate, sort, size):
    """Most rows are alike in everything that they are sorted by."""
    at = debate.opens_at + LONG_AGO
    rows = [
        say("La cantine." * (n % 2 + 1), submitted_at=at, agree_count=n % 3)
        for n in range(10)
    ]

    shown = list(pages(ask, "cantine", sort=sort, size=size))

    numbers = [number for page in shown for number in page]
    assert sorted(numbers) == [row.pk for row in rows]
    assert all(len(page) == size for page in shown[:-1])
    assert 0 < len(shown[-1]) <= size


@pytest.mark.parametrize("sort", Sort)
def test_totals_are_what_all_the_pages_hold(ask, say, sort):
    for n in range(7):
        row = say("La cantine.")
        if n % 2:
            act_on(ArgumentFactory(hangs_on=row, text="Contre la cantine."))
    chosen = {Facet.KIND: frozenset({"argument"})}

    for options in ({}, {"chosen": chosen}):
        shown = list(pages(ask, "cantine", sort=sort, size=3, **options))
        assert sum(map(len, shown)) == ask("cantine", **options).total

    assert ask("cantine", chosen=chosen).total == 3


def test_the_total_is_the_same_on_every_page(ask, say):
    for _ in range(5):
        say("La cantine.")
    first = ask("cantine", size=2)

    second = ask("cantine", size=2, after=first.following)

    assert (second.total, second.counts) == (first.total, first.counts)


def test_what_holds_part_of_the_words_comes_after_the_last_page_alone(ask, say):
    for _ in range(3):
        say("La cantine bio.")
    part = say("La cantine.")

    first = ask("cantine bio", size=2)
    last = ask("cantine bio", size=2, after=first.following)

    assert (list(first.partly), list(last.partly)) == ([], [part.pk])


def test_the_newest_come_first_whatever_their_numbers(ask, say, debate):
    instants = [debate.opens_at + timedelta(hours=hour) for hour in (2, 5, 1)]
    second, first, third = (say("La cantine.", submitted_at=at) for at in instants)

    found = list(ask("cantine", sort=Sort.NEWEST).numbers)

    assert found == [first.pk, second.pk, third.pk]


def test_votes_count_as_soon_as_they_are_cast(ask, say):
    from proposals.actions import cast_vote

    rows = [say("La cantine.") for _ in range(2)]
    before = list(ask("cantine", sort=Sort.SUPPORTED).numbers)

    cast_vote(
        voter=UserFactory(confirmed=True), proposal=rows[0], choice=VoteChoice.AGREE
    )

    assert before == [rows[1].pk, rows[0].pk]
    found = list(ask("cantine", sort=Sort.SUPPORTED).numbers)
    assert found == [rows[0].pk, rows[1].pk]


def test_supports_of_arguments_count_beside_votes(ask, say):
    proposal = say("La cantine.", agree_count=1)
    argument = ArgumentFactory(
        hangs_on=proposal, text="Oui, la cantine.", support_count=2
    )
    act_on(argument)

    found = list(ask("cantine", sort=Sort.SUPPORTED).numbers)

    assert found == [argument.pk, proposal.pk]


def test_a_shorter_text_says_more_of_the_word(ask, say):
    long = say("La cantine, et bien des choses " + "toutes différentes " * 20)
    short = say("La cantine.")

    assert list(ask("cantine").numbers) == [short.pk, long.pk]


def test_what_is_said_meanwhile_neither_repeats_nor_skips_a_row(ask, say):
    """Every act changes how rare a word is, and so what every row is worth."""
    rows = [say("puits " + f"mot{n} " * (3 + 2 * n)) for n in range(9)]
    for n in range(12):
        say(f"Rien {n}")
    first = ask("puits", size=4)

    for n in range(3):
        say(f"Encore rien {n}")
    second = ask("puits", size=4, after=first.following)
    say("Un autre puits, dont on parle longuement " + "ailleurs " * 80)
    third = ask("puits", size=4, after=second.following)

    shown = [*first.numbers, *second.numbers, *third.numbers]
    assert set(shown) >= {row.pk for row in rows}
    assert len(set(shown)) == len(shown)


def test_twenty_words_that_each_have_other_words_are_looked_for_together(ask, say):
    groups = sorted(synonyms("fr"), key=len, reverse=True)[:20]
    row = say(" ".join(word for group in groups for word in group))

    results = ask(" ".join(group[0] for group in groups))

    assert results.numbers == [row.pk]
