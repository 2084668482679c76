"""A search is narrowed by links that say how much they would leave."""

from datetime import UTC, datetime

import pytest

from register.models import Contribution
from tests.consultation.test_search_page import SEARCH, found, heading
from tests.factories import (
    ArgumentFactory,
    DebateFactory,
    InstitutionFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    act_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MARCH, APRIL = (datetime(2026, month, 15, 12, tzinfo=UTC) for month in (3, 4))


@pytest.fixture
def rows(page) -> dict[str, Contribution]:
    """All of hedges, in two debates."""
    parks = SectionFactory(debate=page.debate, slug="parcs", title="Les parcs")
    other = DebateFactory(open=True, slug="ailleurs", title="Un débat d’ailleurs")
    town = InstitutionFactory(name="La Ville", slug="la-ville", verified=True)
    planted = ProposalFactory(
        debate=page.debate,
        section=parks,
        title="Planter des haies",
        themes=["Arbres", "Oiseaux"],
        submitted_at=MARCH,
        agree_count=3,
    )
    cut = ProposalFactory(
        debate=page.debate,
        title="Tailler les haies",
        themes=["Arbres"],
        institution=town,
        submitted_at=APRIL,
        agree_count=5,
    )
    for_it = ArgumentFactory(
        hangs_on=planted, text="Les haies abritent.", submitted_at=APRIL
    )
    against = ArgumentFactory(
        hangs_on=planted, against=True, text="Les haies gênent.", submitted_at=APRIL
    )
    source = SourceFactory(
        hangs_on=against, title="Atlas des haies", submitted_at=APRIL
    )
    away = ProposalFactory(debate=other, title="Haies", submitted_at=APRIL)
    rows = {
        "planted": planted,
        "cut": cut,
        "for": for_it,
        "against": against,
        "source": source,
        "away": away,
    }
    act_on(*rows.values())
    return rows


def counts(document) -> dict[str, dict[str, int]]:
    """By heading, what each value is called and how much it would leave."""
    return {
        facet.h3.get_text(): {
            each.a.get_text(" ", strip=True).removeprefix("Remove: "): int(
                each.select_one("[aria-hidden]:not(svg)").get_text()
            )
            for each in facet.select("li")
        }
        for facet in document.select(".facet")
    }


def link(document, name: str) -> str:
    links = document.select(".facet a")
    return next(each["href"] for each in links if each.get_text().endswith(name))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=proposal", {"planted", "cut", "away"}),
        ("kind=argument&kind=source", {"for", "against", "source"}),
        ("side=against", {"against"}),
        ("debate=ailleurs", {"away"}),
        ("section=parcs", {"planted", "for", "against", "source"}),
        ("theme=arbres", {"planted", "cut"}),
        ("theme=arbres&theme=oiseaux", {"planted", "cut"}),
        ("signed=la-ville", {"cut"}),
        ("signed=~citizens&kind=proposal", {"planted", "away"}),
        ("month=2026-03", {"planted"}),
        ("month=1999-01", set()),
        ("sourced=yes", {"against"}),
        ("theme=arbres&month=2026-04", {"cut"}),
        ("debate=ailleurs&theme=arbres", set()),
    ],
)
def test_facets_combine(read, rows, query, expected):
    document = read(f"{SEARCH}?q=haies&{query}")

    assert set(found(document)) == {rows[each].number for each in expected}
    assert heading(document).startswith(str(len(expected) or "No"))


@pytest.mark.parametrize(
    "query",
    [
        "kind=poem",
        "side=both",
        "month=2026-13",
        "month=march",
        "sourced=no",
        "debate=nowhere",
        "section=nowhere",
        "theme=nothing",
        "signed=nobody",
        "debate=ailleurs&section=parcs",
        "order=best",
        "kind=proposal&kind=poem",
    ],
)
def test_what_no_search_knows_does_not_exist(read, rows, query):
    read(f"{SEARCH}?q=haies&{query}", status=404)


def test_a_debate_that_has_not_begun_is_not_known(read, upcoming_debate):
    read(f"{SEARCH}?debate={upcoming_debate.slug}", status=404)


