"""A page asks nobody else for anything, keeps its policy, stands still, is light."""

import gzip
from time import sleep
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.browser

EVERYWHERE = ["home", "consultation", "ended", "open", "upcoming", "busiest", "empty"]
EVERYWHERE += ["laws", "author", "institution", "institutions", "information"]
EVERYWHERE += ["missing", "gone", "unknown", "found", "nothing"]
SHIFT = """
    () => document.fonts.ready.then(() => new Promise((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) total += entry.value;
        }).observe({type: "layout-shift", buffered: true});
        setTimeout(() => resolve(total), 100);
    }))
"""


STATUS = {"missing": "404", "gone": "410", "unknown": "404"}


@pytest.mark.parametrize(
    ("width", "names"), [(390, EVERYWHERE), (1280, ["home", "open", "empty"])]
)
def test_it_asks_only_this_site_complains_of_nothing_and_does_not_jump(
    tab, site, width, names
):
    page = tab(viewport={"width": width, "height": 844})
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site("home"), wait_until="load")  # from now on the fonts are there

    for name in names:
        page.goto(site(name), wait_until="load")

        assert page.evaluate(SHIFT) == 0, name
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(site.url).netloc}
        expected = f"status of {STATUS.get(name, 'nothing')}"
        assert [each for each in complaints if expected not in each] == [], name
        assert page.context.cookies() == [], name
        complaints.clear()


def test_letters_that_come_late_move_little(tab, site):
    """On the first page that somebody opens, its fonts may come after its words."""
    for name in ("home", "institution", "information"):
        page = tab(viewport={"width": 390, "height": 844})
        page.route("**/*.woff2", come_late)

        page.goto(site(name), wait_until="load")

        # A tenth is what people begin to notice (Web Vitals, cumulative layout shift).
        assert page.evaluate(SHIFT) < 0.05, name


def come_late(route: Route) -> None:
    sleep(0.2)
    route.continue_()


def test_the_styles_weigh_less_than_30_kb_and_the_scripts_25(tab, site):
    page = tab()
    asked = []
    # Playwright marks the function it is given, and cannot mark a builtin one.
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    page.goto(site("busiest"), wait_until="load")

    weights = {"stylesheet": 0, "script": 0}
    for request in asked:
        if request.resource_type in weights:
            body = request.response().body()
            weights[request.resource_type] += len(gzip.compress(body))

    assert 1_000 < weights["stylesheet"] < 30_000
    assert weights["script"] < 25_000


def test_the_policy_stops_a_script_that_was_slipped_in(tab, site):
    page = tab()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(site("home"))

    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'window.slipped = true'}))"
    )

    assert page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in each for each in complaints)
