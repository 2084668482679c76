"""The end passes while one writes; two tabs; no mouse; no answer from the site."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.browser import follow
from tests.e2e.test_taking_part import log_in, open_form, send

pytestmark = pytest.mark.browser

PERSON = "samira.haddad@example.org"
ARGUE_FOR = "#for .side__act a"
TEXT = "textarea[name=text]"
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# Each half of these journeys on the screen on which it is likelier.
SCREENS = pytest.mark.parametrize(
    ("script", "viewport"), [(True, NARROW), (False, WIDE)], ids=["script", "no_script"]
)


@pytest.fixture
def screen(tab, site, script, viewport):
    page = tab(java_script_enabled=script, viewport=viewport, reduced_motion="reduce")
    log_in(page, site, PERSON)
    page.goto(site("discussed"))
    return page


@contextmanager
def ended(site) -> Iterator[datetime]:
    """End every open debate a second ago, for as long as this lasts."""
    ends_at = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=1)
    stored = f"{ends_at:%F %T}"
    find = """SELECT closes_at, id FROM register_debate
              WHERE ? BETWEEN opens_at AND closes_at"""
    move = "UPDATE register_debate SET closes_at = ? WHERE id = ?"
    with closing(sqlite3.connect(site.database, timeout=10)) as connection:
        held = connection.execute(find, [stored]).fetchall()
        connection.executemany(move, [(stored, pk) for _, pk in held])
        connection.commit()
        try:
            yield ends_at
        finally:
            connection.executemany(move, held)
            connection.commit()


@SCREENS
def test_the_end_passes_while_one_writes_and_the_text_is_given_back(site, screen):
    open_form(screen, ARGUE_FOR)
    screen.fill(TEXT, "Écrit jusqu’à la dernière seconde.")

    with ended(site) as ends_at:
        screen.locator("main form.form button[type=submit]").first.click()
        screen.locator(".error-summary time").wait_for()

    told = screen.locator(".error-summary time").get_attribute("datetime")
    assert datetime.fromisoformat(told) == ends_at
    assert screen.input_value(TEXT) == "Écrit jusqu’à la dernière seconde."
    screen.goto(f"{site.url}/brouillons/")
    assert "dernière seconde" in screen.locator("main").inner_text()


def figures(page) -> list[int]:
    """For each answer, how many gave it."""
    counts = page.locator(".votes__count").all_inner_texts()
    return [int("".join(filter(str.isdigit, count))) for count in counts]


def test_a_vote_changed_from_a_second_tab_is_one_vote(tab, site):
    first = tab(viewport=WIDE)
    log_in(first, site, PERSON)
    first.goto(site("discussed"))
    if first.locator(".votes__acts [value=none]").count():
        follow(first, ".votes__acts [value=none]")
    agree, mixed, disagree = figures(first)
    second = first.context.new_page()
    second.goto(site("discussed"))

    follow(first, ".votes__acts [value=agree]")
    follow(second, ".votes__acts [value=disagree]")
    first.reload()

    for page in (first, second):
        pressed = page.locator(".votes__acts [aria-pressed=true]")
        assert pressed.get_attribute("value") == "disagree"
        assert figures(page) == [agree, mixed, disagree + 1]
        assert page.locator(".said--error, .error-summary").count() == 0


def tab_to(page, selector) -> None:
    """Reach it by the Tab key alone."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.locator(":focus").first.evaluate(
            "(element, selector) => element.matches(selector)", selector
        ):
            return
    raise AssertionError(f"the Tab key does not reach {selector}")


@SCREENS
def test_an_argument_is_given_by_the_keyboard_alone(screen, script):
    words = f"Tapé sans souris, {'avec' if script else 'sans'} script."
    tab_to(screen, ARGUE_FOR)
    screen.keyboard.press("Enter")
    screen.locator("main form.form").wait_for()

    tab_to(screen, TEXT)
    screen.keyboard.type(words)
    tab_to(screen, "form.form button[type=submit]")
    with screen.expect_navigation():
        screen.keyboard.press("Enter")

    assert words in screen.locator(".utterance:target").inner_text()


def test_escape_closes_a_form_and_what_was_typed_is_found_again(tab, site):
    page = tab(viewport=NARROW, reduced_motion="reduce")
    page.goto(site("discussed"))
    link = page.locator(ARGUE_FOR)
    open_form(page, ARGUE_FOR)
    assert link.get_attribute("aria-expanded") == "true"
    assert page.locator(":focus").get_attribute("name") == "side"
    page.fill(TEXT, "À reprendre")

    page.locator(TEXT).press("Escape")

    assert page.locator("main form.form").count() == 0
    assert link.evaluate("link => link === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert page.input_value(TEXT) == "À reprendre"
    open_form(page, "#against .side__act a")
    assert page.locator("main form.form").count() == 1


def test_when_the_site_does_not_answer_the_text_stays_and_can_be_sent_again(tab, site):
    page = tab(viewport=NARROW, reduced_motion="reduce")
    log_in(page, site, PERSON)
    page.goto(site("discussed"))
    open_form(page, ARGUE_FOR)
    page.fill(TEXT, "Depuis un train, sous un tunnel.")
    page.context.set_offline(True)

    page.locator("main form.form button[type=submit]").click()
    page.locator("[data-unreachable]").wait_for()

    assert page.input_value(TEXT) == "Depuis un train, sous un tunnel."
    page.context.set_offline(False)
    send(page)
    assert "sous un tunnel" in page.locator(".utterance:target").inner_text()
