"""The test suite's settings: the database comes from DATABASE_URL, as elsewhere."""

from config.settings.base import *

DEBUG = False
DEMO = True
SECRET_KEY = "test-only-key"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
# Only the tests that are about a server speak to one, in an index of their own.
SEARCH_TEST_SERVER, SEARCH_SERVER = SEARCH_SERVER, None
# Limits are counted in each test's own database, not in one memory for all.
CACHES = {"default": cache_from_url("")}
MEDIA_ROOT = VAR_DIR / "test-media"
