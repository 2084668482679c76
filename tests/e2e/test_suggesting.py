"""Suggestions while one types: by keyboard, by mouse, by finger, on a slow network."""

import re
from time import sleep

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN
from tests.e2e.test_lightness import SHIFT

pytestmark = pytest.mark.browser

ADDRESS = re.compile(r"/recherche/suggestions\?")
# Begins words of titles, of a theme and of an institution of the demonstration.
TYPED = "bi"


def box_of(page):
    return page.get_by_role("search").first.locator("input[type=search]")


def options_of(page):
    return page.locator("[role=listbox]:visible [role=option]")


@pytest.fixture
def page(tab, site):
    page = tab(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(site("home"))
    return page


def open_list(page, typed=TYPED):
    box = box_of(page)
    box.press_sequentially(typed)
    expect(box).to_have_attribute("aria-expanded", "true")
    return box, options_of(page)


def active(box):
    return box.get_attribute("aria-activedescendant")


def test_a_suggestion_is_chosen_and_opened_by_keyboard_alone(page, site):
    box, options = open_list(page)
    first, last = (each.get_attribute("id") for each in (options.first, options.last))
    leads_to = options.nth(1).get_attribute("href")
    said = page.get_by_role("search").first.get_by_role("status")
    expect(said).to_contain_text(str(options.count()))

    assert active(box) is None
    box.press("ArrowDown")
    assert active(box) == first
    box.press("ArrowUp")
    assert active(box) is None
    box.press("ArrowUp")
    assert active(box) == last
    box.press("Home")
    assert active(box) is None
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    expect(box).to_be_focused()
    with page.expect_request(lambda asked: asked.url == site.url + leads_to):
        box.press("Enter")


def test_enter_in_the_box_searches_for_what_was_typed(page):
    box, _options = open_list(page)

    with page.expect_request(re.compile(rf"/recherche/\?q={TYPED}$")):
        box.press("Enter")


def test_escape_closes_the_list_and_keeps_what_was_typed(page):
    box, options = open_list(page)
    box.press("ArrowDown")

    box.press("Escape")

    expect(options).to_have_count(0)
    expect(box).to_have_value(TYPED)
    expect(box).to_have_attribute("aria-expanded", "false")
    assert active(box) is None
    box.press("ArrowDown")
    expect(options.first).to_be_visible()


def test_tab_leaves_and_closes_the_list(page):
    box, options = open_list(page)

    box.press("Tab")

    expect(options).to_have_count(0)
    expect(page.get_by_role("search").first.locator("button")).to_be_focused()


def test_a_suggestion_is_opened_by_the_mouse(page, site):
    _box, options = open_list(page)
    leads_to = options.first.get_attribute("href")

    with page.expect_request(lambda asked: asked.url == site.url + leads_to):
        options.first.click()


def test_on_a_phone_a_finger_opens_one_and_the_button_stays_in_sight(tab, site):
    page = tab(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(site("home"))
    _box, options = open_list(page)
    button = page.get_by_role("search").first.locator("button").bounding_box()
    popup = page.locator(".suggestions:visible").bounding_box()
    leads_to = options.first.get_attribute("href")

    assert popup["y"] >= button["y"] + button["height"]
    assert popup["x"] >= 0
    assert popup["x"] + popup["width"] <= 390
    assert all(each.bounding_box()["height"] >= 44 for each in options.all())
    with page.expect_request(lambda asked: asked.url == site.url + leads_to):
        options.first.tap()


def test_one_letter_asks_nothing_and_a_word_asks_once(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    box = box_of(page)

    box.press_sequentially("b")
    page.wait_for_timeout(400)
    assert not any(ADDRESS.search(url) for url in asked)
    box.press_sequentially("iblio", delay=20)
    expect(options_of(page).first).to_be_visible()

    assert len([url for url in asked if ADDRESS.search(url)]) == 1


def test_an_answer_that_comes_too_late_is_not_shown(page):
    def come_late(route):
        if route.request.url.endswith("q=bi"):
            sleep(1)
        route.continue_()

    page.route(ADDRESS, come_late)
    box = box_of(page)
    box.press_sequentially("bi")
    page.wait_for_timeout(250)

    box.press_sequentially("zzz")
    page.wait_for_timeout(1500)

    expect(options_of(page)).to_have_count(0)


def test_without_an_answer_the_box_searches_and_nobody_complains(page):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(ADDRESS, lambda route: route.abort())
    box = box_of(page)
    box.press_sequentially(TYPED)
    page.wait_for_timeout(400)

    with page.expect_request(re.compile(rf"/recherche/\?q={TYPED}$")):
        box.press("Enter")

    assert complaints == []


def test_without_a_script_the_box_is_a_plain_form(tab, site):
    page = tab(java_script_enabled=False)
    page.goto(site("home"))
    box = box_of(page)
    assert box.get_attribute("role") is None
    box.fill(TYPED)

    follow(page, page.get_by_role("search").first.locator("button"))

    assert page.url.endswith(f"/recherche/?q={TYPED}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_where_the_list_is_open_and_nothing_moves(
    tab, site, width, scheme
):
    page = tab(
        bypass_csp=True,
        reduced_motion="reduce",
        color_scheme=scheme,
        viewport={"width": width, "height": 844},
    )
    page.goto(site("home"), wait_until="load")
    page.reload(wait_until="load")  # from now on the fonts are there
    box, _options = open_list(page)
    box.press("ArrowDown")
    assert page.evaluate(SHIFT) == 0

    page.add_script_tag(path=AXE)
    assert page.evaluate(RUN, EVERY_RULE)["found"] == []
