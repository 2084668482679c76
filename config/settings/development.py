"""What `make start` and `manage.py` use when nothing else is said."""

from config.settings.base import *

DEBUG = env.bool("DEBUG", True)
DEMO = True
SECRET_KEY = "development-only-key-never-used-in-production"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# The worker prints mail on its terminal, unless a server is named.
if not env.str("EMAIL_URL", ""):
    MAIL_TRANSPORT = "django.core.mail.backends.console.EmailBackend"

VAR_DIR.mkdir(exist_ok=True)
