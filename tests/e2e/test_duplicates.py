"""What was said already is seen in time, with a script and without."""

import pytest

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN
from tests.e2e.test_taking_part import log_in, open_form

pytestmark = pytest.mark.browser

PERSON, NAME = "samira.haddad@example.org", "Samira Haddad"
FOR = "#for .side__act a"
TEXT = "textarea[name=text]"
LIST = ".said-before"
COUNT_CHANGES = """said => {
    window.changes = 0;
    new MutationObserver(() => window.changes++).observe(said, {childList: true});
}"""


def said_already(page) -> tuple[str, str]:
    """Number and words of an argument that somebody else gave for the proposal."""
    article = page.locator(f"#for .utterance:not(:has-text('{NAME}'))").first
    number = article.get_attribute("id").rpartition("-")[2]
    return number, article.locator(".prose").first.inner_text()


def test_with_a_script_it_appears_while_one_types_and_moves_nothing(tab, site):
    page = tab(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    log_in(page, site, PERSON)
    page.goto(site("discussed"))
    number, words = said_already(page)
    open_form(page, FOR)
    page.focus(TEXT)
    before = page.locator(TEXT).bounding_box()

    page.locator(TEXT).press_sequentially(words[:200])
    page.locator(LIST).wait_for()

    assert f"#{number}" in page.locator(LIST).inner_text()
    assert page.locator(TEXT).bounding_box() == before
    assert page.evaluate("document.activeElement.name") == "text"
    assert page.locator("[name=told]").count() == 1
    page.locator("[data-dismiss] button").click()
    assert page.locator(LIST).count() == 0
    follow(page, "main form.form button[type=submit]")
    assert words[:40] in page.locator(".utterance:target").inner_text()


def test_without_a_script_it_comes_once_before_one_posts(tab, site):
    page = tab(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    log_in(page, site, PERSON)
    page.goto(site("busiest"))
    if not page.locator(FOR).count():
        page.goto(site("discussed"))
    number, words = said_already(page)
    follow(page, FOR)
    page.fill(TEXT, words)

    follow(page, "main form.form button[type=submit]")
    assert f"#{number}" in page.locator(LIST).inner_text()
    assert page.input_value(TEXT) == words
    assert not page.locator("[data-dismiss]").is_visible()
    follow(page, "main form.form button[type=submit]")

    assert page.locator(".utterance:target").count() == 1


def test_how_many_there_are_is_said_once_and_the_list_is_not_said(tab, site):
    page = tab(reduced_motion="reduce")
    page.goto(site("discussed"))
    _, words = said_already(page)
    open_form(page, FOR)
    aloud = page.locator("[data-said-aloud]")
    aloud.evaluate(COUNT_CHANGES)
    assert aloud.inner_text() == ""

    page.locator(TEXT).press_sequentially(words[:200])
    page.locator(LIST).wait_for()
    said = aloud.inner_text()
    with page.expect_response("**/deja-dit/**"):
        page.locator(TEXT).press_sequentially(" ")

    assert said.startswith(f"{page.locator(f'{LIST} li').count()} ")
    assert aloud.inner_text() == said
    assert page.evaluate("window.changes") == 1
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    assert page.locator(f":is({live}) {LIST}").count() == 0
    page.locator("[data-dismiss] button").click()
    assert aloud.inner_text() == ""


def test_axe_finds_nothing_in_what_appears(tab, site):
    page = tab(bypass_csp=True, reduced_motion="reduce")
    page.goto(site("discussed"))
    _, words = said_already(page)
    open_form(page, FOR)
    page.locator(TEXT).press_sequentially(words[:200])
    page.locator(LIST).wait_for()
    page.add_script_tag(path=AXE)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, EVERY_RULE)["found"] == []


def test_nearby_proposals_are_brought_before_one_comes_to_them(tab, site):
    page = tab(viewport={"width": 390, "height": 844})
    page.goto(site("busiest"))
    assert page.locator("a[data-nearby]").count() == 1

    page.evaluate("scrollTo(0, document.body.scrollHeight - 2400)")
    page.locator("a[data-nearby]").wait_for(state="detached")

    page.goto(f"{site('busiest')}proches/")
    assert page.locator("main h1").count() == 1
