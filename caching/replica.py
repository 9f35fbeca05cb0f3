"""Visitors are answered from a copy of the database (`DATABASE_REPLICA_URL`) while it is as new as the database itself.

A copy follows a moment later, and a page must never be older than the last commit. So nothing is read from the copy
before both have named the same version of the content; the primary database is asked first. Whoever writes, or may
see more than the public, reads from the primary alone, and so finds what they have just saved.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, connections
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from caching.middleware import VISIT
from caching.visits import READING, is_personal
from opendata import versions

logger = logging.getLogger(__name__)

REPLICA = "replica"
LEFT_ALONE = 5  # seconds for which a copy that did not answer is not asked again

_asked_again_at = 0.0  # by time.monotonic(); for all threads of the process


class Reads:
    """Where one request reads from. It is decided when it reads for the first time, and stays so to its end.

    Only from the copy to the primary it may change, where something is written after all. `newest` is the version of
    the content in the primary database, where it was asked for since the request came.
    """

    def __init__(self, alias: str | None = None, *, newest: versions.Version | None = None):
        self.alias, self.newest = alias, newest
        self._connection = None  # to the copy, if it was asked
        self._failed = False

    def database(self) -> str:
        """The alias of the database to read from now."""
        if self.alias is None:
            self.alias = self._decided()
            self._connection = connections[REPLICA].connection if self.alias == REPLICA else None
        if connections[PRIMARY].in_atomic_block:  # the copy does not have what the transaction has written
            self.alias = PRIMARY
        return self.alias

    def written(self) -> str:
        """The alias of the database to write to; what is read after it must have it."""
        self.alias = PRIMARY
        return PRIMARY

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """All that this thread reads within is read where this says."""
        token = _reads.set(self)
        try:
            yield
        finally:
            _reads.reset(token)

    def each_in_force(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The `pieces`, each made while this is in force: a streamed answer is made after its request has left."""
        pieces = iter(pieces)
        while True:
            with self.in_force():
                try:
                    piece = next(pieces, None)
                except Error:
                    self.replica_failed()
                    raise
            if piece is None:
                return
            yield piece

    def begun(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same, with the first piece made now: a copy that fails at it has not broken off an answer yet.

        Raises what making the first piece raises.
        """
        rest = self.each_in_force(pieces)
        first = next(rest, None)

        def all_of_them() -> Iterator[bytes]:
            if first is not None:
                yield first
                yield from rest

        return all_of_them()

    def replica_failed(self) -> bool:
        """Whether the copy refused a query of this request, or its connection was lost and made anew."""
        connection = connections[REPLICA]
        if self._failed or self._connection is None:
            return self._failed
        if connection.errors_occurred or connection.connection is not self._connection:
            self._failed = True
            if connection.connection is None or not connection.is_usable():
                _leave_alone("its connection broke off")
            connection.close()  # the next request gets one that nothing has happened to
        return self._failed

    def _decided(self) -> str:
        if time.monotonic() < _asked_again_at or connections[PRIMARY].in_atomic_block:
            return PRIMARY
        newest = self.newest or versions.current(using=PRIMARY)
        try:
            copied = versions.current(using=REPLICA)
        except Error as error:
            _leave_alone(error)
            connections[REPLICA].close()
            return PRIMARY
        return REPLICA if copied.token == newest.token else PRIMARY


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)


def _leave_alone(why: object) -> None:
    global _asked_again_at
    _asked_again_at = time.monotonic() + LEFT_ALONE
    logger.warning("The replica is left alone for %s seconds: %s", LEFT_ALONE, why)


class Router:
    """Django's database router: reads go where the request says, all else to the primary database."""

    def db_for_read(self, model, **hints) -> str:
        reads = _reads.get()
        return reads.database() if reads else PRIMARY

    def db_for_write(self, model, **hints) -> str:
        reads = _reads.get()
        return reads.written() if reads else PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True  # it is one database, twice

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        return db == PRIMARY


class ReplicaMiddleware:
    """Answers visitors from the copy where that is right, and from the primary where the copy fails half-way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        if REPLICA not in connections:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_a_visitors(request):
            return self.get_response(request)
        visit = request.META.get(VISIT)
        reads = Reads(newest=visit and visit.version)
        response = self._answer(request, reads)
        if response is None or reads.replica_failed():
            logger.warning("%s is answered by the primary database: the replica failed half-way", request.path)
            if response is not None:
                response.close()
            response = self._answer(request, Reads(PRIMARY))
        return response

    def _answer(self, request: HttpRequest, reads: Reads) -> HttpResponse | None:
        """What is answered by what is read where `reads` says; None where the copy failed as a stream began."""
        with reads.in_force():
            response = self.get_response(request)
        if response.streaming and not isinstance(response, FileResponse):  # a file asks no database
            try:
                response.streaming_content = reads.begun(response.streaming_content)
            except Error:
                response.close()
                if not reads.replica_failed():
                    raise
                return None
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Whatever the copy's failing raised is no error of the page, which is made anew."""
        reads = _reads.get()
        if reads and reads.replica_failed():
            return HttpResponse(status=503)
        return None


def is_a_visitors(request: HttpRequest) -> bool:
    """Whether the answer to `request` depends on what is public alone: known without asking a database."""
    return (
        request.method in READING
        and not is_personal(request.META)
        and not request.path_info.startswith(reverse("admin:index"))
    )
