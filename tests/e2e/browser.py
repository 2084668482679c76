"""How Chromium is started and steered."""

from playwright.sync_api import Locator, Page

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


def follow(page: Page, link: str | Locator) -> None:
    """Press what leads to another page, and wait until that page is there.

    What asks the page at once, as `is_visible` does, would be answered by the old one.
    """
    pressed = page.locator(link).first if isinstance(link, str) else link
    with page.expect_navigation():
        pressed.click()
