"""The site in production mode: its environment, its commands, its server."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.client import HOST, fetch, request_for
from config.start import stop

ROOT = Path(__file__).resolve().parent.parent
NOT_SERVED = (".*", "__pycache__", "docs", "node_modules", "tests", "var")
WORKERS = 2
# How long the server may take to answer for the first time, in seconds.
START = 60


@dataclass(frozen=True)
class Server:
    """Where it listens, and the group of its processes."""

    port: int
    group: int

    def processor_seconds(self) -> float:
        """What its processes have used of the processors so far, by Linux's count."""
        spent = 0
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.getpgid(int(process.name)) == self.group:
                    threads = process.glob("task/*/schedstat")
                    spent += sum(int(each.read_text().split()[0]) for each in threads)
        return spent / 1e9

    def workers(self) -> list[int]:
        """The processes that answer: the children of the one that was started."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                # The fields after the name, which stands in parentheses.
                state = (process / "stat").read_text().rpartition(")")[2].split()
                if int(state[1]) == self.group:
                    found.append(int(process.name))
        return found


class Failed(Exception):
    """A command or the server ended badly; the message is the end of what it said."""


class Site:
    """One build of the site in one folder: its code as it stands now, and a secret.

    The code is copied, so that who goes on writing while it is measured disturbs
    nothing, and both kinds of database serve the same.
    """

    def __init__(self, folder: Path) -> None:
        self.code = folder / "code"
        shutil.copytree(ROOT, self.code, ignore=shutil.ignore_patterns(*NOT_SERVED))
        self.log = folder / "log"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "LOG_LEVEL": "ERROR",
            # Whatever a developer has set for the site itself.
            "DEBUG": "false",
            "SEARCH_URL": "",
        }

    def run(
        self,
        database: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """What a Python command of the site prints. Raises Failed when it fails."""
        done = self.done(database, *arguments, environment=environment)
        if done.returncode:
            raise Failed(f"{' '.join(arguments)}\n{_end(done.stderr)}")
        return done.stdout

    def done(
        self,
        database: str,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """A Python command of the site that has ended, well or badly."""
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=self.code,
            env=self.environment | {"DATABASE_URL": database} | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def worker(
        self, database: str, *, environment: Mapping[str, str] | None = None
    ) -> Iterator[None]:
        """What is queued is done meanwhile, as docs/operations.md says."""
        options = ("--backend", "worker", "--no-reload", "--verbosity", "0")
        command = [sys.executable, "manage.py", "db_worker", *options]
        worker = self._started(command, database, environment)
        try:
            yield
        finally:
            stop([worker])

    @contextmanager
    def served(
        self,
        database: str,
        *,
        port: int = 0,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Server]:
        """Serve a database as docs/operations.md says, on a port of its own."""
        port = port or _free_port()
        granian = str(Path(sys.executable).with_name("granian"))
        server = self._started([granian, *_options(port)], database, environment)
        try:
            self._wait(server, port)
            yield Server(port, server.pid)
        finally:
            stop([server])

    def _started(
        self,
        command: Sequence[str],
        database: str,
        environment: Mapping[str, str] | None,
    ) -> subprocess.Popen[bytes]:
        """A process of the site that goes on, and says what it says to the log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                cwd=self.code,
                env=self.environment | {"DATABASE_URL": database} | (environment or {}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self, server: subprocess.Popen[bytes], port: int) -> None:
        until = time.monotonic() + START
        request = request_for("/reference/trivial")
        while server.poll() is None and time.monotonic() < until:
            try:
                fetch(port, request)
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise Failed(f"granian does not answer\n{self.said()}")

    def said(self) -> str:
        """The end of what the servers wrote."""
        return _end(self.log.read_text(errors="replace")) if self.log.exists() else ""


def _options(port: int) -> list[str]:
    return [
        *("--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "1"),
        *("--respawn-failed-workers", "--host", HOST, "--port", str(port)),
        *("--log-level", "warning", "config.wsgi:application"),
    ]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _end(text: str, lines: int = 25) -> str:
    return "\n".join(text.splitlines()[-lines:])
