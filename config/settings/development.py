"""What `make start` and `manage.py` use when nothing else is said."""

from config.settings.base import *

DEBUG = env.bool("DEBUG", True)
DEMO = True
SECRET_KEY = "development-only-key-never-used-in-production"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

VAR_DIR.mkdir(exist_ok=True)
