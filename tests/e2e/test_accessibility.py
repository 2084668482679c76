"""axe finds nothing to say, on any page, on any screen, by day and by night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# From the top of the page: the bar that stays in view lies over what was scrolled
# under it, and axe measures each target where it happens to be.
RUN = """
    async (runOnly) => {
        window.scrollTo(0, 0);
        const {violations, passes} = await axe.run({
            runOnly,
            resultTypes: ["violations"],
        });
        const found = violations.flatMap(({id, nodes}) =>
            nodes.map((node) => `${id} ${node.target}: ${node.failureSummary}`)
        );
        return {passed: passes.length, found};
    }
"""
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# The night changes colours and nothing else, and those in no language.
RULES = {"light": EVERY_RULE, "dark": {"type": "rule", "values": ["color-contrast"]}}
# At which widths and heights, and in which colours.
SEEN = [(390, 844, ["light"]), (1280, 800, ["light", "dark"])]
NAMES = ["home", "consultation", "ended", "open", "upcoming", "busiest", "empty"]
NAMES += ["laws", "author", "institution", "institutions", "information"]
NAMES += ["missing", "gone", "unknown", "masked", "decided", "decisions"]
NAMES += ["statement", "notice", "answered", "minutes", "data"]
NAMES += ["found", "everything", "nothing"]
PAGES = [(name, code) for name in NAMES for code in ("fr", "en")]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One for all: what is read without an account leaves nothing in a browser."""
    with browser.new_context(bypass_csp=True, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.parametrize(("name", "code"), PAGES)
def test_axe_finds_nothing(page, site, name: str, code: str):
    page.goto(site(name, code))
    page.add_script_tag(path=AXE)
    found = {}
    # In English the words differ and nothing else.
    seen = SEEN if code == "fr" else SEEN[:1]
    for width, height, schemes in seen:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate(RUN, RULES[scheme])
            assert result["passed"] > (5 if scheme == "light" else 0)
            found |= {(width, scheme): result["found"]} if result["found"] else {}

    assert found == {}