def test_each_value_says_how_much_it_would_leave(read, rows, page):
    shown = counts(read(f"{SEARCH}?q=haies"))

    assert shown["Debate"] == {page.debate.title: 5, "Un débat d’ailleurs": 1}
    assert shown["Kind"] == {"Proposals": 3, "Arguments": 2, "Sources": 1}
    assert shown["Side"] == {"For": 1, "Against": 1}
    assert shown["Theme"] == {"Arbres": 2, "Oiseaux": 1}
    assert shown["Said by"] == {"Citizens": 5, "La Ville": 1}
    assert shown["Month"] == {"April 2026": 5, "March 2026": 1}
    assert shown["Sources"] == {"With sources": 1}


def test_every_value_leaves_as_much_as_it_says(read, rows):
    document = read(f"{SEARCH}?q=haies")

    for facet in counts(document).values():
        for name, count in facet.items():
            narrowed = read(f"{SEARCH}{link(document, name)}")
            assert heading(narrowed).split()[0] == str(count), name


def test_another_value_of_a_chosen_facet_says_what_it_would_add(read, rows):
    shown = counts(read(f"{SEARCH}?q=haies&kind=source"))

    assert shown["Kind"] == {"Proposals": 3, "Arguments": 2, "Sources": 1}
    assert "Theme" not in shown


def test_sections_are_offered_of_one_debate_alone(read, rows, page):
    everywhere = read(f"{SEARCH}?q=haies")
    inside = read(f"{SEARCH}?q=haies&debate={page.debate.slug}")

    assert "Section" not in counts(everywhere)
    assert counts(inside)["Section"] == {"Les parcs": 4}


def test_without_its_debate_a_section_means_nothing(read, rows, page):
    document = read(f"{SEARCH}?q=haies&debate={page.debate.slug}&section=parcs")

    assert link(document, page.debate.title) == "?q=haies"


def test_what_is_chosen_is_said_and_can_be_taken_away(read, rows):
    document = read(f"{SEARCH}?q=haies&kind=proposal&month=2026-04&order=newest")

    chosen = document.select(".chosen a")
    assert [each["href"] for each in chosen] == [
        "?q=haies&month=2026-04&order=newest",
        "?q=haies&kind=proposal&order=newest",
        "?q=haies&order=newest",
    ]
    assert "April 2026" in chosen[1].get_text()


def test_what_is_chosen_is_shown_even_where_it_leaves_nothing(read, rows):
    document = read(f"{SEARCH}?q=haies&theme=oiseaux&kind=source")

    assert heading(document).startswith("No result")
    assert counts(document)["Theme"] == {"Oiseaux": 0}
    links = [each["href"] for each in document.select(".found__nothing a")]
    assert "?q=haies" in links


def test_beyond_eight_values_the_rest_is_folded(read, page):
    names = [f"Thème {letter}" for letter in "abcdefghij"]
    some = ProposalFactory(debate=page.debate, title="Haies", themes=names)
    act_on(some, ProposalFactory(debate=page.debate, title="Haies"))

    document = read(f"{SEARCH}?q=haies&theme=theme-j")

    theme = next(f for f in document.select(".facet") if f.h3.get_text() == "Theme")
    assert len(theme.select(":scope > ul > li")) == 8
    assert len(theme.select(":scope > details li")) == 2
    assert theme.li.a["aria-current"] == "true"
    assert theme.li.a.get_text().endswith("Thème j")


@pytest.mark.parametrize(
    ("order", "first"), [("supported", "cut"), ("newest", "away"), ("relevance", None)]
)
def test_each_order_keeps_what_is_chosen_and_says_what_it_is(read, rows, order, first):
    document = read(f"{SEARCH}?q=haies&kind=proposal&order={order}")

    if first:
        assert found(document)[0] == rows[first].number
    sorts = [each["href"] for each in document.select(".sorts a")]
    assert sorts == [
        "?q=haies&kind=proposal",
        "?q=haies&kind=proposal&order=newest",
        "?q=haies&kind=proposal&order=supported",
    ]
    assert document.select_one(".found__order .meta").get_text()


def test_without_words_no_order_by_relevance_is_offered(read, rows):
    document = read(f"{SEARCH}?kind=proposal&order=relevance")

    sorts = [each["href"] for each in document.select(".sorts a")]
    assert sorts == ["?kind=proposal", "?kind=proposal&order=supported"]


def test_what_hides_a_contribution_takes_it_from_every_count(read, rows):
    Contribution.objects.filter(pk=rows["planted"].pk).update(status="withdrawn")
    act_on(rows["planted"])

    shown = counts(read(f"{SEARCH}?q=haies"))

    assert shown["Theme"] == {"Arbres": 1}
    assert "March 2026" not in shown.get("Month", {})
