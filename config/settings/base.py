"""Settings shared by every environment.

A value that an installation may want to change is read from the environment here,
once, with a default that works. `docs/operations.md` lists them.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from config.cache import cache_from_url
from config.database import database_from_url
from config.search import search_from_url
from config.settings.accounts import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

# Whether the demonstration, whose passwords are public, may be loaded.
DEMO = False

# What the site is called in page titles and in the admin.
SITE_NAME = env.str("SITE_NAME", "Consultations")
# The public address, without a final slash.
SITE_URL = env.str("SITE_URL", "http://localhost:8000")

# In this order they follow the journal: search comes after the register, which holds
# the pages that an act changes.
INSTALLED_APPS = [
    "consultation",
    "moderation",
    "exchange",
    "arguments",
    "proposals",
    "register",
    "accounts",
    "journal",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "config.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.OneCharset",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.PersonalPages",
    "config.middleware.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.AdminDoor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consultation.context_processors.site",
            ],
        },
    },
]

# Above how many supports one moderator hides a contribution only until another one, or
# an organiser, has confirmed it.
SUPPORTS_FOR_SECOND_OPINION = env.int("SUPPORTS_FOR_SECOND_OPINION", 20)

# Database: sqlite:////absolute/path or postgresql://user:password@host/name.
DATABASE_URL = (
    env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'consultation.sqlite3'}"
)
DATABASES = {"default": database_from_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# A form that was opened too long ago comes back with what was typed in it.
CSRF_FAILURE_VIEW = "consultation.views.participation.give_back"
# How many servers in front add to X-Forwarded-For whom they were called by. With the
# wrong number everybody seems to come from one address, or from any that they like.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Shared by the processes, so that a limit is one limit: redis://host:port/number, or
# else a table of the database.
CACHES = {"default": cache_from_url(env.str("CACHE_URL", ""))}

# A search server beside the database, for sites that outgrow it; without an address
# the database searches.
SEARCH_SERVER = search_from_url(
    env.str("SEARCH_URL", ""),
    api_key=env.str("SEARCH_API_KEY", ""),
    ca_file=env.str("SEARCH_CA_FILE", ""),
)

# What is done after an act is queued in the act's own transaction, for
# `manage.py db_worker --backend worker`. Wagtail's small tasks stay where they were.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Mail is queued too; the worker hands it to the server that EMAIL_URL names:
# smtp://user:password@host:25, smtp+tls://… (STARTTLS, 587) or smtps://… (465).
EMAIL_BACKEND = "accounts.mail.QueuedMail"
MAIL_SERVER = env.dj_email_url("EMAIL_URL", "smtp://localhost:25")
MAIL_TRANSPORT = MAIL_SERVER["EMAIL_BACKEND"]
EMAIL_HOST = MAIL_SERVER["EMAIL_HOST"]
EMAIL_PORT = MAIL_SERVER["EMAIL_PORT"]
EMAIL_HOST_USER = MAIL_SERVER["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = MAIL_SERVER["EMAIL_USE_TLS"]
EMAIL_USE_SSL = MAIL_SERVER["EMAIL_USE_SSL"]
# For how many seconds the worker waits for that server.
EMAIL_TIMEOUT = 20
# Whom mail comes from.
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@{urlsplit(SITE_URL).hostname}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# French first: addresses without a prefix are French, English ones begin with /en/.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# Instants are stored in UTC and shown, with their zone, as the clocks of Paris say.
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Europe/Paris")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")

# Wagtail's editor posts one field for every block of a page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Neither the admin nor a page asks anything of a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False

# The address of the theme « Éducation » is `education`.
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# Public pages run no inline script and load nothing from elsewhere. Wagtail's admin
# needs inline script and style, so its own address is left out.
ADMIN_PATH = "admin/"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [f"/{ADMIN_PATH}"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
