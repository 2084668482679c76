"""Which worker runs which test, and in which order."""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling


class Together(LoadScopeScheduling):
    """Each test goes to whoever is free, but those of some files to one worker.

    They are those in which a fixture is made once for the whole file. (A mark cannot
    say so: `xdist_group` is silently without effect in pytest 9.2,
    pytest-dev/pytest-xdist#1386.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if makes_something(self.config.rootpath / file) else nodeid


@cache
def makes_something(file: Path) -> bool:
    return 'scope="module"' in file.read_text(encoding="utf-8")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long and cannot be divided comes first, and the browser last.

    From its first page on, a loop of Playwright's runs in the worker's thread, and
    beside a loop Django opens another connection, which has not kept what migrations
    made: no test that needs it restored may follow.
    """
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[bool, bool]:
    is_browser = item.get_closest_marker("browser") is not None
    return is_browser, not makes_something(item.path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    # It would put whole files first, the browser's too.
    config.option.loadscopereorder = False
    return Together(config, log) if config.getoption("dist") == "load" else None
