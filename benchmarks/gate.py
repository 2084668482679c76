"""The gate as it would be without its lock, or slow: what the proof is held against.

Only servers that benchmarks.closing starts, with the one or the other asked for, have
this application: see benchmarks/settings.py. Nothing of the site knows of it.
"""

import os
import time
from datetime import datetime
from pathlib import Path

from django.apps import AppConfig

WITHOUT_LOCK = "GATE_WITHOUT_LOCK"
PAUSE = "GATE_PAUSE"


class AlteredGate(AppConfig):
    name = "benchmarks"
    path = str(Path(__file__).resolve().parent)

    def ready(self) -> None:
        from register import gate

        read_clock = gate.database_now
        pause = float(os.environ.get(PAUSE) or 0)

        def slow_clock() -> datetime:
            """As on a machine that is busy just then: the period is read already."""
            time.sleep(pause)
            return read_clock()

        if pause:
            gate.database_now = slow_clock
        if os.environ.get(WITHOUT_LOCK):
            gate._lock = lambda debate_id, *, shared: None  # noqa: SLF001
