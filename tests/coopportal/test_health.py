"""What a load balancer and an operator ask."""

import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import DatabaseError, InterfaceError
from django.db.migrations.recorder import MigrationRecorder

from coopportal import views

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def just_started(monkeypatch):
    """The process has not been asked yet whether it is ready."""
    monkeypatch.setattr(views, "_migrations", set())


def test_the_process_says_that_it_lives_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_the_portal_is_ready_when_database_and_migrations_are(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")


@pytest.mark.django_db
def test_asked_again_it_draws_up_no_plan_of_migrations(client):
    client.get("/readyz")
    with patch("coopportal.views.MigrationExecutor", side_effect=AssertionError):
        assert client.get("/readyz").content == b"ready"


@pytest.mark.django_db
def test_it_is_no_longer_ready_once_a_migration_was_undone(client):
    client.get("/readyz")
    MigrationRecorder.Migration.objects.filter(app="opendata").delete()
    assert client.get("/readyz").content == b"migrations are missing"


@pytest.mark.django_db
def test_it_is_not_ready_while_migrations_are_missing(client):
    with patch("coopportal.views.MigrationExecutor.migration_plan", return_value=[("profiles", "0002")]):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are missing")


def test_it_is_not_ready_while_the_database_is_gone(client):
    with patch("coopportal.views.MigrationExecutor", side_effect=DatabaseError):
        assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_it_is_ready_without_the_cache(client, settings, page_cache):
    """Pages are made without it: a portal that could answer must not be left alone by its balancer."""
    gone = {"BACKEND": "caching.backends.redis.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": gone, "pages": gone}
    assert client.get("/readyz").content == b"ready"


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_whoever_asks_is_told_when_to_ask_again(client, error):
    with patch("coopportal.views.MigrationExecutor", side_effect=error):
        response = client.get("/readyz")
    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_a_portal_whose_database_is_gone_lives_and_is_not_ready():
    asking = (
        "from django.test import Client; from coopportal.wsgi import application\n"
        "print([Client().get(path).status_code for path in ('/healthz', '/readyz')])"
    )
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "ALLOWED_HOSTS": "testserver"}
    environment |= {"SECRET_KEY": "x" * 50, "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", asking], env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[200, 503]\n", done.stderr
