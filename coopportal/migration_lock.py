"""One migration of a database at a time: whoever comes second waits for the first one's end."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, BinaryIO

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number that nothing else in the portal locks by.
_LOCK = 7_266_834_002
SECONDS_BETWEEN_TRIES = 0.5
SECONDS_TO_OPEN = 20


def opened(connection: BaseDatabaseWrapper) -> None:
    """Open the connection to a database that another process may be making at this moment.

    Of two processes that find no database, SQLite lets one switch on its journal (WAL), and tells the other that it is
    locked, without waiting as it does otherwise. Raises OperationalError where it cannot be opened.
    """
    until = time.monotonic() + SECONDS_TO_OPEN
    while True:
        try:
            return connection.ensure_connection()
        except OperationalError as error:
            if connection.vendor != "sqlite" or "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(SECONDS_BETWEEN_TRIES)


@contextmanager
def alone(connection: BaseDatabaseWrapper, on_wait: Callable[[], object]) -> Iterator[None]:
    """Let one process at a time migrate that database; `on_wait` is called once where another one does.

    The lock goes with the process that holds it, however it ends.
    """
    if connection.vendor == "postgresql":
        locked = _postgresql(connection, on_wait)
    elif connection.is_in_memory_db():
        yield
        return
    else:
        locked = _sqlite(f"{connection.settings_dict['NAME']}.migrating", on_wait)
    with locked:
        yield


@contextmanager
def _postgresql(connection: BaseDatabaseWrapper, on_wait: Callable[[], object]) -> Iterator[None]:
    """Lock in a transaction of a second connection, as PgBouncer would give the lock of a session to somebody else.

    A migration may make indexes CONCURRENTLY, which waits for every statement that runs: also for one that would wait
    for this lock. So nobody waits in a statement, but asks again and again.
    """
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        _wait(partial(_try_postgresql, holder), on_wait)
        yield
    finally:
        holder.close()


def _try_postgresql(holder: BaseDatabaseWrapper) -> bool:
    with holder.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        is_locked = cursor.fetchone()[0]
    if not is_locked:
        holder.rollback()
    return is_locked


@contextmanager
def _sqlite(path: str, on_wait: Callable[[], object]) -> Iterator[None]:
    """Lock a file beside the database: the database's own lock ends with every single migration."""
    with _wait(partial(_locked_file, path), on_wait):
        yield
        os.remove(path)


def _locked_file(path: str) -> BinaryIO | None:
    file = open(path, "ab")  # noqa: SIM115 - it is open as long as it is locked
    # Whoever had the lock removed the file, maybe after it was opened here.
    with suppress(BlockingIOError, FileNotFoundError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
            return file
    file.close()
    return None


def _wait(take: Callable[[], Any], on_wait: Callable[[], object]) -> Any:
    """What `take` answers, as soon as that is something."""
    taken = take()
    if not taken:
        on_wait()
    while not taken:
        time.sleep(SECONDS_BETWEEN_TRIES)
        taken = take()
    return taken
