"""What counts as a database that is gone: nobody there, or nobody who has room; not what it understood and refused."""

import sqlite3

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from psycopg2 import errors

from opendata.outages import database_is_gone


def raised(error: Exception, cause: Exception) -> Exception:
    """The `error` as Django raises it from the driver's."""
    error.__cause__ = cause
    return error


def of_sqlite(statement: str, path: str = ":memory:") -> sqlite3.Error:
    connection = sqlite3.connect(path, timeout=0)
    with pytest.raises(sqlite3.Error) as caught:
        connection.execute(statement)
    connection.close()
    return caught.value


def nobody_there() -> psycopg2.Error:
    with pytest.raises(psycopg2.OperationalError) as caught:
        psycopg2.connect("postgres://nobody@127.0.0.1:1/none")
    return caught.value


def with_state(code: str) -> psycopg2.Error:
    """The driver's error for that SQLSTATE; only a server could give it the state itself."""
    return type("Told", (errors.lookup(code),), {"pgcode": code})()


# admin_shutdown, cannot_connect_now, too_many_connections
@pytest.mark.parametrize("code", ["57P01", "57P03", "53300"])
def test_a_server_that_says_that_it_goes_or_is_full(code):
    assert database_is_gone(raised(OperationalError(), with_state(code)))


def test_nobody_answers():
    assert database_is_gone(raised(OperationalError(), nobody_there()))
    assert database_is_gone(raised(DatabaseError(), nobody_there()))


def test_a_connection_that_was_closed():
    assert database_is_gone(raised(InterfaceError("connection already closed"), psycopg2.InterfaceError()))


def test_a_file_that_cannot_be_opened(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect(tmp_path / "no folder" / "file")
    assert database_is_gone(raised(OperationalError(), caught.value))


def test_a_file_that_somebody_else_writes_to(tmp_path):
    other = sqlite3.connect(tmp_path / "file")
    other.execute("BEGIN EXCLUSIVE")
    error = of_sqlite("BEGIN IMMEDIATE", path=tmp_path / "file")
    other.close()
    assert database_is_gone(raised(OperationalError(), error))


def test_what_it_is_the_cause_of():
    outer = ValueError()
    outer.__context__ = raised(OperationalError(), nobody_there())
    assert database_is_gone(outer)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ValueError("no database"),
        OperationalError("of nobody knows what"),
        raised(OperationalError(), with_state("57014")),
        raised(ProgrammingError(), with_state("42P01")),
        raised(OperationalError(), of_sqlite("SELECT * FROM not_there")),
    ],
)
def test_what_the_database_refuses_is_no_outage(error):
    assert not database_is_gone(error)
