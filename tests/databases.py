"""The databases of the tests: each a copy of one that was migrated once.

The copied one's name says from which migrations and versions it was made, so it cannot
be stale; it spares each worker of each run 10 to 20 s. Workers that find none do not
all make it: one does, and the others wait for it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

import pytest
from django.conf import settings
from django.db import connection

# That of `make start`, or the one that DATABASE_URL names: no test touches it.
DATABASE = str(connection.settings_dict["NAME"])


def _made_from() -> str:
    made_from = hashlib.sha256((settings.BASE_DIR / "uv.lock").read_bytes())
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        made_from.update(str(path).encode() + path.read_bytes())
    return made_from.hexdigest()[:16]


# On SQLite a test database is a file: threads share one in memory through locks that
# ignore `timeout`, so nothing concurrent could be tested, and it is not faster.
def migrated_file() -> Path:
    return settings.VAR_DIR / f"tests-{_made_from()}.sqlite3"


def _keep_file() -> None:
    unfinished = migrated_file().with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(unfinished)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    unfinished.replace(migrated_file())
    for stale in set(settings.VAR_DIR.glob("tests-*.sqlite3")) - {migrated_file()}:
        stale.unlink(missing_ok=True)


# On PostgreSQL it is a template, beside the database that DATABASE_URL names.
def _template() -> str:
    return f"migrated_{DATABASE}_{_made_from()}"


def _kept_templates() -> list[str]:
    """This one, and those of other migrations."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        names = [name for (name,) in cursor]
    return [name for name in names if name.rpartition("_")[0] == f"migrated_{DATABASE}"]


def _keep_template() -> None:
    stale = _kept_templates()
    made, template = map(
        connection.ops.quote_name, (connection.settings_dict["NAME"], _template())
    )
    # Nobody may be connected to what is copied.
    connection.close()
    with connection._nodb_cursor() as cursor:
        for name in stale:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")
        cursor.execute(f"CREATE DATABASE {template} TEMPLATE {made}")


def _is_kept() -> bool:
    if connection.vendor == "sqlite":
        return migrated_file().exists()
    return _template() in _kept_templates()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def migrating() -> Iterator[TextIO]:
    """Held by the worker that migrates, while there is nothing to copy."""
    settings.VAR_DIR.mkdir(exist_ok=True)
    with (settings.VAR_DIR / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: Any,
    migrating: TextIO,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with django_db_blocker.unblock():
        is_kept = _is_kept()
    of_test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        of_test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        if is_kept:
            shutil.copyfile(migrated_file(), of_test["NAME"])
    elif is_kept:
        of_test["TEMPLATE"] = _template()
    if is_kept:
        fcntl.flock(migrating, fcntl.LOCK_UN)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, migrating: TextIO
) -> None:
    # Where no test that was chosen uses a database, none was made.
    is_made = str(connection.settings_dict["NAME"]) != DATABASE
    with django_db_blocker.unblock():
        if is_made and not _is_kept():
            (_keep_file if connection.vendor == "sqlite" else _keep_template)()
    fcntl.flock(migrating, fcntl.LOCK_UN)
