"""Settings are read by a new process, as an installation would."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.database import database_from_url

GOOD = {
    "SECRET_KEY": "".join(chr(33 + n % 90) for n in range(64)),
    "ALLOWED_HOSTS": "consultations.exemple.fr",
    "SITE_URL": "https://consultations.exemple.fr",
    "DATABASE_URL": "sqlite:////tmp/consultations.sqlite3",
}


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these variables and no other, in production."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def load_production(**environment: str) -> subprocess.CompletedProcess[str]:
    return start("-c", "import config.settings.production", **environment)


def test_production_names_every_value_that_is_missing():
    refusal = load_production()

    assert refusal.returncode == 1
    for name in GOOD:
        assert f"{name} must" in refusal.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "development-only-key-never-used-in-production-and-longer"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "consultations.exemple.fr,*"),
        ("SITE_URL", "http://consultations.exemple.fr"),
        ("SITE_URL", "https://consultations.exemple.fr/"),
        ("DEBUG", "true"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "mysql://root@localhost/consultation"),
    ],
)
def test_production_refuses_an_insecure_value_and_names_it_alone(name, value):
    refusal = load_production(**{**GOOD, name: value})

    assert refusal.returncode == 1
    sentence = refusal.stderr.splitlines()[-1]
    assert name in sentence
    assert not any(other in sentence for other in GOOD.keys() - {name})


def test_production_starts_and_passes_the_checks_for_a_deployment():
    checks = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)

    assert checks.returncode == 0, checks.stderr


def test_sqlite_takes_its_write_lock_when_a_transaction_begins():
    database = database_from_url("sqlite:////srv/consultation/register.sqlite3")

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == "/srv/consultation/register.sqlite3"
    assert database["CONN_MAX_AGE"] is None
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] > 5


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_postgresql_keeps_a_connection_in_each_thread(scheme):
    url = f"{scheme}://anne:mot%20de%20passe@db.exemple.fr:5433/register"

    database = database_from_url(url)

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("anne", "mot de passe")
    assert (database["HOST"], database["PORT"]) == ("db.exemple.fr", 5433)
    assert "pool" not in database["OPTIONS"]
    assert database["CONN_MAX_AGE"] is None


def test_options_in_the_address_are_kept():
    database = database_from_url("postgresql://db/register?sslmode=require")

    assert database["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://localhost/register", "register.sqlite3", ""])
def test_another_kind_of_database_is_refused_with_what_to_write(url):
    with pytest.raises(ImproperlyConfigured, match="Write sqlite:////absolute/path"):
        database_from_url(url)
