"""Production as it is, with the two reference views beside the site's own pages."""

import os

from benchmarks.gate import PAUSE, WITHOUT_LOCK
from config.settings import production
from config.settings.production import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
STATIC_ROOT = os.environ["STATIC_ROOT"]
OUR_TEMPLATES = production.BASE_DIR / "benchmarks" / "templates"
TEMPLATES = [
    each | {"DIRS": [*each["DIRS"], OUR_TEMPLATES]} for each in production.TEMPLATES
]
if os.environ.get(PAUSE) or os.environ.get(WITHOUT_LOCK):
    INSTALLED_APPS = [*production.INSTALLED_APPS, "benchmarks.gate.AlteredGate"]
