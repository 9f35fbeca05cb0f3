"""How many requests one address may make: the limit, and the header fields that tell it.

The fields are those of draft-ietf-httpapi-ratelimit-headers (11, of 2026).
"""

import time
from functools import cache
from math import ceil
from zlib import crc32

from django.conf import settings
from django.core.cache import cache as counters
from django.core.exceptions import ImproperlyConfigured
from rest_framework.throttling import BaseThrottle

from accounts.lockout import client_address

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@cache
def parsed(rate: str) -> tuple[int, int]:
    """Requests, and seconds in which so many may be made, of a `rate` such as "300/min"; (0, …) for no limit.

    Raises `ImproperlyConfigured` where it cannot be read.
    """
    if not rate:
        return 0, 1
    number, _slash, period = rate.partition("/")
    if not number.strip().isdecimal() or not int(number) or period.strip()[:1] not in SECONDS:
        raise ImproperlyConfigured(f"API_RATE is {rate!r}. Write a number of requests and s, min, h or d: “300/min”.")
    return int(number), SECONDS[period.strip()[0]]


class ClientThrottle(BaseThrottle):
    """Counts the requests of each address in windows of fixed length, in Django's cache.

    One number a client, raised by one: cheap, and exact where several requests come at once. The windows of different
    clients begin at different moments, so that not all come back at the same one. An answer 304 counts as any other.
    """

    def allow_request(self, request, view) -> bool:
        """Whether the request is within the limit. Puts what is left into the headers of the `view`."""
        quota, window = parsed(settings.API_RATE)
        if not quota:
            return True
        client = client_address(request)
        now = time.time() + crc32(client.encode()) % window
        number = int(now // window)
        self.seconds_left = ceil((number + 1) * window - now)
        used = _raised(f"api-requests:{client}:{number}", window)
        view.headers["RateLimit-Policy"] = f'"default";q={quota};w={window}'
        view.headers["RateLimit"] = f'"default";r={max(quota - used, 0)};t={self.seconds_left}'
        return used <= quota

    def wait(self) -> int:
        """Seconds until the next request is answered."""
        return self.seconds_left


def _raised(key: str, seconds: int) -> int:
    """The counter `key`, which is kept for some `seconds`, after one was added."""
    counters.add(key, 0, timeout=seconds)
    try:
        return counters.incr(key)
    except ValueError:  # a full cache dropped it in between
        return 1
