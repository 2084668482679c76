"""Limits, counted in one cache by every process: the database's table, or Redis."""

import time

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.cache import TABLE, CacheThatMayBeDown, cache_from_url
from tests.accounts.conftest import TYPED, document
from tests.conftest import REDIS_PORT

pytestmark = pytest.mark.django_db


@pytest.fixture(
    params=["database", pytest.param("redis", marks=pytest.mark.redis)],
)
def shared_cache(request, settings):
    """Each of the two, empty."""
    if request.param == "redis":
        # One number a worker of the tests, so that they do not meet.
        worker = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
        url = f"redis://127.0.0.1:{REDIS_PORT}/{int(worker[2:]) % 16}"
        settings.CACHES = {"default": cache_from_url(url)}
        CacheThatMayBeDown._silent_until = 0
    cache = caches["default"]
    cache.clear()
    yield cache
    cache.clear()


def ask_for_a_code(email: str, **options: str):
    return Client(**options).post("/accounts/password/reset/", {"email": email})


def test_one_mailbox_is_sent_four_codes_and_no_more(shared_cache, mailoutbox):
    answers = [ask_for_a_code("nina@exemple.fr").status_code for _ in range(6)]

    assert answers == [302] * 4 + [429] * 2
    assert len(mailoutbox) == 4
    assert ask_for_a_code("autre@exemple.fr").status_code == 302


def test_the_page_says_how_long_to_wait_and_gives_back_what_was_typed(shared_cache):
    for _ in range(4):
        ask_for_a_code("nina@exemple.fr")

    answer = ask_for_a_code("nina@exemple.fr")

    assert 590 < int(answer["Retry-After"]) <= 600
    assert answer["Cache-Control"] == "private, no-store"
    words = document(answer).main.get_text(" ", strip=True)
    assert "10 minutes" in words
    assert "nina@exemple.fr" in words


def test_five_wrong_passwords_close_the_door_to_the_sixth(shared_cache, confirmed):
    def try_password(email: str, password: str):
        return Client().post("/accounts/login/", {"login": email, "password": password})

    for _ in range(5):
        try_password(confirmed.email, "rien de tel")

    refusal = try_password(confirmed.email, "mot de passe des essais")

    assert refusal.status_code == 200
    assert "5 minutes" in document(refusal).select_one(".error-summary").get_text()


def test_several_codes_to_log_in_are_told_how_long_to_wait(shared_cache, mailoutbox):
    for _ in range(5):
        answer = Client().post("/accounts/login/code/", {"email": "nina@exemple.fr"})

    assert len(mailoutbox) == 4
    assert "10 minutes" in document(answer).select_one(".error-summary").get_text()


def sign_up_as(n: int, address: str) -> int:
    browser = Client(REMOTE_ADDR=address)
    page = browser.get("/accounts/signup/")
    shown = document(page).select_one("[name=shown]")["value"]
    typed = TYPED | {"email": f"personne{n}@exemple.fr", "shown": shown}
    return browser.post("/accounts/signup/", typed).status_code


def test_a_town_hall_full_of_people_signs_up_behind_one_address(shared_cache):
    answers = {sign_up_as(n, "192.0.2.1") for n in range(25)}

    assert answers == {302}


def test_above_the_ceiling_one_address_makes_no_more_accounts(
    shared_cache, settings, mailoutbox
):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup": "3/h/ip"}

    answers = [sign_up_as(n, "192.0.2.1") for n in range(4)]

    assert answers == [302, 302, 302, 429]
    assert sign_up_as(9, "192.0.2.2") == 302


def test_an_address_that_a_visitor_invents_is_not_believed(shared_cache, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/h/ip"}

    answers = [
        Client(HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").post("/accounts/login/").status_code
        for n in range(3)
    ]

    assert answers == [200, 200, 429]


def test_behind_a_server_the_address_is_the_one_it_was_called_by(
    shared_cache, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/h/ip"}

    answers = [
        Client(HTTP_X_FORWARDED_FOR=f"{invented}, 192.0.2.1")
        .post("/accounts/login/")
        .status_code
        for invented in ("1.1.1.1", "2.2.2.2", "3.3.3.3")
    ]

    assert answers == [200, 200, 429]


def test_the_migrations_alone_make_the_table():
    assert cache_from_url("")["BACKEND"].endswith("DatabaseCache")
    assert TABLE in connection.introspection.table_names()


def test_reading_asks_nothing_of_the_cache(client, open_debate):
    from consultation.actions import present_debate

    address = present_debate(debate=open_debate).url
    for path in ("/", address, "/institutions/", "/contact/", "/textes/charte/"):
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        assert not [q["sql"] for q in queries if TABLE in q["sql"]], path


def test_the_site_goes_on_when_redis_does_not_answer(
    settings, confirmed, log_in, caplog
):
    settings.CACHES = {"default": cache_from_url("redis://127.0.0.1:1/0")}
    CacheThatMayBeDown._silent_until = 0
    begun = time.monotonic()

    answer = log_in(confirmed)

    assert answer.url == "/accounts/"
    assert time.monotonic() - begun < 3
    assert "no limit is counted" in caplog.text
    CacheThatMayBeDown._silent_until = 0


def test_another_kind_of_cache_is_refused_with_what_to_write():
    with pytest.raises(ImproperlyConfigured, match="redis://host:port/0"):
        cache_from_url("memcached://localhost")
