"""Making an account and using it, in a browser: by keyboard, without script, on axe."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.e2e.browser import follow
from tests.e2e.serve_accounts import EMAILS, PASSWORD
from tests.e2e.test_accessibility import AXE, RULES, RUN

pytestmark = pytest.mark.browser

CODE = re.compile(r"^    ([A-Z]{4}-[A-Z]{4})$", re.M)


@dataclass(frozen=True)
class Mailing:
    """A site whose mail is written to a folder, as it is sent."""

    url: str
    folder: Path

    def codes(self) -> list[str]:
        """Every code that was mailed, the latest last."""
        files = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime)
        return [code for file in files for code in CODE.findall(file.read_text())]


@pytest.fixture(scope="module")
def mailing(
    migrated_file: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mailing]:
    folder = tmp_path_factory.mktemp("mail")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{migrated_file()}",
        "SEARCH_URL": "",
        "MAIL_FOLDER": str(folder),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.serve_accounts"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield Mailing(json.loads(process.stdout.readline())["site"], folder)
        finally:
            process.kill()


def send(page: Page) -> None:
    follow(page, "main form.form .button--main")


def assert_axe_finds_nothing(page: Page) -> None:
    """In French on both widths, by day and by night; words alone differ in English."""
    page.add_script_tag(path=AXE)
    is_french = "/en/" not in page.url
    found: dict[Any, Any] = {}
    for width in (390, 1280) if is_french else (390,):
        page.set_viewport_size({"width": width, "height": 844})
        overflow = "document.documentElement.scrollWidth > innerWidth"
        assert not page.evaluate(overflow), page.url
        result = page.evaluate(RUN, RULES["light"])
        found |= {width: result["found"]} if result["found"] else {}
    if is_french:
        page.emulate_media(color_scheme="dark")
        result = page.evaluate(RUN, RULES["dark"])
        found |= {"dark": result["found"]} if result["found"] else {}
        page.emulate_media(color_scheme="light")
    assert found == {}, page.url


def fill_sign_up(page: Page, email: str) -> None:
    page.fill("#id_email", email)
    page.fill("#id_display_name", "Nina Duval")
    page.fill("#id_password1", "une phrase de passe à moi")
    page.check("#id_accepted")


def log_in(page: Page, site: Mailing, email: str, prefix: str = "") -> None:
    page.goto(f"{site.url}{prefix}/accounts/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    send(page)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_on_the_ways_in_nor_on_their_errors(tab, mailing, prefix):
    page = tab(bypass_csp=True, reduced_motion="reduce")
    for step in ("login/", "signup/", "login/code/", "password/reset/"):
        page.goto(f"{mailing.url}{prefix}/accounts/{step}")
        assert_axe_finds_nothing(page)
        send(page)
        assert page.locator(".error-summary").is_visible()
        assert_axe_finds_nothing(page)

    page.fill("#id_email", EMAILS[0])
    send(page)
    assert_axe_finds_nothing(page)
    page.fill("#id_code", "AAAA-AAAA")
    send(page)
    assert_axe_finds_nothing(page)
    page.fill("#id_code", mailing.codes()[-1])
    send(page)
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_axe_finds_nothing_in_ones_own_account_nor_in_its_errors(tab, mailing, prefix):
    page = tab(bypass_csp=True, reduced_motion="reduce")
    log_in(page, mailing, EMAILS[1], prefix)
    for step in ("", "sessions/", "2fa/", "logout/"):
        page.goto(f"{mailing.url}{prefix}/accounts/{step}")
        assert_axe_finds_nothing(page)
    for step in ("name/", "email/", "password/change/", "2fa/totp/activate/"):
        page.goto(f"{mailing.url}{prefix}/accounts/{step}")
        assert_axe_finds_nothing(page)
        for field in page.locator("main form.form input[type=text]").all():
            field.fill("")
        send(page)
        assert page.locator(".error-summary").is_visible(), page.url
        assert_axe_finds_nothing(page)
    page.fill("#id_password", PASSWORD)
    send(page)
    assert page.url.endswith("/2fa/totp/activate/")
    assert_axe_finds_nothing(page)
    page.goto(f"{mailing.url}{prefix}/textes/charte/")
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("with_script", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_somebody_signs_up_from_any_page_and_comes_back_to_it(
    tab, mailing, with_script, width
):
    page = tab(
        java_script_enabled=with_script, viewport={"width": width, "height": 844}
    )
    page.goto(f"{mailing.url}/institutions/")
    follow(page, ".site-header__account")
    follow(page, "main .lead a")
    send(page)
    assert page.locator(".error-summary").is_visible()

    fill_sign_up(page, f"nina-{width}-{with_script}@example.org".lower())
    send(page)
    page.fill("#id_code", mailing.codes()[-1])
    send(page)

    assert page.url == f"{mailing.url}/institutions/"
    assert "Nina Duval" in page.locator(".site-header__account").inner_text()


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(tab, mailing):
    page = tab()
    page.goto(f"{mailing.url}/accounts/signup/")

    send(page)

    assert "error-summary" in page.evaluate("document.activeElement.className")
    assert page.title() != ""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") in {"id_email", "id_display_name"}


def test_a_password_is_shown_on_demand_and_sent_as_a_password(tab, mailing):
    page = tab()
    page.goto(f"{mailing.url}/accounts/login/")
    field = page.locator("#id_password")
    field.fill("x")

    page.locator("[data-password] button").click()
    assert field.get_attribute("type") == "text"
    page.locator("[data-password] button").click()

    assert field.get_attribute("type") == "password"


def test_logging_in_and_out_is_done_by_keyboard_alone(tab, mailing):
    page = tab()
    page.goto(f"{mailing.url}/accounts/login/")
    page.locator("#id_login").focus()
    page.keyboard.type(EMAILS[0])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/")

    page.locator("main form .button").focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"{mailing.url}/")
    assert [each["name"] for each in page.context.cookies()] == ["csrftoken"]
