"""The cache that the processes share: a table of the database, or Redis."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

TABLE = "shared_cache"
# The table drops what is out of date, and then the rest, only above this many rows.
MOST_ROWS = 50_000
# How long Redis may take to answer, and for how long it is left alone when it did not.
PATIENCE = 0.5
REST = 30


class CacheThatMayBeDown(RedisCache):
    """Redis, without which the site goes on: nothing waits for it, limits are lifted.

    A site that nobody may log in to would be the worse of the two faults; the log says
    that limits are not counted.
    """

    _silent_until = 0.0

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(super().add, True, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask(super().set, None, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(super().delete, False, *args, **kwargs)

    def _ask(
        self, method: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any
    ) -> Any:
        if time.monotonic() < CacheThatMayBeDown._silent_until:
            return otherwise
        try:
            return method(*args, **kwargs)
        except RedisError as error:
            CacheThatMayBeDown._silent_until = time.monotonic() + REST
            logger.error("Redis does not answer; no limit is counted: %s", error)  # noqa: TRY400
            return otherwise


def cache_from_url(url: str) -> dict[str, Any]:
    """Settings for `redis://host:port/number`; without an address, the table.

    Raises ImproperlyConfigured for an address of another kind of cache.
    """
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": TABLE,
            "OPTIONS": {"MAX_ENTRIES": MOST_ROWS},
        }
    if url.partition(":")[0] not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            "CACHE_URL is of a kind that is not supported. Write redis://host:port/0."
        )
    return {
        "BACKEND": "config.cache.CacheThatMayBeDown",
        "LOCATION": url,
        "OPTIONS": {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE},
    }
