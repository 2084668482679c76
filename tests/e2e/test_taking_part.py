"""Acting in a real browser: by forms alone, and with scripts that only add to them."""

import json

import pytest

from tests.e2e.browser import follow
from tests.e2e.test_accessibility import AXE, EVERY_RULE, RUN

pytestmark = pytest.mark.browser

PERSON = "camille.rousseau@example.org"
PASSWORD = "demonstration"
SCREENS = {"wide": (1280, 800), "narrow": (390, 844)}


@pytest.fixture(params=[True, False], ids=["script", "no_script"])
def screen(tab, request):
    return tab(java_script_enabled=request.param, reduced_motion="reduce")


def log_in(page, site, person=PERSON):
    page.goto(f"{site.url}/accounts/login/")
    fill_in_log_in(page, person)


def fill_in_log_in(page, person=PERSON):
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")


def open_proposal(site):
    """The address of a proposal that can be argued about."""
    return site("discussed")


def open_form(page, link):
    """Under the link that is pressed; without a script, on a page of its own."""
    page.locator(link).first.click()
    page.locator("main form.form").wait_for()


def send(page):
    follow(page, "main form.form button[type=submit]")


# Nobody says the same again: who does is shown what was said before.
SAID = {
    "script": "Un argument d’avant la connexion.",
    "no_script": "Mes voisines traversent là chaque mercredi.",
}


def test_who_argues_before_logging_in_finds_the_argument_published(
    screen, site, request
):
    words = SAID[request.node.callspec.id]
    screen.goto(open_proposal(site))
    open_form(screen, "#for .side__act a")
    screen.fill("textarea[name=text]", words)
    send(screen)

    fill_in_log_in(screen)

    posted = screen.locator(".utterance:target")
    assert words in posted.text_content()
    assert screen.locator("main [role=status]").count() == 1


def test_a_session_that_ends_while_one_writes_loses_nothing(screen, site):
    log_in(screen, site)
    screen.goto(open_proposal(site))
    open_form(screen, "#against .side__act a")
    screen.fill("textarea[name=text]", "Longuement pesé.")
    screen.context.clear_cookies(name="sessionid")

    send(screen)
    fill_in_log_in(screen)

    assert "Longuement pesé." in screen.locator(".utterance:target").text_content()


def test_a_vote_is_one_press_and_shows_which_one_was_given(screen, site):
    log_in(screen, site)
    screen.goto(open_proposal(site))

    follow(screen, ".votes__acts button[value=mixed]")

    pressed = screen.locator(".votes__acts [aria-pressed=true]")
    assert pressed.get_attribute("value") == "mixed"


def test_what_is_typed_is_kept_before_anything_is_sent(tab, site):
    page = tab(reduced_motion="reduce")
    log_in(page, site)
    page.goto(open_proposal(site))
    open_form(page, "#for .side__act a")
    with page.expect_response(lambda answer: "/brouillons/" in answer.url) as kept:
        page.locator("textarea[name=text]").press_sequentially("Presque")

    assert kept.value.status == 200
    page.reload()
    open_form(page, "#for .side__act a")
    assert page.input_value("textarea[name=text]") == "Presque"


def test_the_characters_are_counted_while_one_writes(tab, site):
    page = tab(reduced_motion="reduce")
    page.goto(open_proposal(site))
    open_form(page, "#for .side__act a")

    page.fill("textarea[name=text]", "été ")

    said = page.locator("main [aria-live=polite]")
    assert said.text_content() == "3 / 2000"


FORMS = {
    "argument": "#for .side__act a",
    "source": "#sources .side__act a",
    "vote": ".votes__acts a",
    "support": ".utterance__acts a",
    "report": ".utterance__acts .report",
    "proposal": "main .band a.button",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_axe_finds_nothing_in_a_form_nor_in_its_errors(tab, site, form, code):
    """In French on the form's page, on both screens; in English where it opens."""
    page = tab(bypass_csp=True, reduced_motion="reduce")
    page.goto(site("open" if form == "proposal" else "discussed", code))
    link = page.locator(FORMS[form]).first.get_attribute("href")
    if code == "fr":
        page.goto(site.url + link)
    else:
        open_form(page, FORMS[form])
    if form == "proposal":
        page.locator("details.sources > summary").click()
    found = {}

    for state in ("empty", "wrong"):
        if state == "wrong":
            page.evaluate(
                "document.querySelectorAll(':checked').forEach(e => e.checked = false)"
            )
            page.locator("main form.form button[type=submit]").first.click()
            page.locator(".error-summary").wait_for()
        page.add_script_tag(path=AXE)
        for name, (width, height) in SCREENS.items():
            if code == "en" and name == "wide":
                continue
            page.set_viewport_size({"width": width, "height": height})
            result = page.evaluate(RUN, EVERY_RULE)
            assert result["passed"] > 5
            if result["found"]:
                found[state, name] = result["found"]

    assert found == {}, json.dumps({str(k): v for k, v in found.items()}, indent=1)
