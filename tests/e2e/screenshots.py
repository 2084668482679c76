"""Pictures of every page of the demonstration, wide and narrow.

`make screenshots` writes them to docs/screenshots/, for the README and to be looked at;
`python -m tests.e2e.screenshots desk minutes` no other than these two.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import follow, launched

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = {1280: 900, 390: 844}
# What a picture shows beside the top of a page: name, page, what is scrolled to.
CLOSER = {
    "arguments": ("busiest", "#discussion"),
    "list": ("open", "#list"),
    "masked": ("masked", ".utterance:has(.masked)"),
    "answered": ("answered", "#responses"),
}
# Not pictured: what looks as another one does.
LEFT_OUT = {"unknown", "own", "contested"}
# Pictured as those see them who may.
LEFT_OUT |= {"appealed", "reported", "period", "closable"}
PERSON, PASSWORD = "camille.rousseau@example.org", "demonstration"
MODERATOR = "yann.legoff@example.org"
ORGANISER = "claire.montreuil@example.org"
REPRESENTATIVE = "samira.haddad@example.org"
# Under a proposal: what is done by a form, and its page.
ACTS = {"argue": "argumenter", "source": "ajouter-une-source", "report": "signaler"}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = launched(playwright)
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            take_all(page, site, width)
            take_what_comes_while_one_types(page, site, width)
            take_part(page, site, width)
            context.close()
            for person, pages in for_one_person(site).items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}
                )
                take_what_is_theirs(context.new_page(), site, width, person, pages)
                context.close()
        browser.close()


def take_all(page: Page, site: dict[str, Any], width: int) -> None:
    pages = {name: (name, "") for name in site["addresses"] if name not in LEFT_OUT}
    for picture, (name, place) in (pages | CLOSER).items():
        page.goto(site["site"] + site["addresses"][name], wait_until="load")
        if place:
            page.locator(place).evaluate("(element) => element.scrollIntoView()")
        take(page, f"{picture}-{width}")


def take_what_comes_while_one_types(
    page: Page, site: dict[str, Any], width: int
) -> None:
    page.goto(site["site"] + site["addresses"]["home"])
    page.locator("[data-suggest]").press_sequentially("bi")
    page.locator("[role=option]").first.wait_for()
    take(page, f"suggested-{width}")
    page.goto(site["site"] + site["addresses"]["discussed"])
    words = page.locator("#for .utterance .prose").first.inner_text()
    page.click("#for .side__act a")
    page.locator("textarea[name=text]").press_sequentially(words[:200])
    page.locator(".said-before").wait_for()
    page.locator(".said-before").evaluate("(element) => element.scrollIntoView()")
    take(page, f"said-before-{width}")


def take_part(page: Page, site: dict[str, Any], width: int) -> None:
    """What somebody sees who makes an account, logs in, writes and has written."""
    url, discussed = site["site"], site["addresses"]["discussed"]
    number = discussed.strip("/").rpartition("/")[2]
    for name in ("signup", "login"):
        page.goto(f"{url}/accounts/{name}/")
        take(page, f"{name}-{width}")
    page.fill("[name=login]", PERSON)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")
    take(page, f"account-{width}")
    for name, act in ACTS.items():
        page.goto(f"{url}/contributions/{number}/{act}/")
        take(page, f"{name}-{width}")
    page.goto(url + site["addresses"]["open"])
    follow(page, "main .band a.button")
    take(page, f"propose-{width}")
    follow(page, "main form.form .button--main")
    take(page, f"propose-wrong-{width}")
    page.goto(url + discussed)
    page.click("#for .side__act a")
    page.fill("main form.form textarea[name=text]", "Le samedi, la place est vide.")
    take(page, f"argue-where-one-reads-{width}")
    with page.expect_navigation(url="**#contribution-*"):
        page.click("[data-inline-form] .button--main")
    page.click(".utterance:target .receipt summary")
    take(page, f"posted-{width}")
    follow(page, ".utterance:target .receipt a:not([download])")
    take(page, f"receipt-{width}")


def for_one_person(site: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What staff, an institution and an author read: by person, and by picture."""
    addresses = site["addresses"]
    own = addresses["own"].strip("/").rpartition("/")[2]
    return {
        MODERATOR: {
            "moderator": "/admin/",
            "desk": "/admin/desk/",
            "item": addresses["reported"],
            "hide": addresses["reported"] + "hide/",
            "decided-by-staff": "/admin/decisions/",
            "debates": "/admin/debates/",
            "close": addresses["closable"],
        },
        ORGANISER: {
            "period": addresses["period"],
            "searches": "/admin/reports/searches/",
        },
        REPRESENTATIVE: {
            "respond": f"/contributions/{own}/repondre/belrive-metropole/"
        },
        PERSON: {"my-decisions": "/mes-decisions/", "appealed": addresses["appealed"]},
    }


def take_what_is_theirs(
    page: Page, site: dict[str, Any], width: int, person: str, pages: dict[str, str]
) -> None:
    page.goto(f"{site['site']}/accounts/login/")
    page.fill("[name=login]", person)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button[type=submit]")
    for name, address in pages.items():
        page.goto(site["site"] + address, wait_until="load")
        take(page, f"{name}-{width}")


def take(page: Page, name: str) -> None:
    if sys.argv[1:] and name.rpartition("-")[0] not in sys.argv[1:]:
        return
    page.evaluate("document.fonts.ready")
    # Nothing is pointed at, and what was has faded.
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    picture_file = FOLDER / f"{name}.png"
    page.screenshot(path=picture_file)
    # A third of the bytes, and nobody sees it.
    with Image.open(picture_file) as image:
        image.convert("RGB").quantize(96).save(picture_file, optimize=True)
    print(f"docs/screenshots/{name}.png")


@contextmanager
def served() -> Iterator[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/site.sqlite3"
        with subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.serve"],
            env=os.environ | {"DATABASE_URL": url, "SEARCH_URL": ""},
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                assert process.stdout is not None
                yield json.loads(process.stdout.readline())
            finally:
                process.kill()


if __name__ == "__main__":
    main()
