"""Whether the database is gone, which is nobody's mistake and over by itself: visitors are asked to come back."""

from django.db import DatabaseError, Error, InterfaceError, OperationalError

SECONDS_TO_RETRY_AFTER = 30
# SQLSTATE of PostgreSQL (Appendix A of its manual) by its beginning: connections (class 08), room for more of them
# (class 53), shutdown, crash and start of the server (57P01 to 57P03).
STATES = ("08", "53", "57P")
# Primary result codes of SQLite (https://sqlite.org/rescode.html): busy, locked, error of the disk, full, cannot open.
CODES = {5, 6, 10, 13, 14}


def database_is_gone(exception: BaseException | None) -> bool:
    """Whether the `exception`, or what it came of, says that the database cannot be reached now.

    What the database understood and refused, such as a table that is missing or a query that was cancelled, is no such
    thing.
    """
    seen = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        if isinstance(exception, Error) and _is_out_of_reach(exception):
            return True
        exception = exception.__cause__ or exception.__context__
    return False


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
