"""What results can be narrowed by, and how many of each value there are."""

from datetime import UTC, datetime

import pytest

from register.models import Theme
from search.facets import CITIZENS, WITH_SOURCES, Facet
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    OfficialResponseFactory,
    SectionFactory,
    SourceFactory,
    act_on,
)

Kind = Facet.KIND


def chosen(**values):
    return {Facet(name): frozenset(map(str, some)) for name, some in values.items()}


@pytest.fixture
def cantine(say):
    """A proposal with an argument for, two against, and a source under one of these."""
    proposal = say("La cantine.", section=SectionFactory())
    rows = [
        ArgumentFactory(hangs_on=proposal, text="Pour la cantine."),
        ArgumentFactory(hangs_on=proposal, text="Contre la cantine.", against=True),
        ArgumentFactory(hangs_on=proposal, text="Contre la cantine.", against=True),
    ]
    rows.append(SourceFactory(hangs_on=rows[1], title="Cantine"))
    act_on(*rows)
    return [proposal, *rows]


def test_any_value_of_one_facet_will_do(ask, cantine):
    results = ask("cantine", chosen=chosen(kind=["proposal", "source"]))

    assert set(results.numbers) == {cantine[0].pk, cantine[4].pk}


def test_all_chosen_facets_must_agree(ask, cantine):
    results = ask("cantine", chosen=chosen(kind=["argument"], side=["against"]))

    assert set(results.numbers) == {cantine[2].pk, cantine[3].pk}
    assert ask("cantine", chosen=chosen(kind=["source"], side=["for"])).total == 0


def test_the_values_of_a_facet_are_counted_among_what_the_others_leave(ask, cantine):
    results = ask("cantine", chosen=chosen(side=["against"]))

    assert results.total == 2
    assert results.counts[Facet.SIDE] == {"for": 1, "against": 2}
    assert results.counts[Kind] == {"argument": 2}


def test_each_count_is_the_total_of_choosing_that_value_too(ask, cantine):
    first = chosen(side=["against", "for"])

    counts = ask("cantine", chosen=first).counts

    assert set(counts[Kind]) == {"argument"}
    for facet in set(Facet) - {Facet.SIDE}:
        for value, count in counts[facet].items():
            narrower = first | {facet: frozenset({value})}
            assert ask("cantine", chosen=narrower).total == count, (facet, value)


def test_what_is_found_partly_is_narrowed_too(ask, cantine):
    results = ask("cantine introuvable", chosen=chosen(kind=["source"]))

    assert (results.total, list(results.partly)) == (0, [cantine[4].pk])


def test_a_search_inside_one_debate_finds_nothing_of_another(ask, say):
    here, there = say("La cantine."), say("La cantine.", debate=DebateFactory())

    results = ask("cantine", chosen=chosen(debate=[here.debate_id]))

    assert list(results.numbers) == [here.pk]
    assert results.counts[Facet.DEBATE] == {
        str(here.debate_id): 1,
        str(there.debate_id): 1,
    }


def test_a_section_narrows_and_what_hangs_there_stands_in_it(ask, say, cantine):
    say("La cantine.")

    results = ask("cantine", chosen=chosen(section=[cantine[0].section_id]))

    assert set(results.numbers) == {row.pk for row in cantine}


def test_citizens_and_each_institution_can_be_told_apart(ask, say):
    citizen, town = say("La cantine."), say("La cantine.", institutional=True)

    by_town = ask("cantine", chosen=chosen(signed=[town.institution_id]))
    by_citizens = ask("cantine", chosen=chosen(signed=[CITIZENS]))

    assert list(by_town.numbers) == [town.pk]
    assert list(by_citizens.numbers) == [citizen.pk]


def test_a_proposal_has_each_of_its_themes(ask, say):
    both = say("La cantine.", themes=["école", "santé"])
    one = say("La cantine.", themes=["santé"])
    keys = {theme.name: theme.pk for theme in Theme.objects.all()}

    results = ask("cantine", chosen=chosen(theme=[keys["école"]]))

    assert list(results.numbers) == [both.pk]
    assert results.counts[Facet.THEME] == {
        str(keys["école"]): 1,
        str(keys["santé"]): 2,
    }
    both_found = ask("cantine", chosen=chosen(theme=[keys["santé"]])).numbers
    assert set(both_found) == {both.pk, one.pk}


def test_a_month_is_that_of_the_clocks_of_the_site(ask, say):
    """Half past eleven in the evening of the last of May, in Greenwich."""
    debate = DebateFactory(
        opens_at=datetime(2025, 5, 1, tzinfo=UTC),
        closes_at=datetime(2025, 7, 1, tzinfo=UTC),
    )
    at = datetime(2025, 5, 31, 23, 30, tzinfo=UTC)
    row = say("La cantine.", debate=debate, submitted_at=at)

    results = ask("cantine", chosen=chosen(month=["2025-06"]))

    assert list(results.numbers) == [row.pk]


def test_what_has_sources_can_be_asked_for(ask, cantine):
    results = ask("cantine", chosen=chosen(sourced=[WITH_SOURCES]))

    assert list(results.numbers) == [cantine[2].pk]


def test_official_responses_are_found_as_such(ask, say):
    proposal = say("La cantine.")
    response = OfficialResponseFactory(hangs_on=proposal, text="<p>Oui, cantine.</p>")
    act_on(response)

    results = ask("cantine", chosen=chosen(kind=["response"]))

    assert list(results.numbers) == [response.pk]


def test_a_value_that_nothing_has_finds_nothing(ask, cantine):
    for value in ("nulle part", "0", "\0", "999999999999999999999"):
        assert ask("cantine", chosen=chosen(debate=[value])).total == 0
