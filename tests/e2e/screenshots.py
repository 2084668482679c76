"""Pictures of every page of the demonstration, wide and narrow.

`make screenshots` writes them to docs/screenshots/, for the README and to be looked at.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import ARGUMENTS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
WIDTHS = {1280: 900, 390: 844}
# What a picture shows beside the top of a page: name, page, what is scrolled to.
CLOSER = {"arguments": ("busiest", "#discussion"), "list": ("open", "#list")}
# Not pictured: what looks as another one does.
LEFT_OUT = {"unknown"}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            take_all(context.new_page(), site, width)
            context.close()
        browser.close()


def take_all(page: Page, site: dict[str, Any], width: int) -> None:
    pages = {name: (name, "") for name in site["addresses"] if name not in LEFT_OUT}
    for picture, (name, place) in (pages | CLOSER).items():
        page.goto(site["site"] + site["addresses"][name], wait_until="load")
        page.evaluate("document.fonts.ready")
        if place:
            page.locator(place).evaluate("(element) => element.scrollIntoView()")
        picture_file = FOLDER / f"{picture}-{width}.png"
        page.screenshot(path=picture_file)
        # A third of the bytes, and nobody sees it.
        with Image.open(picture_file) as image:
            image.convert("RGB").quantize(96).save(picture_file, optimize=True)
        print(f"docs/screenshots/{picture}-{width}.png")


@contextmanager
def served() -> Iterator[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/site.sqlite3"
        with subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.serve"],
            env=os.environ | {"DATABASE_URL": url},
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
