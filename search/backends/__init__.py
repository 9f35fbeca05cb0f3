"""The two databases behind the search, under one interface: `backends.base.Backend`."""

from django.db import connection

from search.backends.base import Backend
from search.backends.postgresql import PostgreSQL
from search.backends.sqlite import SQLite

_BACKENDS: dict[str, type[Backend]] = {"postgresql": PostgreSQL, "sqlite": SQLite}


def backend() -> Backend:
    """That of the database in use. Raises KeyError for a database that the portal does not work with."""
    return _BACKENDS[connection.vendor]()
