"""One browser and one demonstration for each worker."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.databases import migrated_file as migrated
from tests.e2e.browser import launched

# How long a tab waits for what ought to happen at once, in milliseconds.
PATIENCE = 120_000


@dataclass(frozen=True)
class Site:
    """A demonstration that is being served, and the folder its mail is written to."""

    url: str
    addresses: dict[str, str]
    mails: Path
    database: Path

    def __call__(self, name: str, language: str = "fr") -> str:
        return self.url + ("/en" if language == "en" else "") + self.addresses[name]


@pytest.fixture(scope="session")
def migrated_file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """A throw-away SQLite file; migrated already where the other tests made one."""
    if connection.vendor == "sqlite":
        request.getfixturevalue("django_db_setup")

    def copy() -> Path:
        file = tmp_path_factory.mktemp("site") / "site.sqlite3"
        if migrated().exists():
            shutil.copyfile(migrated(), file)
        return file

    return copy


@pytest.fixture(scope="session")
def site(
    migrated_file: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    database, mails = migrated_file(), tmp_path_factory.mktemp("mail")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "SEARCH_URL": "",
        "MAIL_FOLDER": str(mails),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.serve"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            announced = json.loads(process.stdout.readline())
            yield Site(announced["site"], announced["addresses"], mails, database)
        finally:
            process.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = launched(playwright)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an empty tab: `tab(java_script_enabled=False)`, as Playwright names it."""
    contexts = []

    def open_tab(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield open_tab
    for context in contexts:
        context.close()
