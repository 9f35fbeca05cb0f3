"""Many questions answered as of one moment, for what is written while it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, router, transaction

from opendata.models import ContentVersion


@contextmanager
def snapshot(using: str | None = None) -> Iterator[None]:
    """All that is asked within is answered as of one moment, and nobody who writes is kept waiting.

    It is of the database `using`, by default the one that is read from. Within a transaction it is that transaction.
    """
    connection = connections[using or router.db_for_read(ContentVersion)]
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not `atomic()`: by the site's settings it takes the lock for writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
