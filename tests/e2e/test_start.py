"""`make start`: what it says, that it serves, and that nothing is left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from consultation.demo.actions import PASSWORD, demo_accounts

# What whoever runs the tests may have set for a site of their own.
CHOSEN = {"CACHE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "SEARCH_URL", "SITE_URL"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def file(migrated_file: Callable[[], Path]) -> Path:
    return migrated_file()


@pytest.fixture
def heeded() -> Iterator[None]:
    """What is started heeds these signs, even where those who run tests ignore them."""
    signs = (signal.SIGINT, signal.SIGHUP)
    before = {sign: signal.signal(sign, signal.SIG_DFL) for sign in signs}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.fixture
def start(file: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start it on a port; what it says goes to `tmp_path / "said"`."""
    started = []
    environment = {
        name: value for name, value in os.environ.items() if name not in CHOSEN
    }

    def start_on(port: int) -> subprocess.Popen:
        with (tmp_path / "said").open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "config.start", "--port", str(port)],
                cwd=settings.BASE_DIR,
                env=environment | {"DATABASE_URL": f"sqlite:///{file}"},
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        return process

    yield start_on
    for process in started:
        process.kill()
        process.wait()


# Until something that ought to happen at once is given up, in seconds: machines differ.
AT_LAST = 300


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def serves(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/") as page:
            return page.status == 200
    except OSError:
        return False


def on(port: int) -> list[str]:
    """The processes that were started for this port."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if re.search(rf"\b{port}\b", command):
            lines.append(command)
    return lines


def test_it_serves_a_populated_site_until_it_is_told_to_stop(start, tmp_path):
    port = free_port()

    process = start(port)
    assert wait_until(lambda: serves(port), AT_LAST), (tmp_path / "said").read_text()
    said = (tmp_path / "said").read_text()
    assert len(on(port)) == 2
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=60) == 0
    assert wait_until(lambda: not on(port), 2), on(port)
    assert not serves(port)
    for address in ("/", "/en/", "/admin/"):
        assert f"http://localhost:{port}{address}\n" in said
    assert PASSWORD in said
    for account in demo_accounts():
        assert account["email"] in said
    assert "Traceback" not in (tmp_path / "said").read_text()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGHUP])
def test_it_stops_while_it_prepares(heeded, start, tmp_path, sign):
    """On Ctrl-C, or when its terminal closes."""
    port = free_port()

    process = start(port)
    said = tmp_path / "said"
    assert wait_until(lambda: "Preparing" in said.read_text(), AT_LAST)
    process.send_signal(sign)

    assert process.wait(timeout=60) == 0
    assert on(port) == []
    assert "Traceback" not in said.read_text()


def test_a_busy_port_is_said_in_a_sentence(start, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert start(port).wait(timeout=AT_LAST) == 1

    said = (tmp_path / "said").read_text()
    assert f"Port {port} is busy." in said
    assert len(said.splitlines()) == 1
