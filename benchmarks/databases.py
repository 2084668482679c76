"""Throw-away databases: on SQLite files of a folder, on PostgreSQL names of our own."""

import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

SERVER = os.environ.get(
    "POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:54329/postgres"
)


class Unavailable(Exception):
    """There is no such server here."""


class SqliteDatabases:
    title = "SQLite"

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder

    def create(self, name: str) -> str:
        """The address of a new, empty database."""
        return f"sqlite:///{self._file(name)}"

    def copy(self, source: str, name: str) -> str:
        """The address of a copy; nobody may be using the source."""
        with (
            closing(sqlite3.connect(self._file(source))) as ours,
            closing(sqlite3.connect(self._file(name))) as theirs,
        ):
            ours.backup(theirs)
        return self.create(name)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class PostgresqlDatabases:
    """On the server that POSTGRESQL_URL names; the stack's end drops them all."""

    title = "PostgreSQL"

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        try:
            self.server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
        except psycopg.OperationalError as error:
            raise Unavailable(
                "no server answers at POSTGRESQL_URL (`make services` starts one)."
            ) from error
        self.stack = stack
        self.stack.callback(self.server.close)

    def create(self, name: str) -> str:
        return self._create(name, "template1")

    def copy(self, source: str, name: str) -> str:
        return self._create(name, self._full(source))

    def _create(self, name: str, template: str) -> str:
        full = self._full(name)
        create = SQL("CREATE DATABASE {} TEMPLATE {}")
        self.server.execute(create.format(Identifier(full), Identifier(template)))
        drop = SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(full))
        self.stack.callback(self.server.execute, drop)
        return urlsplit(SERVER)._replace(path=f"/{full}").geturl()

    def _full(self, name: str) -> str:
        return f"bench_reading_{os.getpid()}_{name}"


def copied(source: str, folder: Path) -> str:
    """The address of a copy of a SQLite database. Raises Unavailable for another."""
    kind, _, file = source.partition(":///")
    if kind != "sqlite" or not Path(file).is_file():
        raise Unavailable(f"Only a SQLite database that is there is copied: {source}")
    databases = SqliteDatabases(folder, ExitStack())
    copy = databases.create("copy")
    with (
        closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as ours,
        closing(sqlite3.connect(copy.removeprefix("sqlite:///"))) as theirs,
    ):
        ours.backup(theirs)
    return copy


KINDS = {"sqlite": SqliteDatabases, "postgresql": PostgresqlDatabases}
