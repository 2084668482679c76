"""How Chromium is started and steered."""

import shutil

from playwright.sync_api import Browser, Locator, Page, Playwright

# Without what it would ask of the network by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def installed() -> str | None:
    """The shell, of the same engine, does the same with a third less of work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)


def follow(page: Page, link: str | Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    What asks the page at once, as `is_visible` does, would be answered by the old one.
    """
    pressed = page.locator(link).first if isinstance(link, str) else link
    with page.expect_navigation():
        pressed.click()
