"""The named cast, the debates, the clock, and the guards that every test runs under."""

import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.template import defaultfilters, engines
from django.template.base import FilterExpression, Node

from accounts.enums import StaffGroup
from accounts.models import User
from consultation import downloads
from journal import clock
from register.models import Debate
from tests.databases import (
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
    migrating,
)
from tests.e2e.browser import installed
from tests.factories import DebateFactory, MembershipFactory, UserFactory
from tests.queued import work
from tests.search.servers import search_server, server_with_index
from tests.workers import (
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)

__all__ = [
    "django_db_keepdb",
    "django_db_modify_db_settings",
    "django_db_setup",
    "migrating",
    "pytest_collection_modifyitems",
    "pytest_xdist_make_scheduler",
    "search_server",
    "server_with_index",
    "work",
]

# The machine that runs the tests may be slow: no example has a deadline.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

SERVICES = {
    "postgresql": lambda: connection.vendor == "postgresql",
    "browser": lambda: installed() is not None,
    "redis": lambda: _answers("127.0.0.1", REDIS_PORT),
    "server": lambda: settings.SEARCH_TEST_SERVER is not None,
}
# Where `make services` starts it.
REDIS_PORT = 54330


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def pytest_collection_finish() -> None:
    """What is imported stays; looking there for waste takes an eighth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for service, is_there in SERVICES.items():
        if item.get_closest_marker(service) and not is_there():
            required = os.environ.get("REQUIRE_SERVICES") == "1"
            (pytest.fail if required else pytest.skip)(f"{service} is not there")


class UndefinedVariable(AssertionError):
    """A template of ours prints a variable that does not exist."""


class _NothingUndefined(str):
    """What Django prints for an undefined variable: an error in our templates.

    Django asks it whether it is empty. In the templates of Wagtail and Django, which
    rely on silence, it is; so it is where a `default` says what to print instead.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if not isinstance(expression, FilterExpression) or any(
            function is defaultfilters.default for function, _ in expression.filters
        ):
            return False
        while frame and not isinstance(node := frame.f_locals.get("self"), Node):
            frame = frame.f_back
        if frame and _is_ours(Path(node.origin.name)):
            line = f"{node.origin.name}:{node.token.lineno}"
            raise UndefinedVariable(f"{line}: {expression.var}")
        return False


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts


@pytest.fixture(autouse=True)
def _undefined_template_variables_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "string_if_invalid", _NothingUndefined())


@pytest.fixture(autouse=True)
def _unread_downloads_end() -> Iterator[None]:
    """A server ends what nobody reads to the end; else the next file would wait."""
    yield
    if downloads._turn.locked():
        gc.collect()


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Set the database's clock: `at(instant)`, as often as a test needs.

    Every module that holds `database_now` is given the other clock, and the real one
    afterwards, those imported in between included.
    """
    real = current = clock.database_now

    def replace_by(function: Callable[[], datetime]) -> None:
        nonlocal current
        for module in list(sys.modules.values()):
            if getattr(module, "__dict__", {}).get("database_now") is current:
                module.database_now = function
        current = function

    yield lambda instant: replace_by(lambda: instant)
    replace_by(real)


@pytest.fixture
def organiser(db: None) -> User:
    """Frames and closes consultations, in the admin."""
    return UserFactory(display_name="Odile", is_staff=True, is_superuser=True)


@pytest.fixture
def moderator(db: None) -> User:
    """Reads what the admin shows of debates; changes nothing of them."""
    user = UserFactory(display_name="Mourad", is_staff=True)
    user.groups.add(Group.objects.get(name=StaffGroup.MODERATORS))
    return user


@pytest.fixture
def representative(db: None) -> User:
    """Speaks for a verified institution, `user.memberships.get().institution`."""
    return MembershipFactory(
        user__confirmed=True,
        user__display_name="Rosa",
        institution__name="Métropole des Trois-Vallées",
        service="Direction du numérique",
    ).user


@pytest.fixture
def participant(db: None) -> User:
    return UserFactory(display_name="Paul", confirmed=True)


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account, and no part in what the others do."""
    return UserFactory(display_name="Sacha", confirmed=True)


@pytest.fixture
def open_debate(db: None) -> Debate:
    return DebateFactory(open=True)


@pytest.fixture
def ended_debate(db: None) -> Debate:
    return DebateFactory(ended=True)


@pytest.fixture
def upcoming_debate(db: None) -> Debate:
    return DebateFactory(upcoming=True)
