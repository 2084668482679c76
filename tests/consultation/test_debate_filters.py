"""A debate's list by section, theme and institution; the address keeps it."""

import pytest

from tests.consultation.test_paging import numbers
from tests.factories import ArgumentFactory, ProposalFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def menus(page):
    return SectionFactory(debate=page.debate, slug="menus", title="Les menus")


@pytest.fixture
def rows(page, menus, publish) -> dict:
    rows = {
        "bread": ProposalFactory(debate=page.debate, section=menus, themes=["Pain"]),
        "water": ProposalFactory(debate=page.debate, section=menus, themes=["Eau"]),
        "noise": ProposalFactory(debate=page.debate, themes=["Eau", "Bruit"]),
        "town": ProposalFactory(debate=page.debate, institutional=True),
        "hidden": ProposalFactory(
            debate=page.debate, section=menus, hidden=True, themes=["Secret"]
        ),
    }
    publish(*rows.values())
    return rows


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("section=menus", ["water", "bread"]),
        ("theme=eau", ["noise", "water"]),
        ("section=menus&theme=eau", ["water"]),
        ("section=menus&theme=bruit", []),
        ("section=menus&order=oldest", ["bread", "water"]),
    ],
)
def test_filters_combine(read, page, rows, query, expected):
    assert numbers(read(f"{page.url}?{query}")) == [rows[e].number for e in expected]


def test_what_one_institution_proposed(read, page, rows):
    slug = rows["town"].institution.slug

    assert numbers(read(f"{page.url}?institution={slug}")) == [rows["town"].number]


def test_a_filter_of_another_debate_leads_nowhere(read, page, rows):
    SectionFactory(slug="ailleurs")

    read(f"{page.url}?section=ailleurs", status=404)


def test_sections_say_how_many_proposals_can_be_read_in_them(read, page, rows, menus):
    ArgumentFactory(hangs_on=rows["bread"])

    shown = read(page.url).select_one(".filters__sections li").get_text(" ", strip=True)

    assert shown == "Les menus 2 propositions"


def test_a_filter_offers_only_what_would_find_something(read, page, rows):
    themes = [each.get_text() for each in read(page.url).select("#theme option")]
    makers = [each.get_text() for each in read(page.url).select("#institution option")]

    assert themes[1:] == ["Bruit", "Eau", "Pain"]
    assert makers[1:] == [rows["town"].institution.name]


def test_what_is_filtered_by_is_said_and_can_be_taken_away(read, page, rows):
    document = read(f"{page.url}?section=menus&theme=eau")

    said = document.select_one(".filters__active")
    assert [each.get_text() for each in said.select("span")] == ["Les menus", "Eau"]
    assert said.a["href"] == f"{page.url}#list"
    assert document.select_one("#theme option[selected]")["value"] == "eau"


def test_going_on_and_sorting_keep_the_filters(read, page, menus):
    ProposalFactory.create_batch(21, debate=page.debate, section=menus, themes=["Eau"])

    document = read(f"{page.url}?section=menus&theme=eau&order=oldest")

    further = document.select_one('a[rel="next"]')["href"]
    assert further.startswith("?section=menus&theme=eau&order=oldest&after=")
    sorts = [each["href"] for each in document.select(".filters .sorts a")]
    assert all(each.startswith("?section=menus&theme=eau") for each in sorts)
    hidden = document.select(".filters__form input[type=hidden]")
    assert {each["name"]: each["value"] for each in hidden} == {
        "section": "menus",
        "order": "oldest",
    }


def test_filters_that_find_nothing_say_so_and_lead_back(read, page, rows):
    document = read(f"{page.url}?section=menus&theme=bruit")

    assert document.select_one(".empty a")["href"] == page.url


@pytest.mark.parametrize("query", ["institution", "theme"])
def test_no_address_tells_whose_a_hidden_proposal_was(read, page, rows, query):
    """The same answer for the one who made it and for any other."""
    hidden = ProposalFactory(
        debate=page.debate, institutional=True, themes=["Tu"], hidden=True
    )
    theirs = {"institution": hidden.institution.slug, "theme": "tu"}[query]
    other = {"institution": rows["town"].institution.slug, "theme": "eau"}[query]

    for slug in (theirs, other):
        read(f"{page.url}?{query}={slug}&after={hidden.pk}", status=200)


def test_who_made_a_proposal_that_was_withdrawn_is_not_told_by_a_filter(
    read, page, rows
):
    withdrawn = ProposalFactory(
        debate=page.debate, institutional=True, themes=["Tu"], withdrawn=True
    )

    slug = withdrawn.institution.slug
    assert numbers(read(f"{page.url}?institution={slug}")) == []
    assert numbers(read(f"{page.url}?theme=tu")) == []
    assert withdrawn.number in numbers(read(page.url))


@pytest.mark.parametrize("name", ["section", "theme", "institution"])
def test_a_name_that_no_database_holds_leads_nowhere(read, page, name):
    read(f"{page.url}?{name}=%00", status=404)


def test_of_two_numbers_that_contradict_each_other_one_is_used(read, page, rows):
    number = rows["noise"].number

    listed = numbers(read(f"{page.url}?before={number}&after=x"))

    assert listed == [rows["town"].number]
