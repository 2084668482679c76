"""Production: refuses to start with a value that is missing or insecure.

`docs/operations.md` says what each value is for.
"""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The server in front ends TLS and says so in this header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# That server also says, in X-Forwarded-For, whom it was called by.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 1)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Joining the browsers' preload list is for whoever owns the whole domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    # A line for each thing that is asked of the search server, else.
    "loggers": {"elastic_transport": {"level": "WARNING"}},
}


def _problems() -> list[str]:
    problems = []
    is_known = SECRET_KEY.startswith("development-only")
    if is_known or len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        problems.append("SECRET_KEY must be a secret of 50 characters or more.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS must name the site's hosts, without '*'.")
    address = urlsplit(SITE_URL)
    if address.scheme != "https" or not address.hostname or address.path:
        problems.append("SITE_URL must be the public https:// address, without path.")
    if not env.str("DATABASE_URL", ""):
        problems.append("DATABASE_URL must name the site's own database.")
    if env.bool("DEBUG", False):
        problems.append("DEBUG must not be set in production.")
    return problems


if found := _problems():
    raise ImproperlyConfigured("Production cannot start. " + " ".join(found))
