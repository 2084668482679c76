"""A proposal on paper: its words and its arguments, in full, and where it is found."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FOLD_EVERYTHING = "document.querySelectorAll('details').forEach((d) => d.open = false)"
AFTER = "(link) => getComputedStyle(link, '::after').content"


@pytest.fixture
def busiest(tab, site) -> Page:
    """The page of the most discussed proposal, everything folded by its reader."""
    page = tab(viewport={"width": 1280, "height": 800})
    page.goto(site("busiest"))
    page.evaluate(FOLD_EVERYTHING)
    return page


@pytest.mark.parametrize("part", ["for", "against", "sources"])
def test_what_is_folded_on_the_screen_is_printed(busiest, part):
    items = busiest.locator(f"#{part} article.utterance")
    assert items.count() > 1
    assert not items.last.is_visible()

    busiest.emulate_media(media="print")

    assert all(each.is_visible() for each in items.all())
    assert all(each.bounding_box()["height"] > 20 for each in items.all())


def test_what_backs_a_badge_stays_behind_it(busiest):
    busiest.emulate_media(media="print")

    badge = busiest.locator("#for .verified").first
    assert badge.locator("summary").is_visible()
    assert not badge.locator(".verified__proof").is_visible()


def test_what_leads_elsewhere_is_not_printed(busiest):
    ways = busiest.locator("nav, .way-back, .skip-link")
    assert ways.count() > 3
    assert any(each.is_visible() for each in ways.all())

    busiest.emulate_media(media="print")

    assert not any(each.is_visible() for each in ways.all())
    assert busiest.locator("h1").is_visible()
    assert busiest.locator(".votes__count").first.is_visible()


def test_the_address_that_answers_for_ever_is_printed_and_only_there(busiest, site):
    address = busiest.locator(".print-only")
    assert not address.is_visible()

    busiest.emulate_media(media="print")

    number = site("busiest").rstrip("/").rpartition("/")[2]
    assert address.inner_text().endswith(f"/contributions/{number}")
    assert busiest.locator(".number--folio").inner_text() == f"#{number}"


def test_the_two_sides_follow_each_other_in_one_column(busiest):
    def place(part: str) -> dict[str, float]:
        return busiest.locator(f"#{part}").bounding_box()

    assert place("for")["y"] == place("against")["y"]

    busiest.emulate_media(media="print")

    above, below = place("for"), place("against")
    assert above["x"] == below["x"]
    assert above["y"] + above["height"] <= below["y"]


def test_only_the_links_of_citizens_show_their_addresses(busiest):
    busiest.emulate_media(media="print")

    source = busiest.locator("#sources .source__title a").first
    assert source.get_attribute("href") in source.evaluate(AFTER)
    author = busiest.locator("#for .signature a").first
    assert author.evaluate(AFTER) == "none"
    # Where the text itself is the address, it is not said twice.
    typed = busiest.locator(".prose--plain a[rel~='ugc']").first
    assert typed.get_attribute("href") == typed.inner_text()
    assert typed.evaluate(AFTER) == "none"
