"""Everything is read without a script, on a small screen, by the keyboard alone."""

import re

import pytest

from consultation.views.pages import PROPOSALS_PER_PAGE
from tests.e2e.browser import follow

pytestmark = pytest.mark.browser

EVERYWHERE = ["home", "consultation", "ended", "open", "upcoming", "busiest", "empty"]
EVERYWHERE += ["laws", "author", "institution", "institutions", "information"]
EVERYWHERE += ["missing", "gone", "unknown"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_from_home_to_an_argument_by_its_number(tab, site, script):
    page = tab(java_script_enabled=script)

    page.goto(site("home", "en"))
    follow(page, "main h3 a")
    proposals = page.locator(".row__title a")
    announced = page.locator(".counts").first.inner_text()
    count = re.search(r"(\d+) proposals", announced)
    assert proposals.count() == min(int(count[1]), PROPOSALS_PER_PAGE) > 5

    page.goto(site("busiest", "en"))
    for part in ("for", "against", "sources"):
        heading = page.locator(f"#{part} h2").inner_text()
        said = page.locator(
            f"#{part} > :is(ol, ul) > li > article:not(:has(> .withdrawn))"
        )
        assert heading.split()[0] == str(said.count())
        assert all(each.is_visible() for each in said.all()[:3])

    number = page.locator("#against article .number").last
    shown = number.inner_text()
    follow(page, number)
    assert page.url.endswith(f"#contribution-{shown[1:]}")
    assert page.locator(f"#contribution-{shown[1:]}").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_list_is_sorted_filtered_and_shared_by_its_address(tab, site, script):
    page = tab(java_script_enabled=script)
    page.goto(site("open"))

    follow(page, page.locator(".filters__sections a").nth(1))
    page.locator("#theme").select_option(index=1)
    follow(page, ".filters button")
    follow(page, page.locator(".filters .sorts a").nth(1))
    listed = page.locator(".row__title").all_inner_texts()
    other = tab(java_script_enabled=False)
    other.goto(page.url)

    assert len(listed) >= 1
    assert other.locator(".row__title").all_inner_texts() == listed
    for part in ("section=", "theme=", "order=oldest"):
        assert part in page.url
    page.go_back()
    assert "order=" not in page.url
    assert page.locator(".filters__active span").count() == 2


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_a_section_folds_and_the_other_side_is_one_tap_away(tab, site, script):
    page = tab(viewport={"width": 390, "height": 844}, java_script_enabled=script)
    page.goto(site("busiest"))
    first = page.locator("#for article").first

    page.locator("#for summary").first.click()
    assert not first.is_visible()
    page.locator("#for summary").first.click()
    assert first.is_visible()
    page.locator(".jump__against").click()

    top = page.locator("#against").bounding_box()["y"]
    assert page.url.endswith("#against")
    assert -10 < top < 300


@pytest.mark.parametrize("script", [True, False], ids=["script", "no_script"])
def test_arguments_are_read_in_another_order(tab, site, script):
    page = tab(java_script_enabled=script)
    page.goto(site("busiest"))
    numbers = page.locator("#for > ol > li > article > .meta .number")
    newest = numbers.all_inner_texts()

    follow(page, page.locator(".discussion__order a").nth(1))

    assert numbers.all_inner_texts() == newest[::-1]
    assert page.locator(".discussion__order [aria-current]").count() == 1


NARROW, WIDE = {"width": 320, "height": 568}, {"width": 1280, "height": 800}
ENLARGED = ["home", "open", "laws", "institution", "gone"]
ZOOMS = [(NARROW, "100%", EVERYWHERE), (WIDE, "200%", ENLARGED)]


@pytest.mark.parametrize(
    ("screen", "letters", "names"), ZOOMS, ids=["narrow", "large_letters"]
)
def test_nothing_scrolls_sideways(tab, site, screen, letters, names):
    page = tab(viewport=screen, bypass_csp=True)

    for name in names:
        page.goto(site(name))
        page.add_style_tag(content=f":root {{ font-size: {letters} }}")
        inner, outer = page.evaluate(
            "(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])"
            "(document.documentElement)"
        )
        assert inner <= outer, name


def test_the_keyboard_skips_to_the_content_first(tab, site):
    page = tab()

    for name in ("home", "busiest"):
        page.goto(site(name))
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.get_attribute("href") == "#main", name
        box = link.bounding_box()
        assert box["x"] >= 0, name
        assert box["y"] >= 0, name
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", name
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), name


FOCUSED = """
    () => {
        const style = getComputedStyle(document.activeElement);
        const box = document.activeElement.getBoundingClientRect();
        return {
            what: document.activeElement.outerHTML.slice(0, 120),
            body: document.activeElement === document.body,
            outlined: style.outlineStyle !== "none"
                && parseFloat(style.outlineWidth) >= 2,
            there: box.width > 0 && box.height > 0 && box.bottom > 0
                && box.top < innerHeight,
        };
    }
"""


@pytest.mark.parametrize("name", ["home", "open", "empty"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_has_the_focus_is_seen(tab, site, name, scheme):
    page = tab(color_scheme=scheme)
    page.goto(site(name))

    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["body"]:
            break
        reached.append(focused["what"])
        assert focused["outlined"], focused["what"]
        assert focused["there"], focused["what"]

    assert len(reached) > 5


def test_an_argument_reached_by_its_number_is_not_under_the_bar(tab, site):
    page = tab(viewport={"width": 390, "height": 844})
    page.goto(site("busiest"))
    number = page.locator("#for article .number").nth(5).inner_text()[1:]

    page.goto(f"{site.url}/contributions/{number}")

    place = page.locator(f"#contribution-{number}")
    top = place.bounding_box()["y"]
    bar = page.locator(".jump").bounding_box()
    assert bar["y"] + bar["height"] <= top + 1 < 844
