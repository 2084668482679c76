"""Make `.venv/` from `uv.lock`. Runs on any Python, before anything is installed."""

import os
import shutil
import subprocess
import sys

UV = "uv==0.13.9"
OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    if sys.version_info < OLDEST:
        return (
            "Python %d.%d or later is needed, and this is Python %d.%d. Install a newer"
            " one and name it: PYTHON=python3.12 make start"
            % (OLDEST + sys.version_info[:2])
        )
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never")
    environment.pop("VIRTUAL_ENV", None)
    command = [uv(), "sync", "--quiet", "--locked", "--python", sys.executable]
    return subprocess.call(command, cwd=ROOT, env=environment)


def uv():
    """The uv on this machine, or one of our own under var/."""
    own = os.path.join(ROOT, "var", "uv")
    found = shutil.which("uv") or shutil.which("uv", path=os.path.join(own, "bin"))
    if found:
        return found
    try:
        import ensurepip
        import venv
    except ImportError:
        sys.exit(
            "Python's venv module is missing. On Debian or Ubuntu, install it with:"
            " apt install python3-venv"
        )
    print("Installing uv, which installs the rest…", flush=True)
    venv.create(own, with_pip=True)
    pip = [os.path.join(own, "bin", "python"), "-m", "pip", "install", "--quiet", UV]
    subprocess.check_call(pip)
    return os.path.join(own, "bin", "uv")


if __name__ == "__main__":
    sys.exit(main())
