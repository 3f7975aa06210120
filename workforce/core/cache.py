"""Django's Redis cache, which goes on in the process's own memory while Redis does not answer.

Only rates of requests and of log-ins are kept here: counted by process for a while they still hold, and a person who
saves or logs in must not get an error because of them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
PAUSE = 10.0
"""Seconds without another try after one failed: not every request waits for the same dead server."""


class SteadyClient(RedisCacheClient):
    """The Redis client, with memory behind it."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._memory = LocMemCache("while-redis-is-away", {})
        self._silent_until = 0.0

    def _either(self, name: str, ask: Callable[[], Any], arguments: tuple[Any, ...]) -> Any:
        if time.monotonic() >= self._silent_until:
            try:
                found = ask()
            except (RedisError, OSError):
                self._silent_until = time.monotonic() + PAUSE
                logger.warning("Redis does not answer; its cache is kept in memory for now.", exc_info=True)
            else:
                if self._silent_until:
                    self._silent_until = 0.0
                    self._memory.clear()  # old by the next time
                return found
        return getattr(self._memory, name)(*arguments)


def _guarded(name: str) -> Callable[..., Any]:
    def method(self: SteadyClient, *arguments: Any) -> Any:
        ask = getattr(super(SteadyClient, self), name)
        return self._either(name, lambda: ask(*arguments), arguments)

    method.__name__ = name
    return method


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(SteadyClient, _name, _guarded(_name))


class SteadyRedisCache(RedisCache):
    """A cache that never raises because its server is away."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = SteadyClient
