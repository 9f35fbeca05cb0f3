"""One writer at a time of what follows from public records: the search's index, the tallies, the content version."""

from django.db import connection

# Any number that nothing else in the portal locks by.
_LOCK = 7_266_834_001


def one_writer(*, wait: bool = True) -> bool:
    """Let one transaction at a time, until its end, write what follows from public records; whether this one may.

    To be taken before anything is read of which something is derived: whoever comes second waits, and then reads what
    the first one committed. And before any row is locked that others lock behind it. Without `wait` the answer is
    False where somebody else is writing. SQLite has one writer at a time anyway, from the beginning of a transaction.
    """
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return cursor.fetchone()[0]
