"""What a load balancer and an operator ask."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError


def test_the_process_says_that_it_lives_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_the_portal_is_ready_when_database_and_migrations_are(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")


@pytest.mark.django_db
def test_it_is_not_ready_while_migrations_are_missing(client):
    with patch("coopportal.views.MigrationExecutor.migration_plan", return_value=[("profiles", "0002")]):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are missing")


def test_it_is_not_ready_while_the_database_is_gone(client):
    with patch("coopportal.views.MigrationExecutor", side_effect=DatabaseError):
        assert client.get("/readyz").status_code == 503
