"""`make start`: a populated site on this machine, until Ctrl-C."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import django
from django.conf import settings
from django.core.management import CommandError, call_command

# Commands that run side by side, each with the arguments of manage.py. The worker
# sends the mail that the server queued: here, it prints it.
PROCESSES = {
    "server": ["runserver", "{host}:{port}"],
    "worker": ["db_worker", "--backend=worker", "--no-reload", "--verbosity=0"],
}
# With this status Django's server asks to be started again.
CODE_CHANGED = 3
HOST = "127.0.0.1"
# How long a process may take to end by itself once asked, in seconds.
GRACE = 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8000, choices=range(1024, 65536), metavar="PORT"
    )
    port = parser.parse_args().port
    for sign in (signal.SIGTERM, signal.SIGHUP):
        # nohup asks that the end of the terminal be not heeded.
        if signal.getsignal(sign) != signal.SIG_IGN:
            signal.signal(sign, _interrupt)
    if is_busy(port):
        print(
            f"Port {port} is busy. Stop what uses it, or serve elsewhere:"
            " PORT=8123 make start",
            file=sys.stderr,
        )
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
    try:
        prepare()
        print(
            f"\n  The site     http://localhost:{port}/"
            f"\n  In English   http://localhost:{port}/en/"
            f"\n  The admin    http://localhost:{port}/admin/"
            "\n\n  Stop with Ctrl-C.\n",
            flush=True,
        )
        return serve(port)
    except KeyboardInterrupt:
        return 0


def is_busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def prepare() -> None:
    """Bring the database and the demonstration up to date."""
    django.setup()
    print("Preparing the database (about 20 seconds the first time)…", flush=True)
    call_command("migrate", verbosity=0)
    call_command("reindex", missing=True)
    call_command("seed_demo")
    if settings.SEARCH_SERVER:
        try:
            call_command("reindex", server=True)
        except CommandError as error:
            print(error, file=sys.stderr)


def serve(port: int) -> int:
    """Run every process until one ends or somebody interrupts; then stop them all."""
    running = {name: launch(name, port) for name in PROCESSES}
    try:
        while True:
            codes = {process.poll() for process in running.values()} - {None}
            if CODE_CHANGED in codes:
                # The worker does not look for changes itself.
                stop(list(running.values()))
                running |= {name: launch(name, port) for name in PROCESSES}
            elif codes:
                return max(codes)
            time.sleep(0.2)
    finally:
        stop(list(running.values()))


def launch(name: str, port: int) -> subprocess.Popen[bytes]:
    """Start one process in a session of its own: its whole tree is one group.

    RUN_MAIN makes the server the child of a reloader, which this program is: Django's
    own would load everything once more before serving.
    """
    arguments = [each.format(host=HOST, port=port) for each in PROCESSES[name]]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        env=os.environ | {"RUN_MAIN": "true"},
        start_new_session=True,
    )


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for process in running:
            try:
                os.killpg(process.pid, sign)
            except ProcessLookupError:
                continue
        until = time.monotonic() + GRACE
        while time.monotonic() < until and any(map(_is_alive, running)):
            time.sleep(0.05)


def _is_alive(process: subprocess.Popen[bytes]) -> bool:
    """Whether any process of its group is left."""
    process.poll()
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
