"""What is nobody's mistake: the database is gone, which is over by itself, or a disk is full, which is not."""

import errno
from collections.abc import Iterator

from django.db import DatabaseError, Error, InterfaceError, OperationalError

SECONDS_TO_RETRY_AFTER = 30
# SQLSTATE of PostgreSQL (Appendix A of its manual) by its beginning: connections (class 08), room for more of them
# (class 53), shutdown, crash and start of the server (57P01 to 57P03).
STATES = ("08", "53", "57P")
# Primary result codes of SQLite (https://sqlite.org/rescode.html): busy, locked, error of the disk, full, cannot open.
CODES = {5, 6, 10, 13, 14}
# A full disk: of the system (that of the machine, or what one user may have of it), PostgreSQL and SQLite.
FULL, FULL_STATE, FULL_CODE = {errno.ENOSPC, errno.EDQUOT}, "53100", 13


def database_is_gone(exception: BaseException | None) -> bool:
    """Whether the `exception`, or what it came of, says that the database cannot be reached now.

    What the database understood and refused, such as a table that is missing or a query that was cancelled, is no such
    thing.
    """
    return any(isinstance(each, Error) and _is_out_of_reach(each) for each in _causes(exception))


def disk_is_full(exception: BaseException | None) -> bool:
    """Whether the `exception`, or what it came of, says that there was no room for what was to be written."""
    return any(_found_no_room(each) for each in _causes(exception))


def _causes(exception: BaseException | None) -> Iterator[BaseException]:
    """The exception and all that it came of."""
    seen = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        yield exception
        exception = exception.__cause__ or exception.__context__


def _found_no_room(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    state, code = getattr(error, "pgcode", None), getattr(error, "sqlite_errorcode", None)
    return state == FULL_STATE or (code is not None and code & 0xFF == FULL_CODE)


def _is_out_of_reach(error: Error) -> bool:
    cause = error.__cause__  # of the driver: Django raises its own exceptions from these
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in CODES
    if isinstance(error, InterfaceError):
        return True
    state = getattr(cause, "pgcode", None)
    if state:
        return state.startswith(STATES)
    # Without a state nobody was there to say one; the driver raises either of these.
    return type(error) in (DatabaseError, OperationalError) and hasattr(cause, "pgcode")
