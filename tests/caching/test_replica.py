"""Visitors are answered from the copy of the database while it is as new as the database, and only then."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import Error, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caching import replica
from opendata.snapshots import snapshot
from programmes.models import Programme
from publishing.models import Status
from search.models import Scheduled
from tests.conftest import load_what_migrations_load
from tests.factories import EngagementFactory, ProgrammeFactory

PUBLISHED_AT = timezone.now() - timedelta(days=1)


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """A published programme with engagements, in real transactions; for all tests of the module."""
    with django_db_blocker.unblock():
        EngagementFactory.create_batch(3, programme=ProgrammeFactory(name_en="My.Coop", aim_en="How to manage it."))
        get_user_model().objects.create_superuser("editor", "editor@example.org", "a-long-password")
        yield
        call_command("flush", interactive=False, verbosity=0)
        load_what_migrations_load()


@pytest.fixture
def copy(content, settings, monkeypatch):
    """A second way to the database, under the name of the copy; what is frozen on it grows old."""
    monkeypatch.setattr(replica, "_asked_again_at", 0.0)
    connections.settings["replica"] = connections["default"].settings_dict.copy()
    settings.DATABASE_ROUTERS = ["caching.replica.Router"]
    yield connections["replica"]
    connections["replica"].close()
    del connections["replica"], connections.settings["replica"]


@pytest.fixture
def programme(copy):
    """The programme as it is; afterwards it is so again."""
    programme = Programme.objects.get()
    yield programme
    programme.name, programme.status, programme.publish_at = "My.Coop", Status.PUBLISHED, PUBLISHED_AT
    programme.save()


@contextmanager
def queries() -> dict[str, list[str]]:
    """What each of the two databases was asked, once it is over."""
    asked = {}
    with (
        CaptureQueriesContext(connections["default"]) as primary,
        CaptureQueriesContext(connections["replica"]) as copy,
    ):
        yield asked
    asked["primary"] = [query["sql"] for query in primary]
    asked["replica"] = [query["sql"] for query in copy]


def of_content(asked: list[str]) -> list[str]:
    """Without those that ask for the version, and what begins and ends transactions."""
    return [
        sql
        for sql in asked
        if "SELECT" in sql and "opendata_contentversion" not in sql and "search_scheduled" not in sql
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/programmes/",
        "/en/programmes/?q=coop&kind=management",
        "/en/search/?q=my.coop",
        "/en/search/?q=mi.coop",
        "/en/engagements.csv",
        "/api/v1/programmes/",
        "/data/bundle.zip",
        "/data/programmes.csv",
        "/data/iati-activities.xml",
        "/sitemap.xml",
    ],
)
def test_whatever_is_public_is_read_from_the_copy(programme, address):
    with queries() as asked:
        response = Client().get(address)
        content = response.getvalue()
    assert response.status_code == 200
    assert content
    assert of_content(asked["replica"])
    assert of_content(asked["primary"]) == []


def test_a_page_is_never_older_than_the_last_commit(programme):
    address = programme.get_absolute_url()
    with snapshot("replica"):
        assert "My.Coop" in Client().get(address).text  # now the copy stands still
        programme.name = "Renamed"
        programme.save()
        with queries() as asked:
            assert "Renamed" in Client().get(address).text
        assert of_content(asked["replica"]) == []
    with queries() as asked:  # and here it has caught up
        assert "Renamed" in Client().get(address).text
    assert of_content(asked["primary"]) == []


def test_what_became_public_by_its_date_is_found_at_once(programme):
    programme.publish_at = timezone.now() + timedelta(hours=1)
    programme.save()
    assert programme.get_absolute_url() not in Client().get("/en/search/?q=my.coop").text
    for model in (Programme, Scheduled):  # an hour later
        model.objects.update(publish_at=timezone.now())
    with queries() as asked:
        assert programme.get_absolute_url() in Client().get("/en/search/?q=my.coop").text
    assert any("INSERT" in sql for sql in asked["primary"])


def test_who_is_signed_in_reads_what_they_have_written(programme):
    staff_client = Client()
    staff_client.force_login(get_user_model().objects.get())
    with queries() as asked:
        assert staff_client.get(programme.get_absolute_url()).status_code == 200
        assert staff_client.get("/admin/programmes/programme/").status_code == 200
    assert asked["replica"] == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/en/programmes/?preview=nothing"),
        lambda client: client.get("/admin/login/"),
        lambda client: client.post("/i18n/setlang/", {"language": "fr"}),
        lambda client: client.get("/healthz"),
    ],
)
def test_the_copy_is_not_asked_for_what_is_no_public_page(copy, ask):
    with queries() as asked:
        ask(Client())
    assert asked["replica"] == []


def test_commands_and_programs_use_the_primary_database(programme):
    with queries() as asked:
        call_command("rebuild_search", check=True, verbosity=0)
        programme.refresh_from_db()
    assert asked["replica"] == []


def test_after_something_was_written_the_request_reads_it(programme):
    reads = replica.Reads()
    with reads.in_force():
        assert type(programme).objects.all().db == "replica"
        programme.save()
        assert type(programme).objects.get().pk == programme.pk
        assert type(programme).objects.all().db == "default"


def test_a_stream_keeps_to_its_database(programme, monkeypatch):
    monkeypatch.setattr("downloads.tables.base.CHUNK", 1)
    response = Client().get("/en/engagements.csv")
    programme.name = "Renamed meanwhile"
    programme.save()
    with queries() as asked:
        content = response.getvalue().decode()
    assert content.count("My.Coop") == 3
    assert "Renamed" not in content
    assert asked["primary"] == []
    assert of_content(asked["replica"])


def test_a_copy_that_is_not_there_is_left_alone_for_a_while(programme, copy, monkeypatch, caplog):
    copy.close()
    attempts = []

    def refuse(*args):
        attempts.append(args)
        raise copy.Database.OperationalError("connection refused")

    monkeypatch.setattr(copy, "get_new_connection", refuse)
    assert "My.Coop" in Client().get(programme.get_absolute_url()).text
    assert "My.Coop" in Client().get(programme.get_absolute_url()).text
    assert len(attempts) == 1
    assert "The replica is left alone for 5 seconds: connection refused" in caplog.text
    monkeypatch.undo()
    monkeypatch.setattr(replica, "_asked_again_at", replica.time.monotonic())
    with queries() as asked:
        Client().get(programme.get_absolute_url())
    assert of_content(asked["replica"])


def third_query(do):
    """Wrapper of queries that calls `do` before the third one that asks for content."""
    seen = []

    def wrapper(execute, sql, params, many, context):
        if of_content([sql]):
            seen.append(sql)
            if len(seen) == 3:
                return do(execute, sql, params, many, context)
        return execute(sql, params, many, context)

    return wrapper


def test_a_page_on_which_the_copy_dies_is_made_anew(programme, copy, monkeypatch, caplog):
    def die(execute, *query):
        copy.connection.close()
        return execute(*query)

    monkeypatch.setattr(copy, "is_usable", lambda: False)  # as SQLite's always is
    with copy.execute_wrapper(third_query(die)):
        response = Client().get("/en/")
    assert response.status_code == 200
    assert "My.Coop" in Client().get("/en/programmes/").text
    assert "/en/ is answered by the primary database: the replica failed half-way" in caplog.text
    assert "its connection broke off" in caplog.text
    assert "Internal Server Error" not in caplog.text
    assert replica._asked_again_at > replica.time.monotonic()


@pytest.mark.parametrize("address", ["/en/", "/api/v1/programmes/?expand=topics,sectors"])
def test_one_query_that_the_copy_refuses_does_not_make_it_left_alone(programme, copy, address):
    def refuse(execute, sql, params, many, context):
        return execute("SELECT nothing FROM nowhere", None, many, context)

    with copy.execute_wrapper(third_query(refuse)):
        assert Client(raise_request_exception=False).get(address).status_code == 200
    assert replica._asked_again_at == 0.0


def test_a_stream_on_which_the_copy_dies_breaks_off(programme, copy, monkeypatch, caplog):
    monkeypatch.setattr("downloads.tables.base.CHUNK", 1)
    response = Client().get("/en/engagements.csv")
    copy.connection.close()
    with pytest.raises(Error):
        response.getvalue()
    assert "A download broke off" in caplog.text


def test_a_stream_at_whose_beginning_the_copy_dies_is_made_anew(programme, copy, monkeypatch, caplog):
    def die(execute, sql, *rest):
        if sql.startswith(("BEGIN", "SET TRANSACTION")):
            copy.connection.close()
        return execute(sql, *rest)

    monkeypatch.setattr(copy, "is_usable", lambda: False)
    with copy.execute_wrapper(die):
        response = Client().get("/en/engagements.csv")
        assert response.getvalue().decode().count("My.Coop") == 3
    assert "/en/engagements.csv is answered by the primary database: the replica failed half-way" in caplog.text


def test_drafts_are_as_hidden_as_ever(programme):
    programme.status = Status.DRAFT
    programme.save()
    assert Client().get(programme.get_absolute_url()).status_code == 404
