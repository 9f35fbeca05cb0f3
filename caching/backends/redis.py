"""Redis, whose absence fails nothing."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

from caching.outages import Outage

# A page is not kept waiting for longer than it takes to make it. Once more at once: Redis may have been started anew.
OPTIONS = {"socket_connect_timeout": 0.5, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)}

_outage = Outage("Redis")


class ForgivingRedisCache(RedisCache):
    """Django's cache in Redis. While Redis does not answer it is as if nothing were kept, and all is added.

    Counters that are not there raise ValueError at `incr`, as everywhere in Django.
    """

    def __init__(self, server, params):
        super().__init__(server, params | {"OPTIONS": OPTIONS | params.get("OPTIONS", {})})

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return _outage.ask(super().add, key, value, timeout, version, otherwise=True)

    def get(self, key, default=None, version=None):
        return _outage.ask(super().get, key, default, version, otherwise=default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        _outage.ask(super().set, key, value, timeout, version)

    def delete(self, key, version=None):
        return _outage.ask(super().delete, key, version, otherwise=False)

    def has_key(self, key, version=None):
        return _outage.ask(super().has_key, key, version, otherwise=False)

    def incr(self, key, delta=1, version=None):
        counted = _outage.ask(self._counted, key, delta, version)
        if counted is None:
            raise ValueError(f"Key '{key}' not found")
        return counted

    def _counted(self, key, delta, version) -> int | None:
        try:
            return super().incr(key, delta, version)
        except ValueError:  # no fault of Redis
            return None
