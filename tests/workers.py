"""Which worker runs which test."""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling


class Together(LoadScopeScheduling):
    """Each test goes to whoever is free, but those of some files to one worker.

    They are those in which a fixture is made once for the whole file, and come first.
    (A mark cannot say so: `xdist_group` is silently without effect in pytest 9.2,
    pytest-dev/pytest-xdist#1386.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return what_goes_together(self.config.rootpath, nodeid)


def what_goes_together(root: Path, nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return file if _makes_something(root / file) else nodeid


@cache
def _makes_something(file: Path) -> bool:
    return 'scope="module"' in file.read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    return Together(config, log) if config.getoption("dist") == "load" else None
