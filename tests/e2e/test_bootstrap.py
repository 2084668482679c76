"""Before anything is installed, what is missing is said in a sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

BOOTSTRAP = settings.BASE_DIR / "config" / "bootstrap.py"


def bootstrap(prelude: str, tmp_path: Path) -> subprocess.CompletedProcess:
    """Run it as `make` does, after a line that changes what it finds."""
    copy = tmp_path / "config" / "bootstrap.py"
    copy.parent.mkdir()
    copy.write_bytes(BOOTSTRAP.read_bytes())
    program = (
        f"import runpy, sys; {prelude}; runpy.run_path({str(copy)!r}, None, '__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_is_said_in_a_sentence(tmp_path):
    done = bootstrap("sys.version_info = (3, 9, 18)", tmp_path)

    assert done.returncode == 1
    assert "Python 3.11 or later is needed, and this is Python 3.9." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_said_in_a_sentence(tmp_path, module):
    done = bootstrap(f"sys.modules[{module!r}] = None", tmp_path)

    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var").exists()


def test_an_old_python_can_read_the_file_that_tells_it_so():
    words = re.compile(r"\bmatch |:=|f\"|f'|\) -> |: [a-z]+ = ")

    assert [
        line for line in BOOTSTRAP.read_text().splitlines() if words.search(line)
    ] == []
